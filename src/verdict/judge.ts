import type { Behavior, Cluster } from '../records/behavior.ts'
import type { Digest } from '../records/digest.ts'
import { digestRecord } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Score } from '../records/score.ts'
import type { Choice, Verdict } from '../records/verdict.ts'
import { abstention } from './abstain.ts'
import { rank } from './rank.ts'
import { reasonFor } from './reason.ts'
import type { Strategy } from './strategy.ts'
import { unknownsOf } from './unknown.ts'

export interface JudgeOptions {
  strategy: Strategy
  seed: number
  /** Digest of the configuration in force. */
  configuration: Digest
  behaviors: readonly Behavior[]
  clusters: readonly Cluster[]
  agreement: ReadonlyMap<Digest, number>
}

/** The choice among the candidates, or an abstention, with everything it rests on. A pure function of its arguments (law 7). */
export function judge(evidence: Evidence, options: JudgeOptions): Verdict {
  const { strategy, behaviors, agreement } = options
  const ranking = rank(evidence, { behaviors, agreement, tests: strategy.tests })
  return {
    task: digestRecord(evidence.task),
    strategy: strategy.name,
    configuration: options.configuration,
    seed: options.seed,
    choice: choose(evidence, { ranking, strategy, clusters: options.clusters }),
    confidence: confidenceIn(ranking),
    ranking,
    clusters: [...options.clusters],
    reasons: ranking.map((score) => reasonFor(score, { evidence, clusters: options.clusters })),
    unknown: unknownsOf(evidence, { ranking, strategy }),
    stop: 'all-examined',
  }
}

function choose(evidence: Evidence, given: { ranking: readonly Score[]; strategy: Strategy; clusters: readonly Cluster[] }): Choice {
  const [best] = given.ranking
  const why = abstention(evidence, { best, ...given })
  const named = best && { candidate: best.candidate, id: best.ids[0] ?? '' }
  if (why !== undefined || named === undefined) return { kind: 'abstained', reason: 'no-candidates', detail: 'there was nothing to choose from', ...why, ...(named && { best: named }) }
  return { kind: 'chosen', ...named }
}

/** How far the first place is ahead: the share of the agreement its behaviour holds among the candidates that tie with it on the tests. */
function confidenceIn(ranking: readonly Score[]): number {
  const [best] = ranking
  if (best === undefined) return 0
  const share = passedShare(best)
  const rivals = ranking.filter((score) => passedShare(score) === share)
  const byCluster = new Map(rivals.map((score) => [score.cluster ?? score.candidate, score.agreement ?? 0]))
  const sum = [...byCluster.values()].reduce((total, agreement) => total + agreement, 0)
  const lead = sum === 0 ? 1 / rivals.length : (best.agreement ?? 0) / sum
  return Math.min(1, lead * (share ?? 1))
}

function passedShare({ publicTests: { outside, inProcess } }: Score): number | undefined {
  const passed = outside.passed + inProcess.passed
  const all = passed + outside.failed + outside.unknown + inProcess.failed + inProcess.unknown
  return all === 0 ? undefined : passed / all
}
