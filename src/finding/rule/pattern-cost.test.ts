import { expect, test } from 'vitest'
import { backtracks } from './pattern-cost.ts'

test.each([
  String.raw`^(a+)+$`,
  String.raw`(\w*)*x`,
  String.raw`^([a-zA-Z]+)*$`,
  String.raw`(a|a)*b`,
  String.raw`(\w|\d)+$`,
  String.raw`((ab)*)*`,
  String.raw`(.*)*y`,
])('%j backtracks', (pattern) => {
  expect(backtracks(pattern)).toBe(true)
})

test.each([
  String.raw`^a+$`,
  String.raw`(\w+,)*`,
  String.raw`^[\w.]+@[\w.]+$`,
  String.raw`(a|b)*`,
  String.raw`(?:foo|bar)+`,
  String.raw`\d{3}(-\d{4})?`,
  '(',
  '[a',
])('%j does not', (pattern) => {
  expect(backtracks(pattern)).toBe(false)
})
