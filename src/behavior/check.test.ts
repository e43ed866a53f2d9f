import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Observation } from '../records/execution.ts'
import { type Check, TestOutcome } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { readLiteral } from '../syntax/constant.ts'
import { javascriptOperators } from '../syntax/javascript-operator.ts'
import { pythonOperators } from '../syntax/python-operator.ts'
import { pythonRepr } from '../syntax/python-text.ts'
import { isExpectedOutput, judgeCheck } from './check.ts'

const call: Check = { kind: 'call', index: 0 }
const constant = (value: Value): Check => ({ kind: 'value', value })
const apply = (operator: string, ...operands: Check[]): Check => ({ kind: 'apply', operator, operands })
const returned = (value: Value): Observation => ({ kind: 'returned', value })
const opaque: Value = { $: 'opaque', v: 'Everything' }

function compare(language: 'python' | 'javascript', operator: string, pair: { actual: Value; expected: Value }): TestOutcome {
  return judgeCheck(language, apply(operator, call, constant(pair.expected)), [returned(pair.actual)])
}

test.each([
  ['1', '==', '1.0', 'passed'],
  ['True', '==', '1', 'passed'],
  ['0.1 + 0.2', '==', '0.3', 'failed'],
  ['9007199254740993', '==', '9007199254740992.0', 'failed'],
  ['2 ** 80', '==', '2.0 ** 80', 'passed'],
  ['[1, 2]', '==', '(1, 2)', 'failed'],
  ['"a"', '==', 'b"a"', 'failed'],
  ['{1: "a", 2: "b"}', '==', '{2: "b", 1.0: "a"}', 'passed'],
  ['{1: "a"}', '==', '{1: "a", 2: "b"}', 'failed'],
  ['{3, 1, 2}', '==', '{1, 2, 3.0}', 'passed'],
  ['float("nan")', '==', 'float("nan")', 'failed'],
  ['[float("nan")]', '==', '[float("nan")]', 'failed'],
  ['-0.0', '==', '0', 'passed'],
  ['None', '==', 'False', 'failed'],
  ['None', 'is', 'None', 'passed'],
  ['1', 'is', 'True', 'failed'],
  ['[]', 'is', '[]', 'failed'],
  ['"a"', 'in', '"cab"', 'passed'],
  ['2', 'in', '(1, 2.0)', 'passed'],
  ['1', 'in', '3', 'error'],
  ['"a"', '<', '1', 'error'],
  ['[1, "a"]', '<', '[2, 3]', 'passed'],
  ['float("nan")', '>=', '1', 'failed'],
  ['"\\U0001F600"', '>', '"\\uFFFF"', 'passed'],
  ['2.5', 'matches', '2.50000001', 'passed'],
  ['2.5', 'matches', '2.51', 'failed'],
  ['3', 'matches', '3.0', 'passed'],
  ['(1, 2)', 'matches', '[1, 2]', 'failed'],
  ['[2.2, (1, 0.30000000000000004)]', 'matches', '[2.2, (1, 0.3)]', 'passed'],
  ['{"a": 0.30000000000000004}', 'matches', '{"a": 0.3}', 'passed'],
  ['[1.0, 2.0000001]', 'approx', '[1, 2]', 'passed'],
  ['3', 'frobnicate', '3', 'unsupported'],
] as const)('Python: %s %s %s is %s', (actual, operator, expected, outcome) => {
  expect(compare('python', operator, { actual: readLiteral('python', actual)!, expected: readLiteral('python', expected)! })).toBe(outcome)
})

test.each([
  ['1', '==', '"1"', 'passed'],
  ['1', '===', '"1"', 'failed'],
  ['null', '==', 'undefined', 'passed'],
  ['null', '===', 'undefined', 'failed'],
  ['null', '==', '0', 'failed'],
  ['[1]', '==', '1', 'passed'],
  ['[1, [2]]', '==', '"1,2"', 'passed'],
  ['[]', '==', '[]', 'failed'],
  ['[]', '===', '[]', 'failed'],
  ['NaN', '===', 'NaN', 'failed'],
  ['NaN', 'Object.is', 'NaN', 'passed'],
  ['-0', '===', '0', 'passed'],
  ['-0', 'Object.is', '0', 'failed'],
  ['12n', '==', '12', 'passed'],
  ['12n', '===', '12', 'failed'],
  ['[NaN]', 'deepEqual', '[NaN]', 'passed'],
  ['[1, "2"]', 'deepEqual', '["1", 2]', 'passed'],
  ['[1, "2"]', 'deepStrictEqual', '["1", 2]', 'failed'],
  ['[-0]', 'deepStrictEqual', '[0]', 'failed'],
  ['[-0]', 'deepEqual', '[0]', 'passed'],
  ['{ a: 1, b: [2] }', 'deepStrictEqual', '{ b: [2], a: 1 }', 'passed'],
  ['{ a: undefined }', 'deepStrictEqual', '{}', 'failed'],
  ['{ a: undefined }', 'toEqual', '{}', 'passed'],
  ['{ a: undefined }', 'toStrictEqual', '{}', 'failed'],
  ['[undefined]', 'toEqual', '[null]', 'failed'],
  ['new Set([1, [2]])', 'deepStrictEqual', 'new Set([[2], 1])', 'passed'],
  ['0.1 + 0.2', 'toBeCloseTo', '0.3', 'passed'],
  ['[1, 2]', 'toContain', '2', 'passed'],
  ['"abc"', 'toHaveLength', '3', 'passed'],
  ['"b"', '<', '"a"', 'failed'],
  ['"10"', '<', '9', 'failed'],
] as const)('JavaScript: %s %s %s is %s', (actual, operator, expected, outcome) => {
  expect(compare('javascript', operator, { actual: readLiteral('javascript', actual)!, expected: readLiteral('javascript', expected)! })).toBe(outcome)
})

test.each([
  ['[1, 2]', '(1, 2)', 'passed'],
  ['[[1], null]', '[(1,), None]', 'passed'],
  ['undefined', 'None', 'passed'],
  ['null', 'None', 'passed'],
  ['0', 'None', 'failed'],
  ['true', 'True', 'passed'],
  ['1', 'True', 'failed'],
  ['2', '2.0', 'passed'],
  ['0.30000000000000004', '0.3', 'passed'],
  ['{ 1: "a" }', '{1: "a"}', 'passed'],
  ['[2, 1]', '{1, 2}', 'passed'],
  ['[1, 1]', '{1, 2}', 'failed'],
  ['"[1, 2]"', '[1, 2]', 'failed'],
  ['5n', '5', 'passed'],
] as const)('a JavaScript answer %s meets the Python expectation %s: %s', (actual, expected, outcome) => {
  expect(compare('javascript', 'matches', { actual: readLiteral('javascript', actual)!, expected: readLiteral('python', expected)! })).toBe(outcome)
})

test.each(['python', 'javascript'] as const)('an opaque value equals nothing in %s, not even itself', (language) => {
  const equalities = ['==', 'matches', ...(language === 'python' ? ['is', 'approx'] : ['===', 'Object.is', 'deepEqual', 'deepStrictEqual', 'toEqual'])]
  const others: Value[] = [opaque, [opaque], 1, null, [], 'Everything']
  const equal = equalities.filter((operator) =>
    others.some(
      (expected) =>
        compare(language, operator, { actual: opaque, expected }) === 'passed' || compare(language, operator, { actual: [opaque], expected: [expected] }) === 'passed',
    ),
  )
  expect(equal).toEqual([])
})

test.each<[Observation, TestOutcome]>([
  [{ kind: 'raised', error: { type: 'ValueError', message: '' } }, 'error'],
  [{ kind: 'timed-out' }, 'timed-out'],
  [{ kind: 'out-of-memory' }, 'out-of-memory'],
  [{ kind: 'output-limit' }, 'output-limit'],
  [{ kind: 'unsupported' }, 'unsupported'],
  [{ kind: 'exited' }, 'error'],
  [{ kind: 'not-run' }, 'error'],
])('a call that did not return decides the outcome: %j', (observation, outcome) => {
  expect(judgeCheck('python', apply('==', call, constant(1)), [observation])).toBe(outcome)
  expect(judgeCheck('python', apply('unary not', apply('==', call, constant(1))), [observation])).toBe(outcome)
})

test('a call that was never observed is an error', () => {
  expect(judgeCheck('python', apply('==', call, constant(1)), [])).toBe('error')
})

test('the right side of and, or and ?: counts only when it is reached', () => {
  const raised: Observation = { kind: 'raised', error: { type: 'KeyError', message: '' } }
  const second: Check = { kind: 'call', index: 1 }
  expect(judgeCheck('python', apply('or', call, second), [returned(1), raised])).toBe('passed')
  expect(judgeCheck('python', apply('and', call, second), [returned(1), raised])).toBe('error')
  expect(judgeCheck('python', apply('and', call, second), [returned(0), raised])).toBe('failed')
  expect(judgeCheck('javascript', apply('??', call, second), [returned(null), returned(1)])).toBe('passed')
  expect(judgeCheck('javascript', apply('?:', call, constant(false), second), [returned([]), raised])).toBe('failed')
})

test.each([
  ['python', 'ValueError', 'ValueError', 'passed'],
  ['python', 'KeyError', 'LookupError', 'passed'],
  ['python', 'KeyError', 'ValueError', 'failed'],
  ['python', 'ValueError', 'Exception', 'passed'],
  ['python', 'FileNotFoundError', 'IOError', 'passed'],
  ['python', 'BadWidth', 'ValueError', 'unsupported'],
  ['javascript', 'RangeError', 'Error', 'passed'],
  ['javascript', 'TypeError', 'RangeError', 'failed'],
] as const)('%s: a raised %s counts as %s: %s', (language, type, expected, outcome) => {
  const check: Check = { kind: 'raises', index: 0, type: expected }
  expect(judgeCheck(language, check, [{ kind: 'raised', error: { type, message: '' } }])).toBe(outcome)
  expect(judgeCheck(language, check, [returned(null)])).toBe('failed')
})

test('the truth of an object that is no data is unknown in Python', () => {
  expect(judgeCheck('python', call, [returned(opaque)])).toBe('unsupported')
})

test('output is compared without the white space that nobody sees', () => {
  expect(isExpectedOutput('1 2 \n3\n\n', '1 2\n3')).toBe(true)
  expect(isExpectedOutput('1  2', '1 2')).toBe(false)
  expect(isExpectedOutput('\n1', '1')).toBe(false)
})

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.string({ unit: 'binary' }),
  fc.bigInt().map((n): Value => (Number.isSafeInteger(Number(n)) ? Number(n) : { $: 'int', v: String(n) })),
  fc.double({ noNaN: true }).map((n): Value => readLiteral('python', Number.isFinite(n) ? `float("${n}")` : n > 0 ? 'float("inf")' : 'float("-inf")')!),
  fc.uint8Array().map((bytes): Value => ({ $: 'bytes', v: Buffer.from(bytes).toString('base64') })),
)
const data = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 4 }).map((v): Value => ({ $: 'tuple', v })),
    fc.uniqueArray(fc.string(), { maxLength: 4 }).map((v): Value => ({ $: 'set', v })),
    fc.uniqueArray(fc.tuple(fc.string(), tie('value')), { maxLength: 4, selector: ([key]) => key }).map((v): Value => ({ $: 'map', v })),
  ),
})).value

test('what Python would print is read back as an equal value', () => {
  fc.assert(
    fc.property(data, (value) => {
      const read = readLiteral('python', pythonRepr(value))
      expect(read).toBeDefined()
      expect(compare('python', '==', { actual: value, expected: read! })).toBe('passed')
    }),
  )
})

test('equality is symmetric, and changing the order of a set or dict changes nothing', () => {
  const shuffled = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(shuffled)
    if (typeof value !== 'object' || value === null) return value
    if (value.$ === 'tuple') return { $: 'tuple', v: value.v.map(shuffled) }
    if (value.$ === 'set') return { $: 'set', v: value.v.toReversed() }
    return value.$ === 'map' ? { $: 'map', v: value.v.map(([key, item]): [Value, Value] => [key, shuffled(item)]).toReversed() } : value
  }
  fc.assert(
    fc.property(data, data, (left, right) => {
      for (const operator of ['==', 'matches']) {
        expect(compare('python', operator, { actual: left, expected: shuffled(left) })).toBe('passed')
        expect(compare('python', '==', { actual: left, expected: right })).toBe(compare('python', '==', { actual: right, expected: left }))
      }
    }),
  )
})

test('whatever a candidate answers, judging it gives an outcome and no crash', () => {
  const text = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('1', '-7', 'nan', 'inf', '1e400', 'x'))
  const forged = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Value>(null, true, 1, 1.5, -0, 1e300, 'a', '', { $: 'undefined' }),
      fc.record({ $: fc.constantFrom('int', 'float', 'bytes', 'opaque'), v: text }) as fc.Arbitrary<Value>,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.record({ $: fc.constantFrom('tuple', 'set'), v: fc.array(tie('value'), { maxLength: 3 }) }) as fc.Arbitrary<Value>,
      fc.record({ $: fc.constant('map'), v: fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }) }) as fc.Arbitrary<Value>,
    ),
  })).value
  const operators = { python: [...pythonOperators.keys(), 'matches', 'and', '?:'], javascript: [...javascriptOperators.keys(), 'matches', '??', '?:'] }
  fc.assert(
    fc.property(fc.constantFrom('python', 'javascript'), fc.nat(), forged, forged, (language, pick, left, right) => {
      const names = operators[language]
      const check: Check = apply(names[pick % names.length]!, call, { kind: 'call', index: 1 })
      expect(TestOutcome.options).toContain(judgeCheck(language, check, [returned(left), returned(right)]))
    }),
    { numRuns: 3000 },
  )
})

test('JSON is read back deeply and strictly equal in JavaScript', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const value = readLiteral('javascript', JSON.stringify(json))!
      expect(compare('javascript', 'deepStrictEqual', { actual: value, expected: readLiteral('javascript', JSON.stringify(json, undefined, 2))! })).toBe('passed')
    }),
  )
})
