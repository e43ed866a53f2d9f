import type { Configuration } from '../config.ts'
import { CountersignError } from '../errors.ts'
import type { Digest } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Round, RoundsEnd } from '../records/round.ts'
import type { Score } from '../records/score.ts'
import type { Verdict } from '../records/verdict.ts'
import { outranks } from '../verdict/rank.ts'
import { strategyIn } from '../verdict/strategy.ts'
import { chooseModules } from './codechain.ts'
import type { WithModels } from './context.ts'
import { writeRound, type Written } from './write.ts'

/** A round as it is before its programs were examined, or why there is none. */
export type Begun = (Written & { round: Exclude<Round, { kind: 'sampling' }> }) | RoundsEnd

export function isEnd(begun: Begun): begun is RoundsEnd {
  return 'reason' in begun
}

/** One more round of writing with what was seen of the programs before it. What the budget or the model refuses is the end of the rounds, and not of the run. */
export async function beginRound(evidence: Evidence, verdict: Verdict, context: WithModels): Promise<Begun> {
  const { codechain, generate } = context.configuration
  const rounds = evidence.rounds ?? []
  const number = rounds.length + 1
  const [leader] = verdict.ranking
  const last = rounds.at(-1)
  if (strategyIn(context.configuration).rounds.kind === 'none' || leader === undefined) return { reason: 'nothing-to-offer', detail: 'there is no program to go on from' }
  if (last !== undefined && last.kind !== 'sampling' && !last.gained) return { reason: 'no-gain', detail: `round ${last.number} gave no better program` }
  if (number > codechain.rounds) return { reason: 'limit', detail: `${rounds.length} rounds were asked for` }
  if (generate.samples === 0) return { reason: 'nothing-to-offer', detail: 'no samples beside the direct answer were asked for' }
  if (isSpent(evidence)) return { reason: 'budget', detail: 'the budget was spent' }
  try {
    return await codeChainRound(evidence, { ranking: verdict.ranking, leader: leader.candidate, number }, context)
  } catch (error) {
    return endBy(error)
  }
}

/** CodeChain §3.3: the best sub-modules so far are offered to those who write again. */
async function codeChainRound(evidence: Evidence, { ranking, leader, number }: { ranking: readonly Score[]; leader: Digest; number: number }, context: WithModels): Promise<Begun> {
  const chosen = await chooseModules({ evidence, ranking, number }, context)
  if ('reason' in chosen) return chosen
  const { samples } = context.configuration.generate
  const written = await writeRound(evidence.task, context, { number, first: 1 + (number - 1) * samples, count: samples, of: leader, offered: chosen.modules })
  return { ...written, round: { kind: 'codechain', number, candidates: written.candidates.map(({ id }) => id), leader, gained: false, drawing: written.drawing, offer: chosen.offer } }
}

function isSpent({ drawing, rounds = [] }: Evidence): boolean {
  return [drawing, ...rounds.map((round) => (round.kind === 'sampling' ? undefined : round.drawing))].some((had) => had?.stop === 'budget')
}

function endBy(error: unknown): RoundsEnd {
  if (!(error instanceof CountersignError) || error.code === 'INTERRUPTED' || error.code === 'EVIDENCE_BROKEN' || error.code.startsWith('SANDBOX')) throw error
  const isBudget = error.code === 'BUDGET_SPENT' || error.code === 'SPEND_UNKNOWN'
  return { reason: isBudget ? 'budget' : 'failed', detail: `no further round could be written: ${error.code}: ${error.message}` }
}

/** Whether the best program after a round is one of its own, and better than the best before on what was seen. */
export function gainedBy(round: Exclude<Round, { kind: 'sampling' }>, { ranking }: Verdict, { floor, language }: Pick<Configuration, 'floor'> & Pick<Evidence['task'], 'language'>): boolean {
  const [best] = ranking
  const before = ranking.find(({ candidate }) => candidate === round.leader)
  if (best === undefined || !round.candidates.includes(best.ids[0] ?? '')) return false
  return before === undefined || outranks(best, before, { floor, language })
}
