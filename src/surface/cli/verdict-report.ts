import type { Score, TestTally } from '../../records/score.ts'
import type { Verdict } from '../../records/verdict.ts'
import { labelOf } from './fate.ts'
import type { Colors } from './output.ts'
import { roleLines } from './dialogue-line.ts'
import { roundLines } from './round-line.ts'
import { tallyLine } from './tally-line.ts'
import { lookLine } from './look-line.ts'
import { oneLine, table } from './text.ts'

/** A verdict as a table of reasons, best first, with what was not known and the choice as its last line. */
export function renderVerdict(verdict: Verdict, colors: Colors): string {
  const unknown = verdict.unknown.map(({ what, detail }) => `${colors.yellow('not known')}  ${what}: ${oneLine(detail)}\n`)
  const rounds = [...(verdict.look === undefined ? [] : [`drawn  ${lookLine(verdict.look)}`]), ...roundLines(verdict), ...roleLines(verdict)].map((line) => `${line}\n`)
  const tallied = verdict.ranking.length < 2 ? '' : `${tallyLine(verdict)}\n`
  return `${table(rankingRows(verdict))}${tallied}${scoringLine(verdict).map((line) => `${line}\n`).join('')}${rounds.join('')}${unknown.join('')}${choiceLine(verdict, colors)}\n`
}

/** A row for each candidate: its place, its name, its tests, its agreement and why it stands there. */
export function rankingRows({ ranking, reasons }: Verdict): string[][] {
  return ranking.map((score, place) => [
    `${place + 1}.`,
    labelOf(score),
    score.rejected === undefined ? tested(score) : 'rejected',
    score.agreement === undefined ? '' : `agreement ${score.agreement.toFixed(2)}`,
    oneLine(reasons[place] ?? ''),
  ])
}

/** How likelihood was found out; nothing where it was not. */
export function scoringLine({ likelihood }: Verdict): string[] {
  if (likelihood === undefined) return []
  const { tier, model, scorer, scored } = likelihood
  return [`likelihood  ${tier}${scorer === undefined ? '' : ` by ${oneLine(scorer)}`}, from ${oneLine(model)}: ${scored} candidates that were left equal`]
}

/** What was chosen, or why nothing was. */
export function choiceLine({ choice, confidence, stop }: Verdict, colors: Colors): string {
  const early = stop === 'all-examined' ? '' : ` (${stop})`
  if (choice.kind === 'chosen') return `${colors.green('chosen')}  ${oneLine(choice.id)}, confidence ${confidence.toFixed(2)}${early}`
  const best = choice.best === undefined ? '' : `; the best of what there is: ${oneLine(choice.best.id)}`
  return `${colors.yellow('abstained')}  ${choice.reason}: ${oneLine(choice.detail)}${best}${early}`
}

function tested({ publicTests: { outside, inProcess } }: Score): string {
  const parts = [tally(outside, ''), tally(inProcess, ' in process')].filter((part) => part !== '')
  return parts.length === 0 ? 'no tests' : parts.join(', ')
}

function tally({ passed, failed, unknown, idle = 0 }: TestTally, where: string): string {
  if (passed + failed + unknown + idle === 0) return ''
  return `${passed}/${passed + failed}${where}${unknown === 0 ? '' : `, ${unknown} unknown`}${idle === 0 ? '' : `, ${idle} idle`}`
}
