import { array, assert, integer, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { clusterVectors } from './cluster.ts'
import { pointsOf, refine } from './k-means.ts'

const at = (angle: number) => [Math.cos(angle), Math.sin(angle)]
const three = [0, 0.01, 0.02, 2, 2.01, 4].map(at)

test('what lies together is one cluster, the largest first and the nearest to its middle first', () => {
  const { clusters, inertia } = clusterVectors(three, { k: 3, seed: 1 })
  expect(clusters.map(({ members }) => members)).toEqual([[1, expect.any(Number), expect.any(Number)], expect.toSatisfy((members: number[]) => members.toSorted((a, b) => a - b).join() === '3,4'), [5]])
  expect(inertia).toBeCloseTo(0.0002 + 0.00005, 6)
})

test('the silhouette finds how many there are', () => {
  const many = Array.from({ length: 900 }, (_, i) => at((i % 4) * 1.5 + (i % 7) * 0.01))
  expect(clusterVectors(many, { k: 'silhouette', seed: 1 }).clusters).toHaveLength(4)
  expect(clusterVectors(three, { k: 'silhouette', seed: 1 }).clusters).toHaveLength(3)
})

test.each([
  ['no vectors', [], 5, 0],
  ['one vector', [at(1)], 5, 1],
  ['equal vectors', [at(1), at(1), at(1)], 5, 1],
  ['two distinct ones', [at(1), at(2), at(1), at(2)], 5, 2],
  ['zeros alone', [[0, 0], [0, 0]], 2, 1],
  ['k of none', [at(1), at(2)], 0, 1],
])('%s', (_what, vectors, k, expected) => {
  expect(clusterVectors(vectors, { k, seed: 1 }).clusters).toHaveLength(expected)
  expect(clusterVectors(vectors, { k: 'silhouette', seed: 1 }).clusters.length).toBeLessThanOrEqual(Math.max(expected, 1))
})

const vectors = array(array(integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 40 })

test('every vector is in one cluster, none is empty, and there are as many as asked for while there are distinct vectors', () => {
  assert(
    property(vectors, integer({ min: 1, max: 12 }), nat(), (points, k, seed) => {
      const { clusters } = clusterVectors(points, { k, seed })
      expect(clusters.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual(points.map((_, i) => i))
      expect(clusters).toHaveLength(Math.min(k, new Set(points.map(String)).size))
    }),
  )
})

test('the same vectors and seed give the same clusters', () => {
  assert(
    property(vectors, nat(), (points, seed) => {
      expect(clusterVectors(points, { k: 4, seed })).toEqual(clusterVectors(points, { k: 4, seed }))
    }),
  )
})

test('more points than the restarts look at are all clustered', () => {
  const many = Array.from({ length: 3000 }, (_, i) => at((i % 5) + (i % 11) * 0.001))
  const { clusters } = clusterVectors(many, { k: 5, seed: 7 })
  expect(clusters.map(({ members }) => members.length)).toEqual([600, 600, 600, 600, 600])
  expect(clusters.every(({ members }) => new Set(members.map((i) => i % 5)).size === 1)).toBe(true)
})

test('a cluster that loses its points takes the one that is furthest from the middle of its own', () => {
  const points = pointsOf([[0], [0.1], [0.2], [5]])
  // All points are nearest to the first start; the others are far from any.
  const { assignment, centroids, inertia } = refine(points, pointsOf([[1], [1000], [2000]]), 0)
  expect(new Set(assignment).size).toBe(3)
  expect([...centroids.values].sort((a, b) => a - b)).toEqual([expect.any(Number), expect.any(Number), 5])
  expect(inertia).toBeLessThan(0.03)
})

test('one that is alone in its cluster is not taken from it', () => {
  const { assignment } = refine(pointsOf([[0], [9]]), pointsOf([[0], [9], [1000]]), 0)
  expect([...assignment]).toEqual([0, 1])
})
