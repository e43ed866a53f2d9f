import { expect, test } from 'vitest'
import { differences } from './differences.ts'

test('each place that differs is named, and what is the same is not', () => {
  const before = { a: 1, b: [1, { c: 'x' }], d: null, gone: true }
  const after = { a: 1, b: [1, { c: 'y' }, 2], d: {}, come: 0 }
  expect(differences(before, after)).toEqual([
    { path: 'b.1.c', before: 'x', after: 'y' },
    { path: 'b.2', after: 2 },
    { path: 'd', before: null, after: {} },
    { path: 'gone', before: true },
    { path: 'come', after: 0 },
  ])
  expect(differences(before, structuredClone(before))).toEqual([])
})

test('a list is not an object, and the names of a map may be anything', () => {
  expect(differences([], {})).toHaveLength(1)
  expect(differences(new Map([['__proto__', 1]]), new Map([['__proto__', 2]]))).toEqual([{ path: '__proto__', before: 1, after: 2 }])
})
