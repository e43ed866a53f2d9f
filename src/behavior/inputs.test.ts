import { expect, test } from 'vitest'
import { GeneratedInput } from '../records/input.ts'
import type { Parameter } from '../records/signature.ts'
import type { Call } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { declaredDomain } from './declared-domain.ts'
import { kindOf } from './domain.ts'
import { generateInputs } from './inputs.ts'

const call = (...values: Value[]): Call => ({ steps: [{ name: 'f', arguments: values }] })
const values = (inputs: GeneratedInput[], reach?: string): Value[][] =>
  inputs.filter((input) => reach === undefined || input.reach === reach).map((input) => input.call.steps[0]!.arguments!)
const python = (...examples: Call[]) => generateInputs({ language: 'python', examples }, { seed: 7 })
const parameter = (name: string, more: Partial<Parameter> = {}): Parameter => ({ name, optional: false, special: false, ...more })

test('the same seed gives the same inputs, another seed others', () => {
  const ground = { language: 'python', examples: [call([3, 1, 2], 'abc'), call([], 'x')] } as const
  expect(generateInputs(ground, { seed: 1 })).toEqual(generateInputs(ground, { seed: 1 }))
  expect(generateInputs(ground, { seed: 1 })).not.toEqual(generateInputs(ground, { seed: 2 }))
})

test('inputs are plain, different from each other and from the examples, and those inside come first', () => {
  const examples = [call([3, 1, 2], 'abc'), call([5], 'Hello you')]
  const inputs = python(...examples)
  expect(inputs).toHaveLength(40)
  for (const input of inputs) expect(GeneratedInput.parse(input)).toEqual(input)
  expect(new Set([...inputs.map((input) => input.call), ...examples].map((it) => JSON.stringify(it))).size).toBe(42)
  expect(inputs.map((input) => input.reach)).toEqual([...Array.from({ length: 30 }, () => 'inside'), ...Array.from({ length: 10 }, () => 'edge')])
})

test.each<[string, Value[], (value: Value) => boolean]>([
  ['positive integers stay positive integers', [3, 12], (value) => Number.isInteger(value) && Number(value) > 0],
  ['text keeps the form of a date', ['03-11-2000', '12-31-1999'], (value) => typeof value === 'string' && value !== ''],
  ['an alphabet stays an alphabet', ['(())', '()'], (value) => typeof value === 'string' && /^[()]+$/.test(value)],
  ['a list that is never empty never is', [[1, 2], [3]], (value) => Array.isArray(value) && value.length > 0 && value.every((item) => Number.isInteger(item))],
  ['sorted lists stay sorted', [[1, 2, 5], [2, 3, 9], [4, 6, 7]], (value) => Array.isArray(value) && value.every((item, i) => i === 0 || Number(value[i - 1]) <= Number(item))],
  ['lists of one length keep it', [[1, 2, 3], [4, 5, 6]], (value) => Array.isArray(value) && value.length === 3],
  ['tuples of unlike items keep their places', [{ $: 'tuple', v: ['a', 1] }, { $: 'tuple', v: ['b', 2] }], (value) => kindOf(value) === 'tuple2'],
])('inside, %s', (_promise, examples, holds) => {
  const inside = values(python(...examples.map((example) => call(example))), 'inside').map(([value]) => value!)
  expect(inside.length).toBeGreaterThan(5)
  expect(inside.filter((value) => !holds(value))).toEqual([])
})

test('dates change digit by digit in half of the inputs', () => {
  const inside = values(python(call('03-11-2000'), call('12-31-1999')), 'inside')
  expect(inside.filter(([value]) => typeof value === 'string' && /^\d\d-\d\d-\d{4}$/.test(value)).length).toBeGreaterThan(8)
})

test('what holds between arguments in every example holds inside', () => {
  const inside = values(python(call([4, 2, 9], 2), call([1], 1), call([5, 5, 5, 5], 3)), 'inside')
  expect(inside.filter(([list, k]) => Number(k) > (list as Value[]).length)).toEqual([])
  const pairs = values(python(call([1, 2], [3, 4]), call([1], [9]), call([1, 2, 3], [0, 0, 1])), 'inside')
  expect(pairs.filter(([a, b]) => (a as Value[]).length !== (b as Value[]).length)).toEqual([])
})

test('the edge has what examples do not show: empty, negative, long, repeated, unicode', () => {
  const ground = { language: 'python', examples: [call([3, 1], 5, 'abc')] } as const
  const edge = values(generateInputs(ground, { seed: 3, count: 200 }), 'edge')
  expect(edge.some(([list]) => (list as Value[]).length === 0)).toBe(true)
  expect(edge.some(([list]) => (list as Value[]).length >= 20)).toBe(true)
  expect(edge.some(([, number]) => Number(number) < 0)).toBe(true)
  expect(edge.some(([, , text]) => text === '')).toBe(true)
  expect(edge.some(([, , text]) => typeof text === 'string' && /\P{ASCII}/u.test(text))).toBe(true)
  expect(JSON.stringify(edge).length).toBeLessThan(100_000)
})

test('fractions are floats in Python and numbers in JavaScript', () => {
  const float: Value = { $: 'float', v: '2.5' }
  expect(values(python(call(float)))).toSatisfy((all: Value[][]) => all.every(([value]) => kindOf(value!) === 'float' && typeof value === 'object'))
  const numbers = values(generateInputs({ language: 'javascript', examples: [call(2.5)] }, { seed: 1 }))
  expect(numbers.filter(([value]) => typeof value !== 'number')).toEqual([])
})

test('steps and keywords of a class are varied where they stand', () => {
  const example: Call = { steps: [{ name: 'Stack', arguments: [3] }, { name: 'push', arguments: [], keywords: { item: 'ab' } }, { name: 'size' }] }
  const inputs = generateInputs({ language: 'python', examples: [example] }, { seed: 1, count: 10 })
  expect(inputs.length).toBe(10)
  for (const { call: made } of inputs) {
    expect(made.steps.map((step) => step.name)).toEqual(['Stack', 'push', 'size'])
    expect(Object.keys(made.steps[1]!.keywords!)).toEqual(['item'])
  }
})

test.each<[string, Parameter, string]>([
  ['python', parameter('a', { annotation: 'List[List[int]]' }), 'list'],
  ['python', parameter('a', { annotation: 'Tuple[str, int]' }), 'tuple2'],
  ['python', parameter('a', { annotation: 'dict[str, list[float]]' }), 'map'],
  ['python', parameter('a', { annotation: 'typing.Optional[str]' }), 'text fixed'],
  ['python', parameter('a', { annotation: 'int | str' }), 'integer text'],
  ['typescript', parameter('a', { annotation: 'readonly string[][]' }), 'list'],
  ['typescript', parameter('a', { annotation: 'Array<Record<string, number>>' }), 'list'],
  ['typescript', parameter('a', { annotation: "'left' | 'right'" }), 'text'],
  ['typescript', parameter('a', { annotation: '[number, string]' }), 'tuple2'],
  ['typescript', parameter('a', { annotation: '(value: number) => boolean' }), 'integer'],
  ['python', parameter('a', { default: 'x' }), 'text'],
  ['python', parameter('is_open'), 'truth'],
  ['javascript', parameter('numbers'), 'list'],
  ['javascript', parameter('word'), 'text'],
  ['javascript', parameter('n'), 'integer'],
])('without examples, %s %j takes %s', (language, declared, kinds) => {
  const signature = { name: 'f', kind: 'function', parameters: [declared] } as const
  const made = generateInputs({ language: language as 'python', examples: [], signature: { ...signature, parameters: [declared] } }, { seed: 5, count: 12, edgeShare: 0 })
  expect(made.length).toBeGreaterThan(0)
  const seen = new Set(values(made).map(([value]) => kindOf(value!)))
  expect([...seen].filter((kind) => !kinds.split(' ').includes(kind))).toEqual([])
  expect(declaredDomain(language as 'python', declared)).toBeDefined()
})

test('with neither examples nor a declaration there are no inputs', () => {
  expect(generateInputs({ language: 'python', examples: [] }, { seed: 1 })).toEqual([])
})

test('a function without parameters gives no endless search', () => {
  expect(generateInputs({ language: 'python', examples: [call()] }, { seed: 1 })).toEqual([])
})
