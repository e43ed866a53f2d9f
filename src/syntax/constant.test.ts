import { expect, test } from 'vitest'
import type { Value } from '../records/value.ts'
import { readLiteral } from './constant.ts'

const float = (v: string): Value => ({ $: 'float', v })
const tuple = (...v: Value[]): Value => ({ $: 'tuple', v })
const set = (...v: Value[]): Value => ({ $: 'set', v })
const map = (...v: [Value, Value][]): Value => ({ $: 'map', v })
const bytes = (text: string): Value => ({ $: 'bytes', v: Buffer.from(text, 'latin1').toString('base64') })

test.each<[string, Value | undefined]>([
  ['7', 7],
  ['-7', -7],
  ['1_000', 1000],
  ['0xff', 255],
  ['0b101', 5],
  ['9007199254740993', { $: 'int', v: '9007199254740993' }],
  ['1.50', float('1.5')],
  ['-0.0', float('-0.0')],
  ['1e3', float('1000.0')],
  ['1e16', float('1e+16')],
  ['0.0001', float('0.0001')],
  ['1e-5', float('1e-05')],
  ['None', null],
  ['True', true],
  [`'it''s'`, 'its'],
  [String.raw`"tab\t\x41\u00e9\101\q"`, 'tab\tAéA\\q'],
  [String.raw`r"\d+"`, String.raw`\d+`],
  ['"""two\nlines"""', 'two\nlines'],
  ['f"plain"', 'plain'],
  [String.raw`b"a\xff"`, bytes('a\u00ff')],
  ['[]', []],
  ['[1, [2], ]', [1, [2]]],
  ['()', tuple()],
  ['(1)', 1],
  ['(1,)', tuple(1)],
  ['("a", 2.0)', tuple('a', float('2.0'))],
  ['{}', map()],
  ['{"a": 1, "b": (2,)}', map(['a', 1], ['b', tuple(2)])],
  ['{1: "a", True: "b"}', map([1, 'b'])],
  ['{1, 2, 1}', set(1, 2)],
  ['set()', set()],
  ['[\n  1,  # one\n  2,\n]', [1, 2]],
  ['10 ** 6', 1_000_000],
  ['2 ** 70', { $: 'int', v: '1180591620717411303424' }],
  ['-2 ** 2', -4],
  ['2 ** -1', float('0.5')],
  ['1 / 4', float('0.25')],
  ['-7 // 2', -4],
  ['-7 % 3', 2],
  ['"ab" * 3 + "c"', 'abababc'],
  ['[0] * 3', [0, 0, 0]],
  ['float("-inf")', float('-inf')],
  ['float("nan")', float('nan')],
  ['list(range(2, 8, 3))', [2, 5]],
  ['sorted([3, 1, 2], reverse=True)', [3, 2, 1]],
  ['round(2.5)', 2],
  ['round(2.675, 2)', float('2.67')],
  ['dict(a=1)', map(['a', 1])],
  ['",".join(["a", "b"])', 'a,b'],
  ['5j', undefined],
  ['1 2', undefined],
  ['[1, 2', undefined],
  ['"open', undefined],
  ['f"{x}"', undefined],
  ['x', undefined],
  ['print(1)', undefined],
  ['[x for x in range(3)]', undefined],
  ['{[1]: 2}', undefined],
  ['1 / 0', undefined],
  ['"a" * 10 ** 9', undefined],
  ['10 ** 10 ** 10', undefined],
  ['', undefined],
])('the Python literal %s', (text, value) => {
  expect(readLiteral('python', text)).toEqual(value)
})

test.each<[string, Value | undefined]>([
  ['1.0', 1],
  ['1e21', 1e21],
  ['-0', float('-0')],
  ['NaN', float('NaN')],
  ['-Infinity', float('-Infinity')],
  ['12n', { $: 'int', v: '12' }],
  ['null', null],
  ['undefined', { $: 'undefined' }],
  ['true', true],
  [String.raw`'it\'s \u{1F600}\x41'`, "it's 😀A"],
  ['`two\nlines`', 'two\nlines'],
  ['[1, "a",]', [1, 'a']],
  ["{ a: 1, 'b c': [2], 3: null, ['d']: 4 }", map(['a', 1], ['b c', [2]], ['3', null], ['d', 4])],
  ['new Set([1, 2, 1])', set(1, 2)],
  ["new Map([['a', 1]])", map(['a', 1])],
  ['[1, // one\n 2 /* two */]', [1, 2]],
  ['2 ** 10 - 1', 1023],
  ["'ab'.repeat(2)", 'abab'],
  ['1 + "a"', '1a'],
  ['`a${1}`', undefined],
  ['(1, 2)', undefined],
  ['[, 1]', undefined],
  ['None', undefined],
  ['"a".repeat(1e9)', undefined],
])('the JavaScript literal %s', (text, value) => {
  expect(readLiteral('javascript', text)).toEqual(value)
})

test('a hundred thousand brackets are no literal and no crash', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  expect(readLiteral('python', deep)).toBeUndefined()
  expect(readLiteral('javascript', `f(${deep})`)).toBeUndefined()
})
