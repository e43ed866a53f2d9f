import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Outcome, bootstrap, mean, precisionAt } from './statistics.ts'

function anOutcome(given: Partial<Outcome> = {}): Outcome {
  return { group: 'g', good: 0, functional: 0, abstained: false, confidence: 0, ...given }
}

const outcomes = fc.array(
  fc
    .record({
      group: fc.constantFrom('a', 'b', 'c', 'd'),
      good: fc.constantFrom(0, 0.5, 1),
      abstained: fc.boolean(),
      confidence: fc.constantFrom(0, 0.25, 0.5, 1),
    })
    .map(anOutcome),
  { minLength: 1, maxLength: 40 },
)
const close = (value: number) => expect.closeTo(value, 9) as number

test('an interval lies within 0 and 1, holds the mean, and is the same for the same seed', () => {
  fc.assert(
    fc.property(outcomes, fc.nat(), (items, seed) => {
      const { low, high } = bootstrap(items, seed)
      const passAt1 = mean(items.map((item) => item.good))
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1 + 1e-9)
      expect(low - 1e-9 <= passAt1 && passAt1 <= high + 1e-9).toBe(true)
      expect(bootstrap(items, seed)).toEqual({ low, high })
    }),
    { numRuns: 50 },
  )
})

test('tasks of one group are resampled together', () => {
  const half = Array.from({ length: 100 }, (_, index) => ({ good: index % 2 }))
  const { low: alone, high: above } = bootstrap(half.map((item, index) => anOutcome({ ...item, group: String(index) })), 1)
  const { low, high } = bootstrap(half.map((item) => anOutcome({ ...item, group: item.good === 1 ? 'good' : 'bad' })), 1)
  expect([low, high]).toEqual([0, 1])
  expect([alone, above]).toEqual([expect.closeTo(0.4, 1), expect.closeTo(0.6, 1)])
})

test('a known interval: 20 of 80 independent tasks', () => {
  const { low, high } = bootstrap(Array.from({ length: 80 }, (_, index) => anOutcome({ group: String(index), good: index < 20 ? 1 : 0 })), 7)
  // Normal approximation: 0.25 ± 1.96 * sqrt(0.25 * 0.75 / 80) = 0.155 .. 0.345.
  expect(Math.abs(low - 0.155)).toBeLessThan(0.015)
  expect(Math.abs(high - 0.345)).toBeLessThan(0.015)
})

test('full coverage is pass@1, whatever the confidences', () => {
  fc.assert(
    fc.property(outcomes, (items) => {
      expect(precisionAt(items, 1)).toEqual(close(mean(items.map((item) => item.good))))
    }),
  )
})

test('precision does not depend on the order of the tasks', () => {
  fc.assert(
    fc.property(outcomes, fc.double({ min: 0.05, max: 1, noNaN: true }), (items, coverage) => {
      expect(precisionAt(items.toReversed(), coverage)).toEqual(close(precisionAt(items, coverage)))
    }),
  )
})

test('the surest tasks are answered first, abstentions last, ties by their mean', () => {
  const items = [
    anOutcome({ good: 0, confidence: 0.9, abstained: true }),
    anOutcome({ good: 1, confidence: 0.8 }),
    anOutcome({ good: 1, confidence: 0.1 }),
    anOutcome({ good: 0, confidence: 0.1 }),
  ]
  expect([0.25, 0.5, 0.75, 1].map((coverage) => precisionAt(items, coverage))).toEqual([1, 0.75, close(2 / 3), 0.5])
})
