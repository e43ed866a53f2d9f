import type { Floor } from '../config.ts'
import type { Behavior, Cluster } from '../records/behavior.ts'
import type { Digest } from '../records/digest.ts'
import { digestRecord } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Likelihood } from '../records/likelihood.ts'
import type { Score } from '../records/score.ts'
import type { Choice, Verdict } from '../records/verdict.ts'
import { abstention } from './abstain.ts'
import { criticsIn, isCriticismCutShort } from './critics.ts'
import { confidenceIn } from './confidence.ts'
import { rank } from './rank.ts'
import { reasonFor } from './reason.ts'
import { roundResults } from './round-result.ts'
import { setbacksIn } from './setback.ts'
import type { Strategy } from '../records/strategy.ts'
import { unknownsOf } from './unknown.ts'

export interface JudgeOptions {
  strategy: Strategy
  floor: Floor
  seed: number
  /** Digest of the configuration in force. */
  configuration: Digest
  behaviors: readonly Behavior[]
  clusters: readonly Cluster[]
  agreement: ReadonlyMap<Digest, number>
  /** What a model says of how candidates behave where they differ, -1 to 1. */
  opinion: ReadonlyMap<Digest, number>
}

/** The choice among the candidates, or an abstention, with everything it rests on. A pure function of its arguments (law 7). */
export function judge(evidence: Evidence, options: JudgeOptions): Verdict {
  const { strategy, floor, behaviors, agreement, opinion } = options
  const likelihoods = strategy.evidence.likelihood ? evidence.likelihoods : []
  const setbacks = setbacksIn(evidence, floor)
  const ranking = rank(evidence, { behaviors, agreement, likelihood: valuesOf(likelihoods), opinion, floor, tests: strategy.evidence.tests, setbacks })
  return {
    task: digestRecord(evidence.task),
    strategy: strategy.name,
    configuration: options.configuration,
    seed: options.seed,
    choice: choose(evidence, { ranking, strategy, floor, clusters: options.clusters }),
    confidence: confidenceIn(ranking, evidence, behaviors),
    ranking,
    clusters: [...options.clusters],
    reasons: ranking.map((score) => reasonFor(score, { evidence, floor, clusters: options.clusters })),
    unknown: unknownsOf(evidence, { ranking, strategy, floor }),
    ...scoringOf(likelihoods),
    ...lookIn(evidence),
    ...(evidence.rounds && { rounds: roundResults(evidence, setbacks) }),
    ...(evidence.roundsEnd && { roundsEnd: evidence.roundsEnd }),
    ...(evidence.spent && { spent: evidence.spent }),
    ...criticsIn(evidence),
    stop: isCutShort(evidence) || isCriticismCutShort(evidence) ? 'budget' : evidence.drawing?.stop === 'settled' ? 'settled' : 'all-examined',
  }
}

function lookIn({ drawing }: Evidence): Pick<Verdict, 'look'> {
  const look = drawing?.looks?.at(-1)
  return look === undefined ? {} : { look }
}

/** Whether something was left out because the budget did not cover it. */
function isCutShort({ drawing, writing, distinctions, likelihoods, roundsEnd }: Evidence): boolean {
  const unknown = [...distinctions, ...likelihoods].flatMap((asked) => asked.unknown ?? [])
  return roundsEnd?.reason === 'budget' || [drawing, writing].some((had) => had?.stop === 'budget') || unknown.some((why) => why.includes('BUDGET_SPENT'))
}

function valuesOf(likelihoods: readonly Likelihood[]): Map<Digest, number> {
  return new Map(likelihoods.flatMap(({ candidate, value }) => (value === undefined ? [] : [[candidate, value] as const])))
}

function scoringOf(likelihoods: readonly Likelihood[]): Pick<Verdict, 'likelihood'> {
  const scored = likelihoods.filter(({ value }) => value !== undefined)
  const [first] = scored
  if (first === undefined) return {}
  const { tier, model, scorer } = first
  return { likelihood: { tier, model, ...(scorer === undefined ? {} : { scorer }), scored: scored.length } }
}

function choose(evidence: Evidence, given: { ranking: readonly Score[]; strategy: Strategy; floor: Floor; clusters: readonly Cluster[] }): Choice {
  const [best] = given.ranking
  const why = abstention(evidence, given)
  const named = best && { candidate: best.candidate, id: best.ids[0] ?? '' }
  if (why !== undefined || named === undefined) return { kind: 'abstained', reason: 'no-candidates', detail: 'there was nothing to choose from', ...why, ...(named && { best: named }) }
  return { kind: 'chosen', ...named }
}
