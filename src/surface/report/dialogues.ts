import type { RecordedRun } from '../../index.ts'
import type { Claim, Dialogue, ToolCall, Turn } from '../../records/critique.ts'
import { clipped, type Html, html } from './html.ts'
import { firstNamesOf } from './names.ts'
import { badge, first, words } from './parts.ts'

const standings = { evidenced: ['good', '● evidenced'], opinion: ['plain', '○ opinion'], refuted: ['bad', '✗ refuted'] } as const
const stages = { 'pre-emptive': 'before its run was looked at', 'post-hoc': 'with what its run showed' } as const
const stops = { settled: 'neither had more to say', turns: 'the turns were used up', budget: 'the budget ended it', 'no-critic': 'nobody spoke' } as const

/** What critics said: their turns, the tools that they used, and what each claim rests on. */
export function dialogues(run: RecordedRun): Html | undefined {
  if (run.dialogues.length === 0) return undefined
  const names = firstNamesOf(run)
  const { shown, left } = first(run.dialogues, 30, { show: (dialogue, at) => dialogueOf(dialogue, { name: names.get(dialogue.candidate) ?? dialogue.candidate, at }), what: 'dialogues' })
  return html`<p class="soft">A claim that nothing bears out is an opinion and can never block.</p>${shown}${left}`
}

function dialogueOf({ round, stage, exhibits, turns, instructions, stop }: Dialogue, { name, at }: { name: string; at: number }): Html {
  // Exhibits of the program, uses of tools and what these gave: claims cite all by name.
  const calls = turns.flatMap((turn) => turn.calls)
  const ids = [...exhibits, ...calls, ...calls.flatMap((call) => call.exhibits)].map(({ id }) => id)
  const anchors = new Map([...new Set(ids)].map((id, place) => [id, `d${at}-e${place}`]))
  const { shown, left } = first(exhibits, 40, { show: ({ id, kind, text }) => html`<li id="${anchors.get(id)}"><b>${id}</b> <small>${kind}</small> ${clipped(text, 600)}</li>`, what: 'exhibits' })
  const isSaid = turns.some(({ role, text }) => role === 'summariser' && text.trim() === instructions.trim())
  return html`<article><h3>About ${name}: round ${round}, ${stage}</h3>
<p class="soft">Held ${stages[stage]}; it ended because ${stops[stop]}.</p>
${exhibits.length === 0 ? undefined : html`<details open><summary>What was shown to them: ${exhibits.length}</summary><ul class="bare">${shown}</ul>${left}</details>`}
${turns.slice(0, 40).map((turn) => turnOf(turn, anchors))}
${instructions === '' ? undefined : isSaid ? html`<p class="soft">The author was told what the summariser says.</p>` : html`<h4>What the author was told</h4>${words(instructions)}`}</article>
`
}

function turnOf({ role, model, text, calls, claims, absences, tools }: Turn, anchors: ReadonlyMap<string, string>): Html {
  const absent = absences.map(({ model: asked, reason, detail }) => html`<p>${badge('warn', `! ${reason}`)}${asked}: ${clipped(detail, 300)}</p>`)
  const offered = tools === undefined ? undefined : tools.offered === 'native' ? ', tools offered natively' : tools.refused === undefined ? ', tools offered in words' : ', tools offered in words, for it refused them natively'
  return html`<div class="turn"><h4>${role}${model === undefined ? undefined : html` <small>${model}${offered}</small>`}</h4>${absent}
${model === undefined && absences.length === 0 ? html`<p>Nobody spoke.</p>` : undefined}${tools?.refused === undefined ? undefined : html`<p class="soft">Its words: ${clipped(tools.refused, 300)}</p>`}
${calls.slice(0, 40).map((call) => callOf(call, anchors))}
${claims.length === 0 ? undefined : html`<ul class="claims">${claims.slice(0, 60).map((claim) => claimOf(claim, anchors))}</ul>`}
${text.trim() === '' ? undefined : claims.length > 0 ? html`<details><summary>In its own words</summary>${words(text)}</details>` : words(text)}</div>
`
}

function callOf({ id, tool, input, outcome, result, exhibits }: ToolCall, anchors: ReadonlyMap<string, string>): Html {
  const show = (exhibit: ToolCall['exhibits'][number]) => html`<p${exhibit.id === id ? undefined : html` id="${anchors.get(exhibit.id)}"`}><b>${exhibit.id}</b> <small>${exhibit.kind}</small> ${clipped(exhibit.text, 600)}</p>`
  // Passages are what came back once more.
  const [passages, seen] = [exhibits.filter(({ kind }) => kind === 'passage').map(show), exhibits.filter(({ kind }) => kind !== 'passage').map(show)]
  const asked = input.trim()
  const isShort = passages.length === 0 && asked.length <= 100 && !asked.includes('\n') && result.trim().length <= 160 && !result.trim().includes('\n')
  const head = html`<b>${id}</b> ${clipped(tool, 60)} <code>${clipped(asked.split('\n')[0] ?? '', 100)}</code> ${badge(outcome === 'answered' ? 'plain' : 'warn', outcome)}`
  if (isShort) return html`<div class="use" id="${anchors.get(id)}">${head}<p class="soft">${result.trim()}</p>${seen}</div>`
  return html`<div class="use" id="${anchors.get(id)}"><details><summary>${head}</summary>${words(input)}<p class="soft">What came back:</p>${words(result)}${passages}</details>${seen}</div>`
}

function claimOf({ kind, cwe, line, text, standing, because, cites }: Claim, anchors: ReadonlyMap<string, string>): Html {
  const [color, label] = standings[standing]
  const place = `${cwe === undefined ? '' : ` CWE-${cwe}`}${line === undefined ? '' : ` line ${line}`}`
  const rests = cites.map((cite, at) => {
    const anchor = anchors.get(cite)
    return anchor === undefined ? html`${at === 0 ? '' : ', '}${cite}` : html`${at === 0 ? '' : ', '}<a href="#${anchor}">${cite}</a>`
  })
  const reason = standing === 'evidenced' && cites.join(', ') === because ? undefined : html` <small>(${clipped(because, 300)})</small>`
  return html`<li>${badge(color, label)}<b>${kind}</b>${place}: ${clipped(text, 1000)}${reason}${rests.length === 0 ? undefined : html` <small>cites ${rests}</small>`}</li>`
}
