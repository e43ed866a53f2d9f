import { assert, asyncProperty, stringMatching, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import type { Language } from '../records/language.ts'
import { structural, structuralDimensions } from './structural.ts'

async function embed(language: Language, ...codes: string[]): Promise<number[][]> {
  const embedded = await structural.embed(codes.map((code) => ({ language, code })), { budget: aBudget() })
  if (embedded.kind === 'unavailable') throw new Error(embedded.reason)
  return embedded.vectors
}

const likeness = (a: number[] | undefined, b: number[] | undefined) => a!.reduce((sum, value, i) => sum + value * b![i]!, 0)

const python = (a: string, b: string, c: string) => `def longest(words, least=3):
    ${a} = None
    for ${b}, word in enumerate(words):
        if len(word) > least and ${b} % 2:
            ${a} = word.strip()
    with open('f') as ${c}:
        ${a} += ${c}.read()
    return [${c} for ${c} in (${a} or '') if ${c}]
`
const javascript = (a: string, b: string, c: string) => `function longest(words, least = 3) {
  let ${a} = null
  const { ${b}, length: ${c}, ...rest } = words
  for (const word of words) if (word.length > least) ${a} = word
  words.forEach((item) => { ${a} += item })
  return [${a}, ${b}, ${c}, rest]
}
`
const name = stringMatching(/^[a-z]{1,6}_?$/).map((text) => `${text}9`)
const names = uniqueArray(name, { minLength: 3, maxLength: 3 })

test('names of locals make no difference in Python', async () => {
  await assert(
    asyncProperty(names, async ([a, b, c]) => {
      const [one, other] = await embed('python', python('best', 'i', 'file'), python(a!, b!, c!))
      expect(other).toEqual(one)
    }),
    { numRuns: 40 },
  )
})

test('names of locals make no difference in JavaScript', async () => {
  await assert(
    asyncProperty(names, async ([a, , c]) => {
      // `b` is also the name of a property.
      const [one, other] = await embed('javascript', javascript('best', 'size', 'n'), javascript(a!, 'size', c!))
      expect(other).toEqual(one)
    }),
    { numRuns: 40 },
  )
})

test('comments, docstrings and formatting make no difference', async () => {
  const [one, other] = await embed('python', 'def f(a):\n    return g(a, "x")\n', '# Says f.\ndef f( a ):\n  """Doc."""\n\n  # now\n  return (g(\n    a,\n    \'x\'))\n')
  expect(other).toEqual(one)
  const [left, right] = await embed('javascript', "const f = (a) => { return g(a, 'x') }", '/** Says f. */\nconst f = (a) => {\n  // now\n  return (g(a, "x"));\n}\n')
  expect(right).toEqual(left)
})

test.each([
  ['another operator', 'def f(a):\n    return a + 1\n'],
  ['another name from outside', 'def f(a):\n    return h(a) - 1\n'],
  ['another text', 'def f(a):\n    return a - 1 + "y"\n'],
  ['another local in the same place', 'def f(a):\n    b = a\n    return b - 1\n'],
  ['another name of a parameter', 'def f(width):\n    return width - 1\n'],
])('%s makes a difference', async (_what, code) => {
  const [one, other] = await embed('python', 'def f(a):\n    return a - 1\n', code)
  expect(other).not.toEqual(one)
})

test('each vector has length 1 and all its dimensions, whatever the program', async () => {
  const vectors = await embed('python', 'def f(a): return a', 'x = = )', `x = ${'('.repeat(5000)}1${')'.repeat(5000)}`, 'é = "ü"', '@')
  for (const vector of vectors) {
    expect(vector).toHaveLength(structuralDimensions)
    expect(likeness(vector, vector)).toBeCloseTo(1, 9)
  }
})

test('what is written in other words is nearer than what does something else', async () => {
  const [sum, same, other] = await embed(
    'python',
    'def f(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total\n',
    'def f(xs):\n    s = 0\n    for value in xs:\n        s = s + value\n    return s\n',
    'def f(xs):\n    return sorted(xs, key=str.lower)[0]\n',
  )
  expect(likeness(sum, same)).toBeGreaterThan(0.99)
  expect(likeness(sum, same)).toBeGreaterThan(likeness(sum, other) + 0.3)
})

test('a program that is too large to be parsed is no vector', async () => {
  const embedded = await structural.embed([{ language: 'python', code: 'x = 1\n'.repeat(100_000) }], { budget: aBudget() })
  expect(embedded).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('too large') })
})

test('nothing gives nothing', async () => {
  expect(await embed('python')).toEqual([])
})
