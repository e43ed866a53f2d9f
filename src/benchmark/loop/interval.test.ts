import { expect, test } from 'vitest'
import { estimate, tailFor } from './interval.ts'

const gains = (all: readonly number[], seeds = 1) => all.flatMap((value, task) => Array.from({ length: seeds }, () => ({ task: String(task), value })))

test('with few tasks less is cut off at either end, as a t interval would be wider', () => {
  // Hesterberg, arXiv:1411.5279, table 3: 0.0010 for 5, 0.0086 for 10, 0.0162 for 20.
  expect([5, 10, 20].map((count) => tailFor(count))).toEqual([expect.closeTo(0.001, 3), expect.closeTo(0.0086, 3), expect.closeTo(0.0162, 3)])
  expect(tailFor(100_000)).toBeCloseTo(0.025, 4)
})

test('fewer than five tasks give no interval, however many seeds', () => {
  expect(estimate(gains([1, 1, 0, 1], 50), 1)).toEqual({ mean: 0.75, interval: null })
  expect(estimate([], 1)).toEqual({ mean: 0, interval: null })
})

test('more seeds of the same tasks make no interval narrower', () => {
  const tasks = [1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0]
  const [one, twenty] = [1, 20].map((seeds) => estimate(gains(tasks, seeds), 1))
  expect(twenty).toEqual(one)
})

const lowWith = (gaining: number) => estimate(gains(Array.from({ length: 12 }, (_, at) => (at < gaining ? 1 : 0))), 1).interval?.low

test('three of twelve tasks that gain are not clear of zero; six are', () => {
  expect([lowWith(3), lowWith(6)]).toEqual([0, expect.toSatisfy((low: number) => low > 0)])
})
