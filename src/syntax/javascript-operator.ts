import type { Value } from '../records/value.ts'
import { type Equality, javascriptEquals, javascriptJson, javascriptTruth, type Primitive, primitiveOf } from './javascript-value.ts'
import { fromNumber } from './number.ts'
import { maximumSize, OperationFailed } from './operation-failed.ts'
import { isTagged } from './python-value.ts'

const absent: Value = { $: 'undefined' }
const equalities: Equality[] = ['==', '===', 'Object.is', 'deepEqual', 'deepStrictEqual', 'toEqual', 'toStrictEqual']

function wrap(value: Primitive): Value {
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value === 'bigint') return { $: 'int', v: value.toString() }
  return value === undefined ? absent : value
}

function number(value: Value = absent): number {
  const primitive = primitiveOf(value)
  if (typeof primitive === 'bigint') throw new OperationFailed('TypeError')
  return Number(primitive)
}

function arithmetic(onNumbers: (a: number, b: number) => number, onBigints?: (a: bigint, b: bigint) => bigint): (a: Value, b: Value) => Value {
  return (left, right) => {
    const [a, b] = [primitiveOf(left), primitiveOf(right)]
    if (typeof a !== 'bigint' && typeof b !== 'bigint') return fromNumber(onNumbers(Number(a), Number(b)))
    if (typeof a !== typeof b) throw new OperationFailed('TypeError')
    if (onBigints === undefined) throw new OperationFailed()
    return wrap(onBigints(a as bigint, b as bigint))
  }
}

function negated(value: Primitive): Value {
  return typeof value === 'bigint' ? wrap(-value) : fromNumber(-Number(value))
}

function bigint(value: Primitive): Value {
  if (typeof value === 'bigint') return wrap(value)
  return Number.isInteger(value) ? wrap(BigInt(Number(value))) : unknown()
}

function add(left: Value, right: Value): Value {
  const [a, b] = [primitiveOf(left), primitiveOf(right)]
  if (typeof a === 'string' || typeof b === 'string') return String(a) + String(b)
  return addNumbers(left, right)
}

const addNumbers = arithmetic((a, b) => a + b, (a, b) => a + b)

function compare(accept: (a: number | string | bigint, b: number | string | bigint) => boolean): (a: Value, b: Value) => Value {
  return (left, right) => {
    const [a, b] = [primitiveOf(left), primitiveOf(right)]
    if (typeof a === 'string' && typeof b === 'string') return accept(a, b)
    return accept(typeof a === 'bigint' ? a : Number(a), typeof b === 'bigint' ? b : Number(b))
  }
}

function typeName(value: Value): Value {
  if (isTagged(value, 'opaque')) throw new OperationFailed()
  const primitive = value === null || Array.isArray(value) || isTagged(value, 'map') || isTagged(value, 'set') ? null : primitiveOf(value)
  return primitive === null ? 'object' : typeof primitive
}

function property(object: Value, key: Value): Value {
  if (object === null || isTagged(object, 'undefined')) throw new OperationFailed('TypeError')
  if (Array.isArray(object) || typeof object === 'string') return object[number(key)] ?? absent
  if (!isTagged(object, 'map')) throw new OperationFailed()
  return object.v.find(([other]) => String(primitiveOf(other)) === String(primitiveOf(key)))?.[1] ?? absent
}

function items(value: Value = []): Value[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return Array.from(value)
  if (isTagged(value, 'set')) return value.v
  if (isTagged(value, 'map')) return value.v.map((entry) => [...entry])
  throw new OperationFailed()
}

function contains(container: Value, item: Value): boolean {
  if (typeof container === 'string') return container.includes(String(primitiveOf(item)))
  return items(container).some((other) => javascriptEquals('===', other, item))
}

function repeat(text: Value, times: Value): Value {
  if (typeof text !== 'string' || number(times) < 0 || text.length * number(times) > maximumSize) throw new OperationFailed()
  return text.repeat(number(times))
}

function closeTo(actual: Value, expected: Value, digits: Value = 2): boolean {
  return Math.abs(number(actual) - number(expected)) < 10 ** -number(digits) / 2 || Object.is(number(actual), number(expected))
}

function instance(value: Value, type: Value): boolean {
  if (type === 'Array') return Array.isArray(value)
  if (type === 'Set') return isTagged(value, 'set')
  if (type === 'Object') return Array.isArray(value) || isTagged(value, 'set') || isTagged(value, 'map')
  return unknown()
}

function unknown(): never {
  throw new OperationFailed()
}

const unaryMath = ['abs', 'floor', 'ceil', 'round', 'trunc', 'sqrt', 'sign'] as const

/** JavaScript's operators, pure builtins and the comparisons of its test libraries, on plain data. */
export const javascriptOperators: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...equalities.map((equality): [string, unknown] => [equality, (left: Value, right: Value) => javascriptEquals(equality, left, right)]),
  ['!=', (left: Value, right: Value) => !javascriptEquals('==', left, right)],
  ['!==', (left: Value, right: Value) => !javascriptEquals('===', left, right)],
  ['<', compare((a, b) => a < b)],
  ['<=', compare((a, b) => a <= b)],
  ['>', compare((a, b) => a > b)],
  ['>=', compare((a, b) => a >= b)],
  ['+', add],
  ['-', arithmetic((a, b) => a - b, (a, b) => a - b)],
  ['*', arithmetic((a, b) => a * b, (a, b) => (a.toString(16).length + b.toString(16).length > maximumSize / 4 ? unknown() : a * b))],
  ['/', arithmetic((a, b) => a / b)],
  ['%', arithmetic((a, b) => a % b)],
  ['**', arithmetic((a, b) => a ** b, (a, b) => (b < 0n || BigInt(a.toString(16).length) * b > BigInt(maximumSize / 4) ? unknown() : a ** b))],
  ['&', arithmetic((a, b) => a & b, (a, b) => a & b)],
  ['|', arithmetic((a, b) => a | b, (a, b) => a | b)],
  ['^', arithmetic((a, b) => a ^ b, (a, b) => a ^ b)],
  ['<<', arithmetic((a, b) => a << b)],
  ['>>', arithmetic((a, b) => a >> b)],
  ['>>>', arithmetic((a, b) => a >>> b)],
  ['unary -', (value: Value) => negated(primitiveOf(value))],
  ['unary +', (value: Value) => fromNumber(number(value))],
  ['unary ~', (value: Value) => ~number(value)],
  ['unary !', (value: Value) => !javascriptTruth(value)],
  ['unary typeof', typeName],
  ['unary void', () => absent],
  ['in', (key: Value, object: Value) => isTagged(object, 'map') && object.v.some(([other]) => String(primitiveOf(other)) === String(primitiveOf(key)))],
  ['instanceof', instance],
  ['[]', property],
  ['bool', (value: Value = absent) => javascriptTruth(value)],
  ['Boolean', (value: Value = absent) => javascriptTruth(value)],
  ['Number', (value: Value = 0) => fromNumber(Number(primitiveOf(value)))],
  ['String', (value: Value = '') => String(primitiveOf(value))],
  ['BigInt', (value: Value) => bigint(primitiveOf(value))],
  ['isNaN', (value: Value) => Number.isNaN(number(value))],
  ['Number.isNaN', (value: Value) => Number.isNaN(primitiveOf(value))],
  ['Number.isInteger', (value: Value) => Number.isInteger(primitiveOf(value))],
  ['Number.isFinite', (value: Value) => Number.isFinite(primitiveOf(value))],
  ['Array.isArray', (value: Value) => (isTagged(value, 'opaque') ? unknown() : Array.isArray(value))],
  ['Array.from', items],
  ['JSON.stringify', (value: Value) => javascriptJson(value) ?? absent],
  ['Object.keys', (value: Value) => (isTagged(value, 'map') ? value.v.map(([key]) => key) : unknown())],
  ['new Set', (value: Value = []) => ({ $: 'set', v: items(value).filter((item, i, all) => all.findIndex((other) => javascriptEquals('toEqual', other, item)) === i) })],
  ['new Map', (value: Value = []) => ({ $: 'map', v: items(value).map((entry) => items(entry)) })],
  ...unaryMath.map((name): [string, unknown] => [`Math.${name}`, (value: Value) => fromNumber(Math[name](number(value)))]),
  ['Math.max', (...values: Value[]) => fromNumber(Math.max(...values.map(number)))],
  ['Math.min', (...values: Value[]) => fromNumber(Math.min(...values.map(number)))],
  ['Math.pow', arithmetic((a, b) => a ** b)],
  ['Math.PI', () => Math.PI],
  ['Math.E', () => Math.E],
  ['NaN', () => fromNumber(Number.NaN)],
  ['Infinity', () => fromNumber(Infinity)],
  ['Number.MAX_SAFE_INTEGER', () => Number.MAX_SAFE_INTEGER],
  ['Number.MIN_SAFE_INTEGER', () => Number.MIN_SAFE_INTEGER],
  ['Number.EPSILON', () => Number.EPSILON],
  ['Number.POSITIVE_INFINITY', () => fromNumber(Infinity)],
  ['Number.NEGATIVE_INFINITY', () => fromNumber(-Infinity)],
  ['.repeat', repeat],
  ['toBeCloseTo', closeTo],
  ['toContain', contains],
  ['toContainEqual', (container: Value, item: Value) => items(container).some((other) => javascriptEquals('toEqual', other, item))],
  ['toHaveLength', (value: Value, length: Value) => items(value).length === length],
])
