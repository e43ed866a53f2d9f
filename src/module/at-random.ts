import { randomFrom } from './k-means.ts'

/** So many of the items, each as likely as every other; the same seed gives the same ones. */
export function pickAtRandom<Item>(items: readonly Item[], { count, seed }: { count: number; seed: number }): Item[] {
  const random = randomFrom(seed)
  const left = [...items]
  return Array.from({ length: Math.min(count, items.length) }, () => left.splice(Math.floor(random() * left.length), 1)[0]!)
}
