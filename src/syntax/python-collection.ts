import type { Value } from '../records/value.ts'
import { fromBigint, fromFloat } from './number.ts'
import { maximumSize, OperationFailed } from './operation-failed.ts'
import { addNumbers, integer, isClose, multiplyNumbers, raise, small, subtractNumbers } from './python-number.ts'
import { hashKey, isTagged, isTuple, numeric, pythonEquals, pythonOrder, pythonType } from './python-value.ts'

type Operator = (...operands: Value[]) => Value

const absent: Value = { $: 'undefined' }

/** What iterating over the value gives. */
export function itemsOf(value: Value | undefined): Value[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return Array.from(value)
  if (value === undefined || value === null || typeof value !== 'object') raise('TypeError')
  if (value.$ === 'tuple' || value.$ === 'set') return value.v
  if (value.$ === 'map') return value.v.map(([key]) => key)
  if (value.$ === 'bytes') return [...Buffer.from(value.v, 'base64')]
  throw value.$ === 'opaque' ? new OperationFailed() : new OperationFailed('TypeError')
}

export function unique(items: Value[]): Value[] {
  const found = new Map<string, Value>()
  for (const item of items) {
    const key = hashKey(item)
    if (!found.has(key)) found.set(key, item)
  }
  return [...found.values()]
}

function bounded<T extends Value[] | string>(build: () => T, size: number): T {
  if (size > maximumSize) throw new OperationFailed()
  return build()
}

export function add(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') return bounded(() => left + right, left.length + right.length)
  if (Array.isArray(left) && Array.isArray(right)) return bounded(() => [...left, ...right], left.length + right.length)
  if (isTuple(left) && isTuple(right)) return { $: 'tuple', v: bounded(() => [...left.v, ...right.v], left.v.length + right.v.length) }
  return addNumbers(left, right)
}

export function multiply(left: Value, right: Value): Value {
  if (numeric(left) !== undefined && numeric(right) === undefined) return multiply(right, left)
  if (numeric(left) !== undefined) return multiplyNumbers(left, right)
  const times = Math.max(0, small(right))
  if (typeof left === 'string') return bounded(() => left.repeat(times), left.length * times)
  const repeat = (items: Value[]): Value[] => bounded(() => Array.from({ length: times }, () => items).flat(), items.length * times)
  if (Array.isArray(left)) return repeat(left)
  return isTuple(left) ? { $: 'tuple', v: repeat(left.v) } : raise('TypeError')
}

export function setOperation(keep: (inLeft: boolean, inRight: boolean) => boolean, onIntegers: (a: bigint, b: bigint) => bigint): Operator {
  return (left = absent, right = absent) => {
    if (!isTagged(left, 'set') || !isTagged(right, 'set')) {
      const result = onIntegers(integer(left), integer(right))
      return typeof left === 'boolean' && typeof right === 'boolean' ? result !== 0n : fromBigint(result)
    }
    const inLeft = new Set(left.v.map(hashKey))
    const inRight = new Set(right.v.map(hashKey))
    return { $: 'set', v: unique([...left.v, ...right.v]).filter((item) => keep(inLeft.has(hashKey(item)), inRight.has(hashKey(item)))) }
  }
}

export function subtract(left: Value, right: Value): Value {
  if (!isTagged(left, 'set') || !isTagged(right, 'set')) return subtractNumbers(left, right)
  const without = new Set(right.v.map(hashKey))
  return { $: 'set', v: left.v.filter((item) => !without.has(hashKey(item))) }
}

export function compare(accept: (sign: number) => boolean): Operator {
  return (left = absent, right = absent) => {
    if (isTagged(left, 'set') || isTagged(right, 'set')) throw new OperationFailed()
    const sign = pythonOrder(left, right)
    return sign !== undefined && accept(sign)
  }
}

export function contains(item: Value, container: Value): boolean {
  if (typeof container === 'string') return typeof item === 'string' ? container.includes(item) : raise('TypeError')
  return itemsOf(container).some((other) => pythonEquals(item, other))
}

// Identity of plain data is known for the singletons alone; for small immutables Python's own answer is that of equality.
export function isSame(left: Value, right: Value): boolean {
  if (left === null || right === null || typeof left === 'boolean' || typeof right === 'boolean') return left === right
  return pythonType(left) === pythonType(right) && (typeof left !== 'object' || isTuple(left)) && pythonEquals(left, right)
}

export function item(container: Value, key: Value): Value {
  if (isTagged(container, 'map')) return container.v.find(([other]) => pythonEquals(other, key))?.[1] ?? raise('KeyError')
  if (isTagged(container, 'set')) raise('TypeError')
  const items = itemsOf(container)
  const index = small(key)
  return items[index < 0 ? index + items.length : index] ?? raise('IndexError')
}

export function sorted(items: Value[], descending = false): Value[] {
  const order = (a: Value, b: Value): number => (pythonOrder(a, b) ?? 0) * (descending ? -1 : 1)
  return items.toSorted(order)
}

export function extreme(sign: number): Operator {
  return (...operands) => {
    const items = operands.length === 1 ? itemsOf(operands[0]) : operands
    if (items.length === 0) raise('ValueError')
    return items.reduce((best, next) => ((pythonOrder(next, best) ?? 0) * sign > 0 ? next : best))
  }
}

export function range(...limits: Value[]): Value {
  const [first = 0, second, step = 1] = limits.map((limit) => small(limit))
  const [from, to] = second === undefined ? [0, first] : [first, second]
  if (step === 0) raise('ValueError')
  return bounded(() => Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step), (to - from) / step)
}

export function pairs(value: Value): [Value, Value][] {
  if (isTagged(value, 'map')) return value.v
  return itemsOf(value).map((pair) => {
    const [key, item, ...rest] = itemsOf(pair)
    return key === undefined || item === undefined || rest.length > 0 ? raise('ValueError') : [key, item]
  })
}

/** `pytest.approx`: numbers within a millionth, element by element. */
export function approximates(actual: Value, expected: Value): boolean {
  if (numeric(expected) !== undefined) return numeric(actual) !== undefined && isClose(actual, expected, fromFloat(1e-6), fromFloat(1e-12))
  if (isTagged(expected, 'map') && isTagged(actual, 'map')) {
    return expected.v.length === actual.v.length && expected.v.every(([key, value]) => actual.v.some(([other, item]) => pythonEquals(key, other) && approximates(item, value)))
  }
  if (typeof expected === 'string' || expected === null) return pythonEquals(actual, expected)
  const [a, b] = [itemsOf(actual), itemsOf(expected)]
  return a.length === b.length && a.every((item, i) => approximates(item, b[i]!))
}

export function join(separator: Value, parts: Value): Value {
  const texts = itemsOf(parts)
  if (typeof separator !== 'string' || !texts.every((text) => typeof text === 'string')) raise('TypeError')
  return texts.join(separator)
}

export function split(text: Value, separator?: Value): Value {
  if (typeof text !== 'string' || (separator !== undefined && typeof separator !== 'string')) raise('TypeError')
  return separator === undefined ? text.split(/\s+/).filter(Boolean) : separator === '' ? raise('ValueError') : text.split(separator)
}

export function isInstance(value: Value, type: Value): boolean {
  const names = itemsOf(typeof type === 'string' ? [type] : type)
  if (isTagged(value, 'opaque')) throw new OperationFailed()
  return names.some((name) => name === pythonType(value) || name === 'object' || (name === 'int' && typeof value === 'boolean'))
}

export function method(name: keyof string): Operator {
  return (text = absent) => (typeof text === 'string' ? (text[name] as () => string).call(text) : raise('AttributeError'))
}
