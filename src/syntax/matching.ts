import type { Language } from '../records/language.ts'
import type { Value } from '../records/value.ts'
import { javascriptEquals, pairOff, primitiveOf } from './javascript-value.ts'
import { isTagged, isTuple, numeric, pythonEquals } from './python-value.ts'

/**
 * Whether a value is what an example in prose says. Python: `==`, but a fraction is met within a millionth. JavaScript: the
 * example may be spelled in Python (`True`, `None`, tuples, sets), so a tuple is an array and None is null or undefined.
 */
export function matches(language: Language, actual: Value, expected: Value): boolean {
  const compare = (a: Value, b: Value): boolean => matches(language, a, b)
  if (isTagged(actual, 'opaque') || isTagged(expected, 'opaque')) return false
  if (isFraction(expected)) return isNear(actual, expected)
  const [a, b] = [sequence(language, actual), sequence(language, expected)]
  if (a !== undefined && b !== undefined) return a.kind === b.kind && a.items.length === b.items.length && a.items.every((item, i) => compare(item, b.items[i]!))
  if (isTagged(actual, 'map') && isTagged(expected, 'map')) {
    return actual.v.length === expected.v.length && pairOff(actual.v, expected.v, (x, y) => sameKey(language, x[0], y[0]) && compare(x[1], y[1]))
  }
  return language === 'python' ? pythonEquals(actual, expected) : matchesJavascript(actual, expected, compare)
}

function matchesJavascript(actual: Value, expected: Value, compare: (a: Value, b: Value) => boolean): boolean {
  if (isNothing(expected)) return isNothing(actual)
  if (isTagged(expected, 'set')) {
    const members = isTagged(actual, 'set') ? actual.v : Array.isArray(actual) ? actual : undefined
    return members !== undefined && members.length === expected.v.length && pairOff(members, expected.v, compare)
  }
  const [a, b] = [numberOf(actual), numberOf(expected)]
  // A number and a bigint of the same amount: the example does not say which is meant.
  // oxlint-disable-next-line eqeqeq
  if (a !== undefined && b !== undefined) return a == b || (Number.isNaN(a) && Number.isNaN(b))
  return javascriptEquals('deepStrictEqual', actual, expected)
}

function sequence(language: Language, value: Value): { kind: string; items: Value[] } | undefined {
  if (Array.isArray(value)) return { kind: 'list', items: value }
  return isTuple(value) ? { kind: language === 'python' ? 'tuple' : 'list', items: value.v } : undefined
}

function isNothing(value: Value): boolean {
  return value === null || isTagged(value, 'undefined')
}

function isFraction(value: Value): boolean {
  const number = numberOf(value)
  return typeof number === 'number' && Number.isFinite(number) && !Number.isInteger(number)
}

function isNear(actual: Value, expected: Value): boolean {
  const [a, b] = [Number(numberOf(actual)), Number(numberOf(expected))]
  return Math.abs(a - b) <= Math.max(1e-6 * Math.abs(b), 1e-9)
}

// Not `true`: whoever writes `True` means the truth value.
function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === 'number') return value
  return isTagged(value, 'int') || isTagged(value, 'float') ? numeric(value) : undefined
}

function sameKey(language: Language, left: Value, right: Value): boolean {
  return language === 'python' ? pythonEquals(left, right) : String(primitiveOf(left)) === String(primitiveOf(right))
}
