import { expect, test } from 'vitest'
import { differences, empty, get, merge, type Persistent, set } from './persistent.ts'

const from = (entries: [number, string][]): Persistent<string> =>
  entries.reduce<Persistent<string>>((array, [i, value]) => set(array, i, value), empty)

test('a changed version leaves the old one as it was', () => {
  const before = from([[3, 'a']])
  const after = set(before, 3, 'b')
  expect([get(before, 3), get(after, 3), get(after, 40)]).toEqual(['a', 'b', undefined])
})

test('rows that neither version changed are shared', () => {
  const base = from([
    [1, 'a'],
    [100, 'b'],
  ])
  const merged = merge(set(base, 1, 'x'), set(base, 1, 'y'), (a, b) => `${a}${b}`)
  expect(get(merged, 1)).toBe('xy')
  expect(merged[100 >> 4]).toBe(base[100 >> 4])
})

test('differences are found wherever they are', () => {
  const base = from([[5, 'a']])
  expect(differences(base, set(set(base, 5, 'b'), 77, 'c'))).toEqual([5, 77])
  expect(differences(base, base)).toEqual([])
})
