import type { Likelihoods } from './likelihood.ts'
import { isSound } from './outcome.ts'
import type { Answer, Drawn, Solved } from './solve.ts'

/** A program that was drawn, with what the model says of it. */
export interface Weighed extends Drawn {
  likelihoods: Likelihoods
}

type Measure = (one: Weighed, all: readonly Weighed[]) => number

/** Ways to choose among the samples of a task without running them; those that a measure cannot tell apart count by their mean. */
export const choosers: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ['random', () => 0],
  ['longest', ({ program }) => program.length],
  ['shortest', ({ program }) => -program.length],
  ['most frequent', ({ program }, all) => all.filter((other) => other.program === program).length],
  ['likelihood, a token', ({ likelihoods: { coder, coderTokens } }) => coder / coderTokens],
  ['the same, terminator included', ({ likelihoods: { coder, coderTokens, end } }) => (coder + end) / (coderTokens + 1)],
  ['terminator alone', ({ likelihoods: { end } }) => end],
  ['likelihood both ways (Coder-Reviewer)', ({ likelihoods: { coder, reviewer } }) => coder + reviewer],
  ['instruction given the program', ({ likelihoods: { reviewer } }) => reviewer],
])

/** The share of sound programs among those that a measure puts first. */
export function soundShare(samples: readonly Weighed[], measure: Measure): number {
  if (samples.length === 0) return 0
  const values = samples.map((one) => measure(one, samples))
  const most = Math.max(...values)
  const first = samples.filter((_, index) => values[index] === most)
  return first.filter(({ outcome }) => isSound(outcome)).length / first.length
}

export const chosenSound = ({ chosen }: Answer) => chosen !== undefined && isSound(chosen.outcome)
export const directSound = ({ direct }: Solved) => direct !== undefined && isSound(direct.outcome)
