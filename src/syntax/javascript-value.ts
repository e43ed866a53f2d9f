import type { Value } from '../records/value.ts'
import { floatOf } from './number.ts'
import { OperationFailed } from './operation-failed.ts'
import { isTagged, wholeNumber } from './python-value.ts'

/** A JavaScript primitive as itself. */
export type Primitive = undefined | null | boolean | number | bigint | string

/** How two values are compared: the operators, `Object.is`, and the deep comparisons of node:assert, vitest and jest. */
export type Equality = '==' | '===' | 'Object.is' | 'deepEqual' | 'deepStrictEqual' | 'toEqual' | 'toStrictEqual'

/** Whether the value has no identity of its own. */
function isPrimitive(value: Value): boolean {
  return value === null || typeof value !== 'object' || isTagged(value, 'undefined') || isTagged(value, 'float') || isTagged(value, 'int')
}

/** The primitive a value stands for, or what `ToPrimitive` makes of an array or a plain object. */
export function primitiveOf(value: Value): Primitive {
  if (value === null || typeof value !== 'object') return value
  if (isTagged(value, 'undefined')) return undefined
  if (isTagged(value, 'float')) return floatOf(value.v)
  if (isTagged(value, 'int')) return wholeNumber(value.v) ?? Number.NaN
  if (Array.isArray(value)) return value.map(joined).join(',')
  if (isTagged(value, 'map')) return '[object Object]'
  if (isTagged(value, 'set')) return '[object Set]'
  throw new OperationFailed()
}

function joined(item: Value): string {
  const primitive = primitiveOf(item)
  return primitive === undefined || primitive === null ? '' : String(primitive)
}

/**
 * JavaScript's equality on plain data. Two objects that crossed the border are never the same object, so only the deep
 * comparisons can find them equal; an opaque value equals nothing.
 */
export function javascriptEquals(equality: Equality, left: Value, right: Value): boolean {
  if (isTagged(left, 'opaque') || isTagged(right, 'opaque')) return false
  if (isPrimitive(left) && isPrimitive(right)) return equalPrimitives(equality, primitiveOf(left), primitiveOf(right))
  if (equality === '==' && isPrimitive(left) !== isPrimitive(right)) return equalToObject(left, right)
  if (equality === '==' || equality === '===' || equality === 'Object.is') return false
  return equalObjects(equality, left, right)
}

function equalPrimitives(equality: Equality, left: Primitive, right: Primitive): boolean {
  if (equality === '===') return left === right
  if (equality !== '==' && equality !== 'deepEqual') return Object.is(left, right)
  // What is asked for is exactly the loose comparison. (node:assert takes NaN for equal to NaN there.)
  // oxlint-disable-next-line eqeqeq
  return left == right || (equality === 'deepEqual' && Number.isNaN(left) && Number.isNaN(right))
}

function equalToObject(left: Value, right: Value): boolean {
  const [a, b] = [primitiveOf(left), primitiveOf(right)]
  if (left === null || right === null || a === undefined || b === undefined) return false
  // oxlint-disable-next-line eqeqeq
  return a == b
}

function equalObjects(equality: Equality, left: Value, right: Value): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, i) => javascriptEquals(equality, item, right[i]!))
  }
  if (isTagged(left, 'bytes') && isTagged(right, 'bytes')) return left.v === right.v
  if (isTagged(left, 'set') && isTagged(right, 'set')) return left.v.length === right.v.length && pairOff(left.v, right.v, (a, b) => javascriptEquals(equality, a, b))
  if (!isTagged(left, 'map') || !isTagged(right, 'map')) return false
  // jest's and vitest's toEqual takes a property that is undefined for one that is not there.
  const [a, b] = equality === 'toEqual' ? [defined(left.v), defined(right.v)] : [left.v, right.v]
  return a.length === b.length && pairOff(a, b, (x, y) => javascriptEquals(equality, x[0], y[0]) && javascriptEquals(equality, x[1], y[1]))
}

function defined(entries: [Value, Value][]): [Value, Value][] {
  return entries.filter(([, value]) => !isTagged(value, 'undefined'))
}

/** Whether each of `left` finds a partner of its own in `right`. */
export function pairOff<T>(left: T[], right: T[], same: (a: T, b: T) => boolean): boolean {
  const free = [...right]
  return left.every((item) => {
    const at = free.findIndex((other) => same(item, other))
    if (at !== -1) free.splice(at, 1)
    return at !== -1
  })
}

/** JavaScript's truth. An object of unknown kind is an object, and objects are true. */
export function javascriptTruth(value: Value): boolean {
  return isPrimitive(value) ? Boolean(primitiveOf(value)) : true
}

/** JavaScript's `JSON.stringify`; undefined where it gives none. */
export function javascriptJson(value: Value): string | undefined {
  if (isPrimitive(value)) {
    const primitive = primitiveOf(value)
    if (typeof primitive === 'bigint') throw new OperationFailed('TypeError')
    return JSON.stringify(primitive)
  }
  if (Array.isArray(value)) return `[${value.map((item) => javascriptJson(item) ?? 'null').join(',')}]`
  if (!isTagged(value, 'map')) throw new OperationFailed()
  const parts = value.v.flatMap(([key, item]) => {
    const text = javascriptJson(item)
    return text === undefined ? [] : [`${JSON.stringify(String(primitiveOf(key)))}:${text}`]
  })
  return `{${parts.join(',')}}`
}
