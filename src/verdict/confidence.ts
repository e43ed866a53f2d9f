import type { Behavior } from '../records/behavior.ts'
import type { Digest } from '../records/digest.ts'
import { type Evidence, inheritorsIn } from '../records/evidence.ts'
import type { Score } from '../records/score.ts'
import { freedomFrom } from './floor.ts'

/** How sure the first place is, 0 to 1: how much says that it is correct, less where it may be insecure. */
export function confidenceIn(ranking: readonly Score[], evidence: Pick<Evidence, 'screenings' | 'revisions' | 'repairs'>, behaviors: readonly Behavior[]): number {
  const [best] = ranking
  return best === undefined ? 0 : soundness(best) * Math.max(correctness(ranking, evidence, behaviors), isWhole(best) ? unseen : 0)
}

// That a program is whole is little to go by, and more than nothing.
const unseen = 1 / 8

function isWhole({ parses, rejected, undefinedNames }: Score): boolean {
  return parses === true && rejected === undefined && undefinedNames === 0
}

/** Of two that do equally well, one with a weakness that is likely, or that was not read to its end, is not as good. */
function soundness({ floor, findings }: Score): number {
  if (floor === 'below') return 0
  return (floor === 'unknown' ? 1 / 2 : 1) * (freedomFrom('likely', findings).some((count) => count < 0) ? 1 / 4 : 1)
}

/**
 * Passing every test that somebody vouches for comes first (law 2) and is worth one half; the other half is how far the candidates say
 * the same: the geometric mean of the share of all proposals that do what the best one does, of how much all of them answer like it, of
 * how much its answers tell, and of its share of the agreement; less where others that pass the same tests do something else and are
 * nearly as many.
 */
function correctness([best, ...others]: readonly Score[], evidence: Pick<Evidence, 'screenings' | 'revisions' | 'repairs'>, behaviors: readonly Behavior[]): number {
  if (best === undefined) return 0
  const weights = new Map(behaviors.map(({ candidate, weight }) => [candidate, weight]))
  const proposals = proposalsIn(evidence, weights)
  const share = (alike: (behavior: Behavior) => number) => behaviors.reduce((sum, behavior) => sum + behavior.weight * alike(behavior), 0) / proposals
  const own = behaviors.find(({ candidate }) => candidate === best.candidate)
  if (own === undefined) return passesAll(best) ? 1 / 2 : 0
  const same = share(({ cluster }) => (cluster === own.cluster ? 1 : 0))
  const rivals = passesAll(best) ? others.filter((score) => score.cluster !== own.cluster && passesAll(score)) : []
  const agreed = same * share((other) => likeness(own, other)) * telling(own) * (best.agreement ?? 1)
  const lead = same / (same + largestGroup(rivals, weights) / proposals)
  return ((passesAll(best) ? 1 : 0) + agreed ** (1 / 4) * lead ** (1 / 2)) / 2
}

/** All that were drawn on their own, and those ways of behaving that only others have. */
function proposalsIn({ screenings, ...written }: Pick<Evidence, 'screenings' | 'revisions' | 'repairs'>, weights: ReadonlyMap<Digest, number>): number {
  const inheritors = inheritorsIn(written)
  return screenings.reduce((sum, { candidate, ids }) => sum + (weights.get(candidate) ?? ids.filter((id) => !inheritors.has(id)).length), 0)
}

/** How many proposals the largest group with one behaviour is. */
function largestGroup(scores: readonly Score[], weights: ReadonlyMap<Digest, number>): number {
  const groups = [...Map.groupBy(scores, ({ cluster }) => cluster).values()]
  return Math.max(0, ...groups.map((group) => group.reduce((sum, { candidate, ids }) => sum + (weights.get(candidate) ?? ids.length), 0)))
}

function likeness({ answers }: Behavior, other: Behavior): number {
  return answers.filter((answer, call) => answer >= 0 && answer === other.answers[call]).length / answers.length
}

/** From little, where every call is answered alike (`true` and `0` agree by coincidence), to 1, where no two are. */
function telling({ answers }: Behavior): number {
  return Math.log1p(new Set(answers).size) / Math.log1p(answers.length)
}

function passesAll({ publicTests: { outside, inProcess } }: Score): boolean {
  const missed = outside.failed + outside.unknown + inProcess.failed + inProcess.unknown
  return missed === 0 && outside.passed + inProcess.passed > 0
}
