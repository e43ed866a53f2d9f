import type { Value } from '../records/value.ts'
import { floatOf } from './number.ts'
import { OperationFailed } from './operation-failed.ts'

interface Contents {
  int: string
  float: string
  bytes: string
  opaque: string
  tuple: Value[]
  set: Value[]
  map: [Value, Value][]
  undefined: never
}

/** Whether the value is a tagged one of this kind. */
export function isTagged<T extends keyof Contents>(value: Value, tag: T): value is Value & { $: T; v: Contents[T] } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && value.$ === tag
}

export function isTuple(value: Value): value is { $: 'tuple'; v: Value[] } {
  return isTagged(value, 'tuple')
}

/** An `int` or `bool` as a bigint, a `float` as a number. */
export function numeric(value: Value): bigint | number | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n
  // What crossed the border may be forged: a fraction that says it is an int, an int that is no number.
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  if (isTagged(value, 'int')) return wholeNumber(value.v)
  return isTagged(value, 'float') ? floatOf(value.v) : undefined
}

/** The integer that the text of an `int` value stands for. */
export function wholeNumber(text: string): bigint | undefined {
  return /^-?\d+$/.test(text) ? BigInt(text) : undefined
}

/** The name Python gives the value's type. */
export function pythonType(value: Value): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'number') return 'int'
  if (Array.isArray(value)) return 'list'
  return value.$ === 'map' ? 'dict' : value.$ === 'opaque' ? value.v : value.$
}

/** Python's `==` on plain data: `1 == 1.0 == True`, a list is no tuple, sets and dicts have no order, an opaque value equals nothing. */
export function pythonEquals(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left === right
  if (typeof left === 'string' || typeof right === 'string' || left === null || right === null) return left === right
  const a = numeric(left)
  const b = numeric(right)
  // A bigint and a number compare by their exact mathematical values, as in Python.
  // oxlint-disable-next-line eqeqeq
  if (a !== undefined || b !== undefined) return a !== undefined && b !== undefined && a == b
  if (Array.isArray(left) || Array.isArray(right)) return Array.isArray(left) && Array.isArray(right) && sameItems(left, right)
  return equalTagged(left, right)
}

function equalTagged(left: Value, right: Value): boolean {
  if (isTuple(left) && isTuple(right)) return sameItems(left.v, right.v)
  if (isTagged(left, 'bytes') && isTagged(right, 'bytes')) return left.v === right.v
  if (isTagged(left, 'set') && isTagged(right, 'set')) return sameMembers(left.v, right.v)
  return isTagged(left, 'map') && isTagged(right, 'map') && sameEntries(left.v, right.v)
}

function sameItems(left: Value[], right: Value[]): boolean {
  return left.length === right.length && left.every((item, i) => pythonEquals(item, right[i]!))
}

function sameMembers(left: Value[], right: Value[]): boolean {
  const keys = new Set(left.map(hashKey))
  return keys.size === new Set(right.map(hashKey)).size && right.every((item) => keys.has(hashKey(item)))
}

function sameEntries(left: [Value, Value][], right: [Value, Value][]): boolean {
  const found = new Map(left.map(([key, value]) => [hashKey(key), value]))
  return left.length === right.length && right.every(([key, value]) => found.has(hashKey(key)) && pythonEquals(found.get(hashKey(key))!, value))
}

let unequal = 0

/** A text that two hashable values share exactly when Python takes them for the same key. */
export function hashKey(value: Value): string {
  if (typeof value === 'string') return `s${value}`
  if (value === null) return 'N'
  const number = numeric(value)
  if (typeof number === 'bigint') return `n${number}`
  // Two NaNs that crossed the border are two objects, hence two keys.
  if (number !== undefined && Number.isNaN(number)) return `u${unequal++}`
  if (number !== undefined) return Number.isInteger(number) ? `n${BigInt(number)}` : `n${number}`
  if (isTuple(value)) return `t${JSON.stringify(value.v.map(hashKey))}`
  if (isTagged(value, 'set')) return `f${JSON.stringify([...new Set(value.v.map(hashKey))].sort())}`
  if (isTagged(value, 'bytes')) return `b${value.v}`
  if (isTagged(value, 'opaque')) return `u${unequal++}`
  throw new OperationFailed('TypeError')
}

/** Python's truth of plain data; an object of unknown kind has an unknown truth. */
export function pythonTruth(value: Value): boolean {
  if (value === null) return false
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0
  const number = numeric(value)
  // NaN is true in Python.
  // oxlint-disable-next-line eqeqeq
  if (number !== undefined) return number != 0
  if (isTagged(value, 'opaque') || isTagged(value, 'undefined')) throw new OperationFailed()
  return (value as { v: unknown[] | string }).v.length > 0
}

/** Python's `<` on plain data, as a sign; undefined where the order says nothing (NaN). Raises `TypeError` across kinds. */
export function pythonOrder(left: Value, right: Value): number | undefined {
  const a = numeric(left)
  const b = numeric(right)
  if (a !== undefined && b !== undefined) return a < b ? -1 : a > b ? 1 : a >= b ? 0 : undefined
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right)
  if (Array.isArray(left) && Array.isArray(right)) return compareItems(left, right)
  if (isTuple(left) && isTuple(right)) return compareItems(left.v, right.v)
  if (isTagged(left, 'bytes') && isTagged(right, 'bytes')) return Buffer.compare(Buffer.from(left.v, 'base64'), Buffer.from(right.v, 'base64'))
  throw new OperationFailed('TypeError')
}

function compareItems(left: Value[], right: Value[]): number | undefined {
  const at = left.findIndex((item, i) => i >= right.length || !pythonEquals(item, right[i]!))
  if (at === -1) return left.length < right.length ? -1 : 0
  return at >= right.length ? 1 : pythonOrder(left[at]!, right[at]!)
}

// Python orders text by code points, JavaScript by UTF-16 units.
function compareCodePoints(left: string, right: string): number {
  const a = Array.from(left, (character) => character.codePointAt(0)!)
  const b = Array.from(right, (character) => character.codePointAt(0)!)
  const at = a.findIndex((point, i) => point !== b[i])
  if (at === -1) return a.length < b.length ? -1 : 0
  return at >= b.length ? 1 : a[at]! < b[at]! ? -1 : 1
}
