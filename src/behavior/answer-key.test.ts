import { expect, test } from 'vitest'
import type { Observation } from '../records/execution.ts'
import type { Value } from '../records/value.ts'
import { answerKey } from './answer-key.ts'

const keyOf = (value: Value) => answerKey({ kind: 'returned', value })
const raised = (type: string, message: string): Observation => ({ kind: 'raised', error: { type, message } })

test.each<[string, Value, Value]>([
  ['a whole float and an integer', { $: 'float', v: '2.0' }, 2],
  ['sums in another order', { $: 'float', v: '0.30000000000000004' }, { $: 'float', v: '0.3' }],
  ['sets in another order', { $: 'set', v: [1, 2] }, { $: 'set', v: [2, 1] }],
  ['maps in another order', { $: 'map', v: [['a', 1], ['b', 2]] }, { $: 'map', v: [['b', 2], ['a', 1]] }],
])('%s are one answer', (_, one, other) => {
  expect(keyOf(one)).toBe(keyOf(other))
})

test.each<[string, Value, Value]>([
  ['a text and the number it spells', '1', 1],
  ['true and one', true, 1],
  ['nothing and undefined', null, { $: 'undefined' }],
  ['a tuple and a list', { $: 'tuple', v: [1] }, [1]],
  ['a list and a nested list', [1, [2]], [[1], 2]],
  ['a text with a comma and two texts', ['a,b'], ['a', 'b']],
  ['an empty set and an empty map', { $: 'set', v: [] }, { $: 'map', v: [] }],
])('%s are two answers', (_, one, other) => {
  expect(keyOf(one)).not.toBe(keyOf(other))
})

test('errors of one type are one answer, whatever they say', () => {
  expect(answerKey(raised('ValueError', 'a'))).toBe(answerKey(raised('ValueError', 'b')))
  expect(answerKey(raised('ValueError', 'a'))).not.toBe(answerKey(raised('TypeError', 'a')))
})

test.each<[string, Observation]>([
  ['a limit that was met', { kind: 'timed-out' }],
  ['a call that was never made', { kind: 'not-run' }],
  ['an object that is no plain data', { kind: 'returned', value: [{ $: 'opaque', v: 'Equal' }] }],
])('%s agrees with nothing', (_, observation) => {
  expect(answerKey(observation)).toBeUndefined()
})
