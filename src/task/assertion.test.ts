import { beforeAll, expect, test } from 'vitest'
import type { Language } from '../records/language.ts'
import type { Call, Check } from '../records/test.ts'
import { Test } from '../records/test.ts'
import { loadSyntax } from '../syntax/tree.ts'
import { readAssertion } from './assertion.ts'

beforeAll(() => loadSyntax())

const names = new Set(['area', 'Stack'])
const read = (language: Language, text: string) => readAssertion({ language, names }, text, 'user')
const area = (...values: Call['steps'][0]['arguments'] & {}): Call => ({ steps: [{ name: 'area', arguments: values }] })
const call: Check = { kind: 'call', index: 0 }
const value = (it: Check & { kind: 'value' } extends { value: infer V } ? V : never): Check => ({ kind: 'value', value: it })
const apply = (operator: string, ...operands: Check[]): Check => ({ kind: 'apply', operator, operands })

test.each<[string, Call[], Check]>([
  ['assert area(2, 3) == 6', [area(2, 3)], apply('==', call, value(6))],
  ['assert 6 == area(2, 3), "six"', [area(2, 3)], apply('==', value(6), call)],
  ['assert area(2, h=3) == 6', [{ steps: [{ name: 'area', arguments: [2], keywords: { h: 3 } }] }], apply('==', call, value(6))],
  ['assert area(1)', [area(1)], call],
  ['assert not area(1)', [area(1)], apply('unary not', call)],
  ['assert (area(1) is None)  # nothing', [area(1)], apply('is', call, value(null))],
  ['assert area(1) not in [1, 2]', [area(1)], apply('not in', call, value([1, 2]))],
  ['assert abs(area(1) - 2.5) < 1e-6', [area(1)], apply('<', apply('abs', apply('-', call, value({ $: 'float', v: '2.5' }))), value({ $: 'float', v: '1e-06' }))],
  ['assert sorted(area("ab" * 2)) == [1]', [area('abab')], apply('==', apply('sorted', call), value([1]))],
  ['assert isinstance(area(1), (int, float))', [area(1)], apply('isinstance', call, value({ $: 'tuple', v: ['int', 'float'] }))],
  ['assert area(1) == pytest.approx(2)', [area(1)], apply('approx', call, value(2))],
  ['assert [area(1), area(2)] == [1, 2]', [area(1), area(2)], apply('==', apply('list display', call, { kind: 'call', index: 1 }), value([1, 2]))],
  ['assert area(1) == 1 and area(2) == 2', [area(1), area(2)], apply('and', apply('==', call, value(1)), apply('==', { kind: 'call', index: 1 }, value(2)))],
  ['assert 1 < area(1) < 3', [area(1)], apply('and', apply('<', value(1), call), apply('<', call, value(3)))],
  ['assert Stack(3).push(1).size == 1', [{ steps: [{ name: 'Stack', arguments: [3] }, { name: 'push', arguments: [1] }, { name: 'size' }] }], apply('==', call, value(1))],
  ['assert solution.area(1) == 1', [area(1)], apply('==', call, value(1))],
  ['assert area(1).strip() == ""', [{ steps: [{ name: 'area', arguments: [1] }, { name: 'strip', arguments: [] }] }], apply('==', call, value(''))],
  ['area(1) == 2', [area(1)], apply('==', call, value(2))],
  ['self.assertEqual(area(1), 2)', [area(1)], apply('==', call, value(2))],
  ['self.assertRaises(ValueError, area, -1)', [area(-1)], { kind: 'raises', index: 0, type: 'ValueError' }],
  ['with pytest.raises(ValueError):\n    area(-1)', [area(-1)], { kind: 'raises', index: 0, type: 'ValueError' }],
  ['assert area(1) == 2\nimport torch\n"""', [area(1)], apply('==', call, value(2))],
])('Python: %s', (text, calls, check) => {
  const found = read('python', text)
  expect(found).toMatchObject({ kind: 'test', test: { kind: 'call', source: 'user', calls, check } })
  if (found.kind === 'test') expect(Test.parse(found.test)).toEqual(found.test)
})

test.each<[string, Call[], Check]>([
  ['assert.equal(area(2, 3), 6)', [area(2, 3)], apply('==', call, value(6))],
  ['assert.strictEqual(area(2), 6, "six");', [area(2)], apply('Object.is', call, value(6))],
  ['assert.deepStrictEqual(area({ a: [1] }), [6])', [area({ $: 'map', v: [['a', [1]]] })], apply('deepStrictEqual', call, value([6]))],
  ['assert.notDeepEqual(area(2), [6])', [area(2)], apply('unary !', apply('deepEqual', call, value([6])))],
  ['assert(area(2) === 6)', [area(2)], apply('===', call, value(6))],
  ['console.assert(area(2) === 6, "no")', [area(2)], apply('===', call, value(6))],
  ['expect(area(2)).toBe(6)', [area(2)], apply('Object.is', call, value(6))],
  ['expect(area(2))\n  .not.toEqual([6])', [area(2)], apply('unary !', apply('toEqual', call, value([6])))],
  ['expect(await area(2)).toBeCloseTo(0.3, 5)', [area(2)], apply('toBeCloseTo', call, value(0.3), value(5))],
  ['expect(area()).toBeUndefined()', [area()], apply('===', call, value({ $: 'undefined' }))],
  ['expect(() => area(-1)).toThrow(RangeError)', [area(-1)], { kind: 'raises', index: 0, type: 'RangeError' }],
  ['assert.throws(() => { area(-1) })', [area(-1)], { kind: 'raises', index: 0 }],
  ['expect(area(2)).to.deep.equal([6])', [area(2)], apply('deepStrictEqual', call, value([6]))],
  ['expect(area(2)).to.be.true', [area(2)], apply('===', call, value(true))],
  ['expect(new Stack(3).size).toBe(0)', [{ steps: [{ name: 'Stack', arguments: [3] }, { name: 'size' }] }], apply('Object.is', call, value(0))],
  ['console.assert(JSON.stringify(area(1)) === "[1]")', [area(1)], apply('===', apply('JSON.stringify', call), value('[1]'))],
  ['Math.abs(area(1) - 2) < 1e-6', [area(1)], apply('<', apply('Math.abs', apply('-', call, value(2))), value(1e-6))],
])('JavaScript: %s', (text, calls, check) => {
  expect(read('javascript', text)).toMatchObject({ kind: 'test', test: { kind: 'call', calls, check } })
})

test.each<[Language, string, string]>([
  ['python', 'assert area(area(1)) == 1', 'assert area(area(1)) == 1'],
  ['python', 'assert all(area(n) > 0 for n in range(5))', 'assert all(area(n) > 0 for n in range(5))'],
  ['python', 'assert area(lambda x: x + 1) == 2\nimport torch', 'assert area(lambda x: x + 1) == 2'],
  ['python', 's = Stack()\ns.push(1)\nassert s.pop() == 1', 's = Stack()\ns.push(1)\nassert s.pop() == 1'],
  ['javascript', 'assert.deepEqual([1, 2].map((x) => area(x)), [1, 2])', 'assert.deepEqual([1, 2].map((x) => area(x)), [1, 2])'],
])('%s needs the process of the candidate: %s', (language, text, code) => {
  expect(read(language, text)).toMatchObject({ kind: 'test', test: { kind: 'in-process', code } })
})

test.each([
  ['assert ____ == area(1)', 'unknown-name'],
  ['assert area(width, 3) == 6', 'unknown-name'],
  ['assert 1 == 1', 'no-call'],
  ['assert areas(1) == 1', 'no-call'],
  ['assert area([1, 2', 'incomplete'],
  ['assert ', 'incomplete'],
  ['', 'incomplete'],
])('an assert that says nothing is not a test: %s', (text, reason) => {
  expect(read('python', text)).toMatchObject({ kind: 'unreadable', reason })
})

test.each(['assert.constructor(area(1), 2)', 'expect(area(1)).__proto__()', 'expect(area(1)).toString(2)', 'expect(area(1)).hasOwnProperty'])('%s is no assertion', (text) => {
  expect(read('javascript', text)).not.toMatchObject({ test: { kind: 'call' } })
})

test('an assert of fifty thousand brackets is not a test and no crash', () => {
  expect(read('python', `assert area(${'('.repeat(50_000)}`)).toMatchObject({ kind: 'unreadable', reason: 'incomplete' })
})
