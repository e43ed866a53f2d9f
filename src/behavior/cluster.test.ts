import { expect, test } from 'vitest'
import { anEvidence, aTask, type Known } from '../../test/support/builders.ts'
import { cluster } from './cluster.ts'

const clustered = (known: Record<string, Known>) => cluster(anEvidence(aTask(), known))

test('candidates that answer every call alike are one cluster, the one with most proposals first', () => {
  const { clusters, behaviors } = clustered({ odd: { calls: [1, 2] }, one: { calls: [1, 3], ids: ['one', 'copy'] }, two: { calls: [1, 3] } })
  expect(clusters.map(({ members, mass, returned }) => [members.length, mass, returned])).toEqual([[2, 3, 1], [1, 1, 1]])
  expect(behaviors.map(({ cluster: position }) => position)).toEqual([0, 0, 1])
})

test('equal answers have one number, on whichever call', () => {
  const [one] = clustered({ one: { calls: [7, 8, 7] } }).behaviors
  expect(one?.answers).toEqual([0, 1, 0])
})

test('errors of one type are the same behaviour but no value', () => {
  const error = { kind: 'raised' as const, error: { type: 'ValueError', message: '' } }
  const { clusters, behaviors } = clustered({ one: { calls: [error, 1] }, two: { calls: [error, 1] } })
  expect(clusters).toMatchObject([{ mass: 2, returned: 0.5 }])
  expect(behaviors[0]?.answers).toEqual([-1, 0])
})

test('a timeout agrees with no other timeout', () => {
  expect(clustered({ one: { calls: [1, { kind: 'timed-out' }] }, two: { calls: [1, { kind: 'timed-out' }] } }).clusters).toHaveLength(2)
})

test('a program that never got as far as a call has no behaviour', () => {
  expect(clustered({ one: { outcome: 'raised', calls: [{ kind: 'not-run' }] } })).toEqual({ behaviors: [], clusters: [] })
})

const digest = `sha256:${'0'.repeat(64)}`
const inheritor = (id: string) => ({ id, candidate: digest, round: 2, prompt: digest, voice: 'inherited' as const })

test('what was written from parts of others joins those that it behaves like, and adds nothing to their number', () => {
  const known: Record<string, Known> = { one: { calls: [1], ids: ['one', 'later'] }, other: { calls: [2] }, too: { calls: [2] }, from: { calls: [1] }, new: { calls: [3] }, like: { calls: [3] } }
  const { behaviors, clusters } = cluster({ ...anEvidence(aTask(), known), revisions: ['later', 'from', 'new', 'like'].map(inheritor) })
  expect(clusters.map(({ mass, members }) => [mass, members.length])).toEqual([
    [2, 2],
    [1, 2],
    [1, 2],
  ])
  expect(behaviors.map(({ weight }) => weight)).toEqual([1, 1, 1, 0, 1, 0])
})

test('what was revised of such a program is none that was drawn on its own either', () => {
  const evidence = { ...anEvidence(aTask(), { one: { calls: [1] }, 'from-r1': { calls: [1] } }), revisions: [inheritor('from')] }
  const repair = { id: 'from-r1', of: 'from', parent: digest, round: 1, stage: 'post-hoc' as const, actor: 'a/b', targets: [], mended: [], fate: 'accepted' as const, objections: [] }
  expect(cluster({ ...evidence, repairs: [repair] }).clusters).toMatchObject([{ mass: 1 }])
  expect(cluster(evidence).clusters).toMatchObject([{ mass: 2 }])
})
