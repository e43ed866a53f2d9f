import type { Score, TestTally } from '../../records/score.ts'
import type { Verdict } from '../../records/verdict.ts'
import { labelOf } from '../cli/fate.ts'
import { clipped, type Html, html } from './html.ts'
import { first } from './parts.ts'

interface Column {
  name: string
  number: boolean
  /** Absent where it is not known of a candidate, which is never zero. */
  show: (score: Score) => string | undefined
  /** What it is ordered by, the least first; absent where it cannot be. */
  order?: (score: Score) => number | undefined
}

const columns: readonly Column[] = [
  { name: 'Parses', number: false, show: ({ parses }) => (parses === undefined ? undefined : parses ? 'yes' : 'no') },
  { name: 'Security floor', number: false, show: ({ floor }) => floor, order: ({ floor }) => ['clear', 'unknown', 'below'].indexOf(floor) },
  { name: 'Tests', number: true, show: ({ publicTests: { outside } }) => tally(outside), order: ({ publicTests: { outside } }) => -outside.passed },
  { name: 'Tests in process', number: true, show: ({ publicTests: { inProcess } }) => tally(inProcess), order: ({ publicTests: { inProcess } }) => -inProcess.passed },
  { name: 'Findings', number: true, show: ({ findings }) => (findings === undefined ? undefined : String(countOf(findings))), order: ({ findings }) => findings && countOf(findings) },
  { name: 'Agreement', number: true, show: ({ agreement }) => agreement?.toFixed(2), order: ({ agreement }) => agreement && -agreement },
  { name: 'Likelihood', number: true, show: ({ likelihood }) => likelihood?.toFixed(2), order: ({ likelihood }) => likelihood && -likelihood },
  { name: 'Opinion', number: true, show: ({ opinion }) => opinion?.toFixed(2), order: ({ opinion }) => opinion && -opinion },
  { name: 'Type errors', number: true, show: ({ typeErrors }) => typeErrors?.toString(), order: ({ typeErrors }) => typeErrors },
  { name: 'Behaves as', number: true, show: ({ cluster }) => (cluster === undefined ? undefined : `way ${cluster + 1}`), order: ({ cluster }) => cluster },
]

const most = 100

/** Every component of every score, and the rules by which the table is put in another order without a script. */
export function scoreTable({ ranking, reasons, choice }: Verdict): { body: Html; rules: string } {
  // What is known of nobody is no column; the verdict lists it among what is not known.
  const shown = columns.filter(({ show }) => ranking.some((score) => show(score) !== undefined))
  const ordered = shown.filter(({ order }) => order !== undefined && new Set(ranking.map((score) => order(score))).size > 1)
  const { shown: rows, left } = first(ranking, most, { show: (score, at) => row(score, at, { shown, reason: reasons[at] ?? '', isChosen: choice.kind === 'chosen' && at === 0 }), what: 'candidates' })
  return {
    body: html`<div class="scores">
${ordered.length === 0 ? undefined : orders(ordered)}
<table role="table">
<caption>Best first; each component as it was compared, in this order of evidence.</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="number">Place</th><th role="columnheader" scope="col">Candidate</th>${shown.map(({ name, number }) => html`<th role="columnheader" scope="col"${number ? html` class="number"` : undefined}>${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows}</tbody>
</table></div>${left}`,
    rules: orderRules(ranking.slice(0, most), ordered, shown.length + 2),
  }
}

function row(score: Score, at: number, { shown, reason, isChosen }: { shown: readonly Column[]; reason: string; isChosen: boolean }): Html {
  const cells = shown.map(({ name, number, show }) => html`<td role="cell" data-label="${name}"${number ? html` class="number"` : undefined}>${show(score) ?? html`<span aria-hidden="true">–</span><span class="hidden">not known</span>`}</td>`)
  return html`<tr role="row" class="s${at}${isChosen ? ' chosen' : ''}"><td role="cell" class="number place">${at + 1}</td><th role="rowheader" scope="row">${labelOf(score)}${isChosen ? html`<span class="hidden"> (chosen)</span>` : undefined}</th>${cells}<td role="cell" class="why" data-label="Why">${clipped(reason, 600)}</td></tr>
`
}

function orders(ordered: readonly Column[]): Html {
  const choices = ['Verdict', ...ordered.map(({ name }) => name)]
  return html`<fieldset class="order"><legend>Order by</legend>${choices.map((name, at) => html`<label><input type="radio" name="order" id="order-${at}"${at === 0 ? html` checked` : undefined}> ${name}</label>`)}</fieldset>`
}

/** The places of the rows under each order. A sort that is stable keeps the verdict's order among equals; what is not known comes last. */
function orderRules(ranking: readonly Score[], ordered: readonly Column[], width: number): string {
  const places = ordered.map(({ order }) => {
    const sorted = ranking.map((score, at) => ({ at, by: order?.(score) ?? Infinity })).toSorted((a, b) => (a.by === b.by ? 0 : a.by - b.by))
    return new Map(sorted.map(({ at }, place) => [at, place]))
  })
  const rows = ordered.length === 0 ? [] : ranking.map((_, at) => `.s${at}{${places.map((place, key) => `--o${key + 1}:${place.get(at) ?? 0}`).join(';')}}`)
  const keys = ordered.map((_, key) => `.scores:has(#order-${key + 1}:checked) tbody tr{order:var(--o${key + 1})}`)
  return `.scores table{grid-template-columns:max-content minmax(8rem,1fr) repeat(${width - 2},auto)}${[...rows, ...keys].join('')}`
}

function tally({ passed, failed, unknown, idle = 0 }: TestTally): string | undefined {
  const aside = `${unknown === 0 ? '' : `, ${unknown} unknown`}${idle === 0 ? '' : `, ${idle} idle`}`
  return passed + failed + unknown + idle === 0 ? undefined : `${passed} of ${passed + failed}${aside}`
}

function countOf(findings: NonNullable<Score['findings']>): number {
  return findings.reduce((sum, { count }) => sum + count, 0)
}
