import type { RecordedRun } from '../../index.ts'
import type { ModuleClustering } from '../../records/module.ts'
import { knownOf, type Lineage, lineageOf, type Part, representativesOf } from '../lineage.ts'
import { clipped, type Html, html } from './html.ts'
import { counted } from './names.ts'
import { code } from './parts.ts'

const width = 640
const height = 360
const margin = 22
const shapes = ['circle', 'square', 'triangle', 'diamond', 'tip'] as const
const most = 600

/** Where the best program of a run comes from, and each round's sub-modules with their clusters drawn; nothing where there are none. */
export function modules(run: RecordedRun): Html | undefined {
  const lineage = lineageOf(run)
  const isPlanned = (lineage?.plan.length ?? 0) + (lineage?.parts.length ?? 0) > 0
  if (run.clusterings.length === 0 && !isPlanned && !run.rounds.some(({ kind }) => kind === 'codechain')) return undefined
  return html`${lineage === undefined ? html`<p>The record of this run holds no program that a model wrote.</p>` : html`<h3>Where the best program comes from</h3><ul class="tree"><li>${program(lineage)}</li></ul>`}
${rounds(run)}
${run.clusterings.map((clustering) => offered(run, clustering))}`
}

function program({ id, round, prompt, plan, parts }: Lineage): Html {
  const planned = plan.length === 0 ? undefined : html`<li>planned: ${plan.slice(0, 20).map((signature, at) => html`${at === 0 ? '' : ', '}<code>${clipped(signature, 200)}</code>`)}</li>`
  return html`<b>${clipped(id, 80)}</b> <small>round ${round}, asked with ${prompt.slice(0, 17)}</small><ul>${planned}${parts.slice(0, 40).map(part)}</ul>`
}

function part({ how, name, place, known, from }: Part): Html {
  return html`<li class="${how === 'not used' ? 'unused' : 'used'}">${how} <code>${clipped(name, 80)}</code> <small>${place}; ${clipped(known, 300)}</small>${from === undefined ? undefined : html`<ul><li>from ${program(from)}</li></ul>`}</li>`
}

function rounds({ verdict }: RecordedRun): Html | undefined {
  if (verdict?.rounds === undefined) return undefined
  const rows = verdict.rounds.map(({ number, written, rejected, offered: count, gained }) => html`<tr><th scope="row" class="number">${number}</th><td class="number">${written}</td><td class="number">${count}</td><td class="number">${rejected}</td><td>${gained ? 'yes' : 'no'}</td></tr>`)
  return html`<h3>Rounds</h3><table><caption>What each round of writing came to.</caption><thead><tr><th scope="col" class="number">Round</th><th scope="col" class="number">Programs</th><th scope="col" class="number">Sub-modules offered</th><th scope="col" class="number">Rejected</th><th scope="col">Gained</th></tr></thead><tbody>${rows}</tbody></table>${verdict.roundsEnd === undefined ? undefined : html`<p>No further round: ${clipped(verdict.roundsEnd.detail, 600)}</p>`}`
}

function offered(run: RecordedRun, clustering: ModuleClustering): Html {
  const { round, embedder, modules: placed, clusters } = clustering
  const shown = representativesOf(run, round).slice(0, 40).map((one) => html`<details><summary><code>${clipped(one.name, 80)}</code> <small>${knownOf(one)}</small></summary>${code(one.code)}</details>`)
  return html`<h3>Offered to round ${round}</h3>
<p>${counted(placed.length, 'sub-module')}, placed by ${embedder}, in ${counted(clusters.length, 'cluster')}: those that lie close are alike. A large filled mark stands for its cluster; the number is the cluster's.</p>
${drawing(run, clustering)}
${members(run, clustering)}
${shown.length === 0 ? undefined : html`<h4>What was offered</h4>${shown}`}`
}

function namesIn(run: RecordedRun, { modules: placed }: ModuleClustering): (position: number) => string {
  const names = new Map(run.modules.map(({ digest, candidate, name }) => [`${digest} ${candidate}`, name]))
  const programs = new Map(run.revisions.map(({ candidate, id }) => [candidate, id]))
  return (position) => {
    const { module, candidate } = placed[position]!
    return `${names.get(`${module} ${candidate}`) ?? module} of ${programs.get(candidate) ?? candidate}`
  }
}

/** The same in words, for who does not see the drawing. */
function members(run: RecordedRun, clustering: ModuleClustering): Html {
  const nameOf = namesIn(run, clustering)
  const rows = clustering.clusters.map(({ members: own, representative }, at) => html`<tr><th scope="row" class="number">${at + 1}</th><td>${representative === undefined ? 'none' : clipped(nameOf(representative), 120)}</td><td class="number">${own.length}</td><td>${own.slice(0, 12).map((position, place) => `${place === 0 ? '' : '; '}${clipped(nameOf(position), 80)}`)}${own.length > 12 ? ` and ${own.length - 12} more` : undefined}</td></tr>`)
  return html`<details><summary>The clusters in words</summary><table><caption>Sub-modules by cluster, the nearest to its middle first.</caption><thead><tr><th scope="col" class="number">Cluster</th><th scope="col">Stands for it</th><th scope="col" class="number">Sub-modules</th><th scope="col">Which</th></tr></thead><tbody>${rows}</tbody></table></details>`
}

function drawing(run: RecordedRun, clustering: ModuleClustering): Html {
  const { modules: placed, clusters, round } = clustering
  const nameOf = namesIn(run, clustering)
  const place = scaled(placed.map((module) => module.place))
  const points = clusters.flatMap(({ members: own, representative }, cluster) => own.map((position) => ({ position, cluster, stands: position === representative })))
  // What stands for a cluster is drawn last, above the others.
  const marks = points.slice(0, most).toSorted((a, b) => Number(a.stands) - Number(b.stands)).map(({ position, cluster, stands }) => {
    const [x, y] = place(position)
    const label = html`<title>${clipped(nameOf(position), 160)}, cluster ${cluster + 1}</title>`
    return html`<g class="module">${mark(shapes[cluster % shapes.length]!, { x, y, size: stands ? 10 : 5, stands, label })}${stands ? html`<text class="on" x="${x}" y="${y + 4}" aria-hidden="true">${cluster + 1}</text>` : undefined}</g>`
  })
  return html`<svg class="drawing" viewBox="0 0 ${width} ${height}" role="img" aria-label="${counted(placed.length, 'sub-module')} of round ${round} in ${counted(clusters.length, 'cluster')}; the clusters in words follow">${marks}</svg>`
}

function mark(shape: (typeof shapes)[number], { x, y, size, stands, label }: { x: number; y: number; size: number; stands: boolean; label: Html }): Html {
  const kind = stands ? 'point standing' : 'point'
  const r = size * 1.25
  const points = { square: [[-size, -size], [size, -size], [size, size], [-size, size]], triangle: [[0, -r], [r, size], [-r, size]], diamond: [[0, -r], [r, 0], [0, r], [-r, 0]], tip: [[-r, -size], [r, -size], [0, r]] }
  if (shape === 'circle') return html`<circle class="${kind}" cx="${x}" cy="${y}" r="${size}">${label}</circle>`
  return html`<polygon class="${kind}" points="${points[shape].map(([dx = 0, dy = 0]) => `${Math.round((x + dx) * 10) / 10},${Math.round((y + dy) * 10) / 10}`).join(' ')}">${label}</polygon>`
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
