import type { RecordedRun } from '../../index.ts'
import type { Claim, Dialogue, ToolCall, Turn } from '../../records/critique.ts'
import { clipped, type Html, html } from './html.ts'
import { labelsOf } from './names.ts'
import { badge, first, words } from './parts.ts'

const standings = { evidenced: ['good', '● evidenced'], opinion: ['plain', '○ opinion'], refuted: ['bad', '✗ refuted'] } as const

/** What critics said: their turns, the tools that they used, and what each claim rests on. */
export function dialogues(run: RecordedRun): Html | undefined {
  if (run.dialogues.length === 0) return undefined
  const labels = labelsOf(run)
  const { shown, left } = first(run.dialogues, 30, { show: (dialogue, at) => dialogueOf(dialogue, { name: labels.get(dialogue.candidate) ?? dialogue.candidate, at }), what: 'dialogues' })
  return html`<p class="soft">A claim that nothing bears out is an opinion and can never block.</p>${shown}${left}`
}

function dialogueOf({ round, stage, exhibits, turns, instructions, stop }: Dialogue, { name, at }: { name: string; at: number }): Html {
  // Exhibits of the program, and those that a tool gave: claims cite both by name.
  const anchors = new Map([...exhibits, ...turns.flatMap(({ calls }) => calls.flatMap((call) => call.exhibits))].map(({ id }, place) => [id, `d${at}-e${place}`]))
  const { shown, left } = first(exhibits, 40, { show: ({ id, kind, text }) => html`<li id="${anchors.get(id)}"><b>${id}</b> <small>${kind}</small> ${clipped(text, 600)}</li>`, what: 'exhibits' })
  return html`<article><h3>About ${name}: round ${round}, ${stage} <small>(${stop})</small></h3>
${exhibits.length === 0 ? undefined : html`<details open><summary>What was shown to them: ${exhibits.length}</summary><ul class="bare">${shown}</ul>${left}</details>`}
${turns.slice(0, 40).map((turn) => turnOf(turn, anchors))}
${instructions === '' ? undefined : html`<h4>What the author was told</h4>${words(instructions)}`}</article>
`
}

function turnOf({ role, model, text, calls, claims, absences, tools }: Turn, anchors: ReadonlyMap<string, string>): Html {
  const absent = absences.map(({ model: asked, reason, detail }) => html`<p>${badge('warn', `! ${reason}`)}${asked}: ${clipped(detail, 300)}</p>`)
  return html`<div class="turn"><h4>${role}${model === undefined ? undefined : html` <small>${model}</small>`}</h4>${absent}
${model === undefined && absences.length === 0 ? html`<p>Nobody spoke.</p>` : undefined}${tools?.refused === undefined ? undefined : html`<p class="soft">Its tools are offered in words: ${clipped(tools.refused, 300)}</p>`}
${calls.slice(0, 40).map((call) => callOf(call, anchors))}
${claims.length === 0 ? undefined : html`<ul class="claims">${claims.slice(0, 60).map((claim) => claimOf(claim, anchors))}</ul>`}
${text.trim() === '' ? undefined : claims.length > 0 ? html`<details><summary>In its own words</summary>${words(text)}</details>` : words(text)}</div>
`
}

function callOf({ id, tool, input, outcome, result, exhibits }: ToolCall, anchors: ReadonlyMap<string, string>): Html {
  return html`<details><summary>${badge(outcome === 'answered' ? 'plain' : 'warn', outcome)}used <b>${clipped(tool, 60)}</b> <small>${id}</small></summary>${words(input)}<p class="soft">What came back:</p>${words(result)}${exhibits.map((exhibit) => html`<p id="${anchors.get(exhibit.id)}"><b>${exhibit.id}</b> <small>${exhibit.kind}</small> ${clipped(exhibit.text, 600)}</p>`)}</details>`
}

function claimOf({ kind, cwe, line, text, standing, because, cites }: Claim, anchors: ReadonlyMap<string, string>): Html {
  const [color, label] = standings[standing]
  const place = `${cwe === undefined ? '' : ` CWE-${cwe}`}${line === undefined ? '' : ` line ${line}`}`
  const rests = cites.map((cite) => {
    const anchor = anchors.get(cite)
    return anchor === undefined ? html` <small>${cite}</small>` : html` <a href="#${anchor}">${cite}</a>`
  })
  return html`<li>${badge(color, label)}<b>${kind}</b>${place}: ${clipped(text, 1000)} <small>(${clipped(because, 300)})</small>${rests.length === 0 ? undefined : html`<small> cites${rests}</small>`}</li>`
}
