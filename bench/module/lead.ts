import { randomFrom } from '../../src/module/k-means.ts'

// The encoder was looked at on one half of each pool's tasks before it was measured on all.
const splitSeed = 20_261_124

/** Whether each task is of the half that was looked at: the first half of all in the order that the seed gives (Fisher and Yates). */
export function lookedAt(count: number): boolean[] {
  const random = randomFrom(splitSeed)
  const order = Array.from({ length: count }, (_, task) => task)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const [one, other] = [order[i]!, order[j]!]
    order[i] = other
    order[j] = one
  }
  const first = new Set(order.slice(0, Math.ceil(count / 2)))
  return Array.from({ length: count }, (_, task) => first.has(task))
}

/** The mean over the tasks that have a figure, and its standard error. */
export function meanOf(figures: readonly (number | undefined)[]): { mean: number; error: number; count: number } {
  const known = figures.filter((figure) => figure !== undefined)
  const mean = known.reduce((sum, figure) => sum + figure, 0) / known.length
  return { mean, error: Math.sqrt(known.reduce((sum, figure) => sum + (figure - mean) ** 2, 0)) / known.length, count: known.length }
}
