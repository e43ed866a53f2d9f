import type { RecordedRun } from '../../index.ts'
import type { DrawingStop } from '../../records/drawing.ts'
import type { Look } from '../../records/look.ts'
import { type Html, html } from './html.ts'
import { counted, labelsOf } from './names.ts'

/** What adaptive sampling saw after each batch, and why no more was drawn; nothing where all was drawn at once. */
export function batches(run: RecordedRun): Html | undefined {
  const looks = looksOf(run)
  if (looks.length === 0) return undefined
  const labels = labelsOf(run)
  const rows = looks.map((look) => {
    const { drawn, leader, rivals = [], risk, allowed, because } = look
    const said = because === undefined ? html`<td>${leader === undefined ? 'nobody' : (labels.get(leader) ?? leader)}</td><td class="number">${look.votes}</td><td class="number">${rivals[0] ?? 0}</td><td class="number">${share(risk)}</td><td class="number">${share(allowed)}</td>` : html`<td colspan="5">${because}</td>`
    return html`<tr><th scope="row" class="number">${drawn}</th>${said}<td>${follows(look, run)}</td></tr>`
  })
  return html`<p class="soft">Programs were drawn in batches. Each votes for the way it behaves, unless a test, a weakness or the security floor puts it behind the best. No more are drawn once the risk that what is still to come would put another one in front is as small as is allowed.</p>
<div class="wide" role="region" aria-label="Batches" tabindex="0"><table><caption>What was seen after each batch, of ${counted(looks[0]?.most ?? 0, 'program')} at most.</caption><thead><tr><th scope="col" class="number">Drawn</th><th scope="col">Best</th><th scope="col" class="number">Its votes</th><th scope="col" class="number">Next way</th><th scope="col" class="number">Risk</th><th scope="col" class="number">Allowed</th><th scope="col">Then</th></tr></thead><tbody>${rows}</tbody></table></div>
<p>${whyNoMore(run, looks)}</p>`
}

/** What was seen after each batch; of a run of an earlier version only what its drawing says. */
export function looksOf({ looks, drawing }: Pick<RecordedRun, 'looks' | 'drawing'>): readonly Look[] {
  return looks.length > 0 ? looks : (drawing?.looks ?? [])
}

const stops: Record<Exclude<DrawingStop, 'settled'>, string> = {
  'all-drawn': 'All that was allowed for was drawn: what was seen did not settle it earlier.',
  budget: 'No more was drawn because the budget was spent.',
  failed: 'No more was drawn because the model failed.',
}

/** Why there are no more programs, in a sentence. */
export function whyNoMore({ drawing, ending }: Pick<RecordedRun, 'drawing' | 'ending'>, looks: readonly Look[]): string {
  const last = looks.at(-1)
  if (last?.kind === 'settled' && last.drawn < last.most) return `It was settled after ${last.drawn} of ${last.most}, so ${counted(last.most - last.drawn, 'program was', 'programs were')} never drawn.`
  if (last !== undefined && last.drawn < last.most && drawing?.looks === undefined) return ending === undefined ? 'The record ends before the next batch was looked at.' : 'The run ended before the next batch was looked at.'
  return drawing === undefined || drawing.stop === 'settled' ? stops['all-drawn'] : stops[drawing.stop]
}

function follows({ kind, drawn, most }: Look, { drawing }: RecordedRun): string {
  if (drawn >= most) return 'nothing is left'
  if (kind === 'settled') return 'settled: no more is drawn'
  return drawing?.looks !== undefined && drawing.looks.at(-1)?.drawn === drawn ? 'no more could be had' : 'more are drawn'
}

function share(value: number | undefined): string {
  return value === undefined ? '–' : value > 0 && value < 0.001 ? '< 0.001' : value.toFixed(3)
}
