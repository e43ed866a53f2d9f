import type { RoundResult, Verdict } from '../../records/verdict.ts'
import type { ModuleOffer, RoundsEnd } from '../../records/round.ts'
import { oneLine } from './text.ts'

/** Which sub-modules a round's writer is offered. */
export function offerLine(number: number, { by, found, distinct, clusters }: ModuleOffer, names: readonly string[]): string {
  const how = by === 'clustered' ? `in ${clusters} cluster${clusters === 1 ? '' : 's'}; offered: ` : 'offered at random: '
  return `round ${number}: ${found} sub-modules, ${distinct} that differ, ${how}${oneLine(names.join(', '))}`
}

/** What came of a round. */
export function roundLine({ number, kind, written, rejected, offered, gained }: RoundResult): string {
  const parts = [
    `${written} programs`,
    ...(kind === 'sampling' ? [] : [`${offered} sub-modules offered`]),
    ...(rejected === 0 ? [] : [`${rejected} rejected because they lose what the best before had`]),
    ...(kind === 'sampling' ? [] : [gained ? 'gained' : 'no gain']),
  ]
  return `round ${number}: ${parts.join(', ')}`
}

export function endLine({ reason, detail }: RoundsEnd): string {
  return `no further round (${reason}): ${oneLine(detail)}`
}

/** The rounds of a verdict, a line each; nothing where there were none. */
export function roundLines({ rounds = [], roundsEnd, spent }: Verdict): string[] {
  return [
    ...rounds.map(roundLine),
    ...(roundsEnd === undefined ? [] : [endLine(roundsEnd)]),
    ...(rounds.length === 0 || spent === undefined ? [] : [`models used ${spent.inputTokens} + ${spent.outputTokens} tokens in ${spent.calls} calls`]),
  ]
}
