import { expect, test } from 'vitest'
import { admits, isAnchored } from './pattern.ts'

test.each([
  ['^[a-z]+$', 'match', true],
  ['[a-z]+', 'fullmatch', true],
  ['[a-z]+$', 'match', true],
  ['[a-z]+$', 'search', false],
  ['^[a-z]+', 'search', false],
] as const)('%j with %s says something of the whole text: %s', (pattern, method, expected) => {
  expect(isAnchored(pattern, method)).toBe(expected)
})

test.each([
  [String.raw`^[\w-]+$`, ''],
  [String.raw`^[\w.]+/\d+$`, './'],
  ['^.*$', undefined],
  ['^[^a]+$', undefined],
  [String.raw`^\S+$`, undefined],
] as const)('%j admits %j', (pattern, expected) => {
  expect(admits(pattern)).toBe(expected)
})
