import type { RecordedRun } from '../index.ts'
import type { ModuleClustering } from '../records/module.ts'
import { oneLine, plain } from '../records/plain.ts'
import { knownOf, type Lineage, lineageOf, type Part, representativesOf } from './lineage.ts'

const width = 560
const height = 320
const margin = 16
const colors = ['#4269d0', '#efb118', '#ff725c', '#6cc5b0', '#3ca951', '#ff8ab7', '#a463f2', '#97bbf5', '#9c6b4e', '#9498a0']

/** A run's sub-modules as one page that needs nothing else: the tree back from the best program, and each round's clusters drawn. All text in it is untrusted, and escaped. */
export function modulePage(run: RecordedRun): string {
  const lineage = lineageOf(run)
  const { verdict } = run
  const choice = verdict === undefined ? 'no verdict' : verdict.choice.kind === 'chosen' ? `chosen: ${verdict.choice.id}` : `abstained: ${verdict.choice.detail}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(`Sub-modules of run ${run.id}`)}</title>
<style>${style}</style>
</head>
<body>
<h1>${text(`Sub-modules of run ${run.id}`)}</h1>
<p class="task">${text(run.task?.instruction.slice(0, 2000) ?? '')}</p>
<p><strong>${text(choice)}</strong></p>
${lineage === undefined ? '<p>No program of this run was written by a model.</p>' : `<h2>Where the best program comes from</h2>\n<ul class="tree"><li>${program(lineage)}</li></ul>`}
${verdict?.rounds === undefined ? '' : rounds(run)}
${run.clusterings.map((clustering) => section(run, clustering)).join('\n')}
</body>
</html>
`
}

function program({ id, round, prompt, plan, parts }: Lineage): string {
  const planned = plan.length === 0 ? '' : `<li>planned: ${plan.map((signature) => `<code>${text(signature)}</code>`).join(', ')}</li>`
  return `<b>${text(id)}</b> <small>round ${count(round)}, asked with ${text(prompt)}</small><ul>${planned}${parts.map(part).join('')}</ul>`
}

function part({ how, name, place, known, from }: Part): string {
  const origin = from === undefined ? '' : `<ul><li>from ${program(from)}</li></ul>`
  return `<li class="${how === 'not used' ? 'unused' : 'used'}">${text(how)} <code>${text(name)}</code> <small>${place}; ${text(known)}</small>${origin}</li>`
}

function rounds({ verdict }: RecordedRun): string {
  const rows = verdict?.rounds?.map(({ number, written, rejected, offered, gained }) => `<tr><td>${count(number)}</td><td>${count(written)}</td><td>${count(offered)}</td><td>${count(rejected)}</td><td>${gained ? 'yes' : 'no'}</td></tr>`) ?? []
  const end = verdict?.roundsEnd === undefined ? '' : `<p>No further round: ${text(verdict.roundsEnd.detail)}</p>`
  return `<h2>Rounds</h2>\n<table><tr><th>round</th><th>programs</th><th>offered</th><th>rejected</th><th>gained</th></tr>${rows.join('')}</table>${end}`
}

function section(run: RecordedRun, clustering: ModuleClustering): string {
  const { round, embedder, modules, clusters } = clustering
  const shown = representativesOf(run, round).map((one) => `<details><summary><code>${text(one.name)}</code> <small>${text(knownOf(one))}</small></summary><pre>${block(one.code)}</pre></details>`)
  return `<h2>Offered to round ${count(round)}</h2>
<p>${modules.length} sub-modules, placed by ${text(embedder)}, in ${clusters.length} clusters. A ring marks what stands for its cluster.</p>
${drawing(run, clustering)}
${shown.join('\n')}`
}

function drawing(run: RecordedRun, { modules, clusters, round }: ModuleClustering): string {
  const names = new Map(run.modules.map(({ digest, candidate, name }) => [`${digest} ${candidate}`, name]))
  const programs = new Map(run.revisions.map(({ candidate, id }) => [candidate, id]))
  const place = scaled(modules.map((module) => module.place))
  const points = clusters.flatMap(({ members, representative }, cluster) =>
    // What stands for a cluster is drawn last, above the others.
    members.toSorted((a, b) => Number(a === representative) - Number(b === representative)).map((position) => {
      const { module, candidate } = modules[position]!
      const [x, y] = place(position)
      const isChosen = position === representative
      const label = `${names.get(`${module} ${candidate}`) ?? module} of ${programs.get(candidate) ?? candidate}, cluster ${cluster + 1}`
      return `<circle cx="${x}" cy="${y}" r="${isChosen ? 7 : 4}" fill="${colors[cluster % colors.length]}"${isChosen ? ' class="chosen"' : ''}><title>${text(label)}</title></circle>`
    }),
  )
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="clusters of round ${count(round)}">${points.join('')}</svg>`
}

function scaled(places: readonly (readonly [number, number])[]): (position: number) => [number, number] {
  const axis = (which: 0 | 1, length: number) => {
    const values = places.map((place) => place[which])
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return (position: number) => Math.round((high === low ? length / 2 : margin + ((values[position]! - low) / (high - low)) * (length - 2 * margin)) * 10) / 10
  }
  const [x, y] = [axis(0, width), axis(1, height)]
  return (position) => [x(position), y(position)]
}

/** A number of a record is text like all else. */
function count(untrusted: number): string {
  return text(`${untrusted}`)
}

function text(untrusted: string): string {
  return escaped(oneLine(untrusted))
}

function block(untrusted: string): string {
  return escaped(plain(untrusted))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(untrusted: string): string {
  return untrusted.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

const style = `
:root { color-scheme: light dark; --ink: #1b1e23; --paper: #fff; --soft: #667; --line: #d5d8dd }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #15171a; --soft: #99a; --line: #3a3e45 } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
small, .unused { color: var(--soft) }
.task { white-space: pre-wrap }
code, pre { font: 13px/1.45 ui-monospace, monospace }
pre { border: 1px solid var(--line); padding: .6rem; overflow: auto }
table { border-collapse: collapse } td, th { border: 1px solid var(--line); padding: .2rem .7rem; text-align: right }
svg { width: 100%; max-width: ${width}px; border: 1px solid var(--line) }
circle { opacity: .8 } circle.chosen { opacity: 1; stroke: var(--ink); stroke-width: 2 }
ul.tree, ul.tree ul { border-left: 1px solid var(--line) }`
