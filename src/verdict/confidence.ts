import type { Behavior } from '../records/behavior.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Score } from '../records/score.ts'

/**
 * How sure the first place is, 0 to 1. Passing every test that somebody vouches for comes first (law 2) and is worth one half; within that, how
 * far the candidates say the same: the share of all proposals that do what the best one does, times how much all of them answer like it,
 * discounted where the answers vary little, since `true` and `0` agree by coincidence.
 */
export function confidenceIn(best: Score | undefined, { screenings }: Pick<Evidence, 'screenings'>, behaviors: readonly Behavior[]): number {
  if (best === undefined) return 0
  const proposals = screenings.reduce((sum, { ids }) => sum + ids.length, 0)
  const own = behaviors.find(({ candidate }) => candidate === best.candidate)
  const agreed = own === undefined ? 0 : (massAlike(behaviors, ({ cluster }) => (cluster === own.cluster ? 1 : 0)) / proposals) * (massAlike(behaviors, (other) => likeness(own, other)) / proposals) * variety(own)
  return passesAll(best) ? (1 + agreed) / 2 : agreed / 2
}

function massAlike(behaviors: readonly Behavior[], alike: (behavior: Behavior) => number): number {
  return behaviors.reduce((sum, behavior) => sum + behavior.weight * alike(behavior), 0)
}

function likeness({ answers }: Behavior, other: Behavior): number {
  return answers.filter((answer, call) => answer >= 0 && answer === other.answers[call]).length / answers.length
}

/** From 1/5, where every call is answered alike, to 1, where no two are. */
function variety({ answers }: Behavior): number {
  return (0.25 + new Set(answers).size / answers.length) / 1.25
}

function passesAll({ publicTests: { outside, inProcess } }: Score): boolean {
  const missed = outside.failed + outside.unknown + inProcess.failed + inProcess.unknown
  return missed === 0 && outside.passed + inProcess.passed > 0
}
