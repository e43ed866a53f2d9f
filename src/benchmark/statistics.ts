/** How one task went for one strategy. Shares rather than booleans, because choosing at random is judged by its expectation. */
export interface Outcome {
  group: string
  /** Functional and, where that is known, secure. */
  good: number
  functional: number
  secure?: number
  abstained: boolean
  /** Orders a strategy's answers by risk. */
  confidence: number
}

export interface Interval {
  low: number
  high: number
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * The precision when only the surest `coverage` of the tasks are answered; abstentions come last. Equal confidences are no order: each
 * counts for its share, so that no precision rests on the order of the file.
 */
export function precisionAt(outcomes: readonly Outcome[], coverage: number): number {
  const wanted = coverage * outcomes.length
  let taken = 0
  let good = 0
  for (const block of blocksByRisk(outcomes)) {
    const take = Math.min(block.length, wanted - taken)
    if (take <= 0) break
    good += take * mean(block.map((outcome) => outcome.good))
    taken += take
  }
  return good / wanted
}

function blocksByRisk(outcomes: readonly Outcome[]): Outcome[][] {
  const risk = (outcome: Outcome) => (outcome.abstained ? outcome.confidence - 2 : outcome.confidence)
  const blocks = Map.groupBy(outcomes, risk)
  return [...blocks].sort(([a], [b]) => b - a).map(([, block]) => block)
}

const resamples = 2000

/** Percentile bootstrap interval of the mean of `good`, whole groups resampled with replacement; 95 %, unless `tail` says what is left out at either end. */
export function bootstrap(outcomes: readonly Pick<Outcome, 'group' | 'good'>[], seed: number, tail = 0.025): Interval {
  const groups = [...Map.groupBy(outcomes, (outcome) => outcome.group).values()].map((group) => ({ good: sum(group), count: group.length }))
  const random = mulberry32(seed)
  const means = Float64Array.from({ length: resamples }, () => resampledMean(groups, random)).sort()
  const at = (share: number) => means[Math.round(share * (resamples - 1))] ?? Number.NaN
  return { low: at(tail), high: at(1 - tail) }
}

function resampledMean(groups: readonly { good: number; count: number }[], random: () => number): number {
  let good = 0
  let count = 0
  for (let drawn = 0; drawn < groups.length; drawn++) {
    const group = groups[Math.floor(random() * groups.length)]
    good += group?.good ?? 0
    count += group?.count ?? 0
  }
  return good / count
}

function sum(group: readonly Pick<Outcome, 'good'>[]): number {
  return group.reduce((total, outcome) => total + outcome.good, 0)
}

/** Tommy Ettinger's mulberry32: 32 bits of state are plenty for resampling. */
function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
