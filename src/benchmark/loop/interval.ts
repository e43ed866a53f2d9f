import { bootstrap, type Interval, mean } from '../statistics.ts'

/** A mean with its interval; `null` where there are too few tasks to tell one. */
export interface Estimate {
  mean: number
  interval: Interval | null
}

/** With fewer tasks a bootstrap says next to nothing of how much tasks differ. */
const fewestTasks = 5

/**
 * The mean of values with a 95 % interval over tasks: whole tasks are resampled, for seeds of one task are no further tasks. A percentile interval of a dozen
 * tasks is too narrow by about a tenth; it is widened as a t interval would be (the expanded percentile interval of Hesterberg, arXiv:1411.5279 §4.3).
 */
export function estimate(values: readonly { task: string; value: number }[], seed: number): Estimate {
  const tasks = new Set(values.map(({ task }) => task)).size
  const outcomes = values.map(({ task, value }) => ({ group: task, good: value }))
  return { mean: values.length === 0 ? 0 : mean(outcomes.map(({ good }) => good)), interval: tasks < fewestTasks ? null : bootstrap(outcomes, seed, tailFor(tasks)) }
}

/** What is left out at either end of `count` resampled tasks' means. */
export function tailFor(count: number): number {
  return 1 - standardNormal(Math.sqrt(count / (count - 1)) * studentQuantile(count - 1))
}

/** The 97.5 % quantile of Student's t, by the Cornish-Fisher expansion; to three digits from four degrees of freedom on. */
function studentQuantile(freedom: number): number {
  const z = 1.959964
  const terms = [z, (z ** 3 + z) / 4, (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96, (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384]
  return terms.reduce((sum, term, power) => sum + term / freedom ** power, 0)
}

/** The share of a normal distribution below `z`, by Abramowitz and Stegun's 26.2.17. */
function standardNormal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const polynomial = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429].reduceRight((sum, factor) => (sum + factor) * t, 0)
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial
}
