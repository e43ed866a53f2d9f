import { expect, test } from 'vitest'
import { pickAtRandom } from './at-random.ts'
import { placeInPlane } from './plane.ts'

test('what differs most lies furthest apart, and the same vectors always lie the same', () => {
  const vectors = [[1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0, 0.9, 0.1]]
  const places = placeInPlane(vectors)
  const distance = (a: number, b: number) => Math.hypot(places[a]![0] - places[b]![0], places[a]![1] - places[b]![1])
  expect(distance(0, 2)).toBeGreaterThan(4 * distance(0, 1))
  expect(placeInPlane(vectors)).toEqual(places)
})

test('equal vectors lie on each other, and none give none', () => {
  expect(placeInPlane([[1, 0], [1, 0]])).toEqual([[0, 0], [0, 0]])
  expect(placeInPlane([])).toEqual([])
})

test('a seed picks the same ones, each once, and another seed others', () => {
  const items = Array.from({ length: 100 }, (_, i) => i)
  const picked = pickAtRandom(items, { count: 10, seed: 1 })
  expect(pickAtRandom(items, { count: 10, seed: 1 })).toEqual(picked)
  expect(new Set(picked).size).toBe(10)
  expect(pickAtRandom(items, { count: 10, seed: 2 })).not.toEqual(picked)
  expect(pickAtRandom([1], { count: 3, seed: 1 })).toEqual([1])
})
