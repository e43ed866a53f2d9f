import { type Illegible, nameOfStrategy, type RecordedRun } from '../../index.ts'
import type { Score } from '../../records/score.ts'
import type { Verdict } from '../../records/verdict.ts'
import { confinementLine } from '../cli/confinement-line.ts'
import { familiarityLine } from '../cli/familiarity-line.ts'
import { endingOf } from '../cli/runs.ts'
import { spendLine } from '../cli/spend.ts'
import { looksOf } from './batches.ts'
import { clipped, type Html, html } from './html.ts'
import { counted, seconds } from './names.ts'
import { bar, first } from './parts.ts'

/** What stands above all: what was asked, what was chosen, why, and what of the record cannot be read. */
export function choiceTop(run: RecordedRun, illegible: readonly Illegible[]): Html {
  const { task, title } = run
  const asked = task?.instruction.trim() ?? title
  const headline = asked.split('\n')[0] ?? ''
  return html`<p class="kicker">Countersign · run ${run.id}</p>
<h1>${clipped(headline, 180)}</h1>
${illegible.length === 0 ? undefined : damage(run, illegible)}
${outcome(run)}
${facts(run)}
${asked.length > headline.length || headline.length > 180 ? html`<details><summary>The whole task</summary><pre>${asked}</pre></details>` : undefined}`
}

const earlyEnds: Record<Exclude<Verdict['stop'], 'all-examined'>, string> = {
  settled: 'Fewer programs were drawn than were allowed for: what was seen had settled it.',
  budget: 'The budget was spent before everything was done.',
  interrupted: 'It was interrupted before everything was done.',
}

function outcome({ verdict, ...run }: RecordedRun): Html {
  if (verdict === undefined) {
    const why = run.ending === undefined ? 'It is still going on, or its process was killed. What it had come to is below.' : (run.ending.failure ?? 'It was stopped before a verdict. What it had come to is below.')
    return html`<div class="verdict bad"><strong>✗ No verdict</strong><p>The run is ${endingOf(run)}. ${clipped(why, 1000)}</p></div>`
  }
  const { choice, confidence, reasons, stop } = verdict
  const early = stop === 'all-examined' ? undefined : html`<p>${earlyEnds[stop]}</p>`
  if (choice.kind === 'abstained') {
    const best = choice.best === undefined ? undefined : html`<p>The best of what there is, which was not good enough: <b>${choice.best.id}</b></p>`
    return html`<div class="verdict warn"><strong>○ Abstained</strong><p>Nothing was chosen: ${clipped(choice.detail, 1000)} <small>(${choice.reason})</small></p>${best}${early}</div>`
  }
  return html`<div class="verdict good"><strong>✓ Chosen: ${clipped(choice.id, 80)}</strong><p>${clipped(reasons[0] ?? '', 1000)}</p>${early}<p class="soft">Confidence ${confidence.toFixed(2)}: how sure the ranking is of its first place, from 0 to 1; it is no probability.</p></div>`
}

function damage(run: RecordedRun, illegible: readonly Illegible[]): Html {
  const { shown, left } = first(illegible, 10, { show: ({ kind, reason }) => html`<li>${kind}: ${clipped(reason, 500)}</li>`, what: 'records' })
  return html`<div class="verdict bad"><strong>✗ ${illegible.length} of ${run.steps.length} records cannot be read</strong><p>This page is without them; nothing on it can be relied on for a decision.</p><ul>${shown}</ul>${left}</div>`
}

function facts({ task, configuration, modelChoice, drawing, capability, confinement, spend, versions, ...run }: RecordedRun): Html {
  const most = looksOf({ ...run, ...(drawing && { drawing }) }).at(-1)?.most
  const own = task?.tests.filter(({ source }) => source !== 'generated').length ?? 0
  const rows: [string, string | undefined][] = [
    ['Language', task?.language],
    ['Tests', task === undefined ? undefined : `${own}${own === task.tests.length ? '' : ` and ${task.tests.length - own} that models wrote`}`],
    ['Strategy', configuration === undefined ? undefined : `${nameOfStrategy(configuration)}, seed ${configuration.seed}`],
    ['Model', modelChoice === undefined ? undefined : `${modelChoice.model}: ${modelChoice.detail}`],
    ['Knows such tasks', run.familiarity && familiarityLine(run.familiarity)],
    ['Written by', drawing === undefined ? undefined : `${drawing.model}: ${counted(drawing.asked, 'answer')} asked for${most === undefined || most <= drawing.asked ? '' : ` of ${most} at most`}, ${counted(run.candidates.length, 'program')} in all`],
    ['Scored by', capability === undefined ? undefined : `${capability.model}, tier ${capability.tier}`],
    ['Sandbox', confinement && confinementLine(confinement)],
    ['Spent', spend === undefined ? undefined : spendLine(spend)],
    ['Ran', `${run.started.slice(0, 19).replace('T', ' ')} UTC${run.ended === undefined ? ', no end recorded' : `, for ${seconds(Date.parse(run.ended) - Date.parse(run.started))}`}`],
    ['Made by', Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')],
  ]
  return html`<dl class="facts">${rows.map(([name, value]) => (value === undefined || value === '' ? undefined : html`<dt>${name}</dt><dd>${clipped(value, 500)}</dd>`))}</dl>`
}

/** How many of the proposals are left after each kind of evidence, in its order. */
export function funnel({ ranking, choice }: Verdict): Html | undefined {
  if (ranking.length < 2) return undefined
  const tested = ranking.some(({ publicTests: { outside, inProcess } }) => outside.passed + outside.failed + inProcess.passed + inProcess.failed > 0)
  const steps: [string, (score: Score) => boolean][] = [
    ['proposed', () => true],
    ['are programs', ({ rejected, parses }) => rejected === undefined && parses !== false],
    ['are not below the security floor', ({ floor }) => floor !== 'below'],
    ...(tested ? [['pass every test', passes] as [string, (score: Score) => boolean]] : []),
    ['carry no weakness that was found', ({ findings = [] }) => !findings.some(({ tier }) => tier === 'vulnerability')],
  ]
  const all = proposals(ranking)
  let left: readonly Score[] = ranking
  const rows = steps.map(([what, holds]) => {
    left = left.filter(holds)
    return row(proposals(left), what, all)
  })
  return html`<h3>How ${all} became ${choice.kind === 'chosen' ? 'one' : 'none'}</h3>
<ol class="funnel">${rows}${row(choice.kind === 'chosen' ? 1 : 0, choice.kind === 'chosen' ? 'is chosen' : 'are chosen', all)}</ol>`
}

function proposals(scores: readonly Score[]): number {
  return scores.reduce((sum, { ids }) => sum + ids.length, 0)
}

function row(number: number, what: string, all: number): Html {
  return html`<li><b>${number}</b><span>${what}</span>${bar(0, all === 0 ? 0 : number / all)}</li>`
}

function passes({ publicTests: { outside, inProcess } }: Score): boolean {
  return outside.failed + inProcess.failed + outside.unknown + inProcess.unknown === 0
}

/** What the verdict does not know: none of it counts as a pass. */
export function unknowns({ unknown }: Verdict): Html | undefined {
  if (unknown.length === 0) return undefined
  return html`<h3>What is not known</h3><p class="soft">None of this counts as a pass.</p><ul>${unknown.map(({ what, detail }) => html`<li><b>${what.replaceAll('-', ' ')}</b>: ${clipped(detail, 600)}</li>`)}</ul>`
}
