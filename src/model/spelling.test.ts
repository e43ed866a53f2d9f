import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { behindBorder, spell, type WireToken } from './spelling.ts'

const texts = (...tokens: string[]): WireToken[] => tokens.map((text, index) => ({ text, logProbability: -index - 1 }))
const shown = (wire: WireToken[], text: string) => {
  const spelled = spell(wire, text)
  return spelled.kind === 'spelled' ? spelled.tokens.map(({ token, offset }) => [token, offset]) : spelled.reason
}

test('tokens that spell the text keep their places', () => {
  expect(shown(texts('def', ' f', '(x)'), 'def f(x)')).toEqual([
    ['def', 0],
    [' f', 3],
    ['(x)', 5],
  ])
})

test('what the text does not show is left out: a start token, an end token, a stop sequence', () => {
  expect(shown([{ text: '<s>', logProbability: null }, ...texts('a', 'b', '</s>')], 'ab')).toEqual([
    ['a', 0],
    ['b', 1],
  ])
  expect(shown(texts('a', ' b\n\n', '```'), 'a b')).toEqual([
    ['a', 0],
    [' b', 1],
  ])
})

test('a space before the first word that the text does not have', () => {
  expect(shown(texts(' def', ' f'), 'def f')).toEqual([
    ['def', 0],
    [' f', 3],
  ])
})

test('a character split over tokens belongs to the first, by bytes, by escapes and by replacement characters', () => {
  const expected = [
    ['a', 0],
    ['\u{1F600}', 1],
    ['', 1],
    ['b', 3],
  ]
  expect(
    shown(
      [
        { text: 'a', bytes: [97], logProbability: -1 },
        { text: '\uFFFD', bytes: [0xf0, 0x9f], logProbability: -1 },
        { text: '\uFFFD', bytes: [0x98, 0x80], logProbability: -1 },
        { text: 'b', bytes: [98], logProbability: -1 },
      ],
      'a\u{1F600}b',
    ),
  ).toEqual(expected)
  expect(shown(texts('a', 'bytes:\\xf0\\x9f', 'bytes:\\x98\\x80', 'b'), 'a\u{1F600}b')).toEqual(expected)
  expect(shown(texts('a', '\uFFFD', '\uFFFD', 'b'), 'a\u{1F600}b')).toEqual([
    ['a', 0],
    ['', 1],
    ['\u{1F600}', 1],
    ['b', 3],
  ])
})

test.for<[string, WireToken[], string]>([
  ['tokens of another text', texts('x', 'y'), 'ab'],
  ['tokens of the generated part only', texts('c'), 'abc'],
  ['tokens that end early', texts('a'), 'ab'],
  ['no tokens', [], 'a'],
])('%s are rejected', ([, wire, text]) => {
  expect(shown(wire, text)).toContain('do not spell')
})

test.for([NaN, 0.5, Infinity, -Infinity])('%s is no log-probability', (logProbability) => {
  expect(shown([{ text: 'a', logProbability }], 'a')).toContain('is no log-probability')
})

test('a hair above zero is zero', () => {
  expect(spell([{ text: 'a', logProbability: 1e-9 }], 'a')).toMatchObject({ tokens: [{ logProbability: 0 }] })
})

test('whatever the text and wherever its bytes are cut, the tokens spell it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\u{E9}', '\u{20AC}', '\u{1F600}'), minLength: 1 }),
      fc.array(fc.nat(40)),
      (raw, cuts) => {
        const text = raw.toWellFormed()
        const bytes = [...Buffer.from(text)]
        const edges = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b)
        const wire = edges.slice(1).map((edge, index) => ({ text: '?', bytes: bytes.slice(edges[index], edge), logProbability: -1 }))
        const spelled = spell(wire, text)
        expect(spelled.kind === 'spelled' && spelled.tokens.map(({ token }) => token).join('')).toBe(text)
        expect(spelled.kind === 'spelled' && spelled.tokens).toHaveLength(wire.length)
      },
    ),
  )
})

test('a token across the border counts to the side where its first character lies', () => {
  const spelled = spell(texts('a', 'bc', 'd'), 'abcd')
  expect(spelled.kind === 'spelled' && behindBorder(spelled.tokens, 1).map(({ token, offset }) => [token, offset])).toEqual([
    ['bc', 0],
    ['d', 2],
  ])
  expect(spelled.kind === 'spelled' && behindBorder(spelled.tokens, 2).map(({ token, offset }) => [token, offset])).toEqual([['d', 1]])
})
