import type { Value } from '../records/value.ts'
import { floatOf, fromBigint, fromFloat } from './number.ts'
import { maximumSize, OperationFailed } from './operation-failed.ts'
import { pythonRepr, pythonStr } from './python-text.ts'
import { hashKey, isTagged, isTuple, numeric, pythonEquals, pythonOrder, pythonTruth, pythonType } from './python-value.ts'

type Number_ = bigint | number
type Operator = (...operands: Value[]) => Value

const absent: Value = { $: 'undefined' }

function raise(type: string): never {
  throw new OperationFailed(type)
}

function wrap(value: Number_): Value {
  return typeof value === 'bigint' ? fromBigint(value) : fromFloat(value)
}

function number(value: Value | undefined): Number_ {
  return (value === undefined ? undefined : numeric(value)) ?? raise('TypeError')
}

function integer(value: Value | undefined): bigint {
  const found = number(value)
  return typeof found === 'bigint' ? found : raise('TypeError')
}

function small(value: Value | undefined): number {
  const found = integer(value)
  if (found > maximumSize || found < -maximumSize) throw new OperationFailed()
  return Number(found)
}

/** What iterating over the value gives. */
function itemsOf(value: Value | undefined): Value[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return Array.from(value)
  if (value === undefined || value === null || typeof value !== 'object') raise('TypeError')
  if (value.$ === 'tuple' || value.$ === 'set') return value.v
  if (value.$ === 'map') return value.v.map(([key]) => key)
  if (value.$ === 'bytes') return [...Buffer.from(value.v, 'base64')]
  throw value.$ === 'opaque' ? new OperationFailed() : new OperationFailed('TypeError')
}

function unique(items: Value[]): Value[] {
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

function arithmetic(exact: (a: bigint, b: bigint) => Number_, floating: (a: number, b: number) => number): (a: Value, b: Value) => Value {
  return (left, right) => {
    const a = number(left)
    const b = number(right)
    return wrap(typeof a === 'bigint' && typeof b === 'bigint' ? exact(a, b) : floating(Number(a), Number(b)))
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) raise('ZeroDivisionError')
  return a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n)
}

function floatModulo(a: number, b: number): number {
  if (b === 0) raise('ZeroDivisionError')
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}

// A quotient of big integers: JavaScript rounds each side first, which is exact below 2^53 and close enough above.
const divide = arithmetic(
  (a, b) => (b === 0n ? raise('ZeroDivisionError') : Number(a) / Number(b)),
  (a, b) => (b === 0 ? raise('ZeroDivisionError') : a / b),
)
const addNumbers = arithmetic((a, b) => a + b, (a, b) => a + b)
const subtractNumbers = arithmetic((a, b) => a - b, (a, b) => a - b)
const multiplyNumbers = arithmetic(multiplyExactly, (a, b) => a * b)

function bits(value: bigint): number {
  return value.toString(16).length * 4
}

function multiplyExactly(a: bigint, b: bigint): bigint {
  if (bits(a) + bits(b) > maximumSize) throw new OperationFailed()
  return a * b
}

function raiseTo(a: bigint, b: bigint): Number_ {
  if (b < 0n) return a === 0n ? raise('ZeroDivisionError') : Number(a) ** Number(b)
  if (BigInt(bits(a)) * b > BigInt(maximumSize)) throw new OperationFailed()
  return a ** b
}

function add(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') return bounded(() => left + right, left.length + right.length)
  if (Array.isArray(left) && Array.isArray(right)) return bounded(() => [...left, ...right], left.length + right.length)
  if (isTuple(left) && isTuple(right)) return { $: 'tuple', v: bounded(() => [...left.v, ...right.v], left.v.length + right.v.length) }
  return addNumbers(left, right)
}

function multiply(left: Value, right: Value): Value {
  if (numeric(left) !== undefined && numeric(right) === undefined) return multiply(right, left)
  if (numeric(left) !== undefined) return multiplyNumbers(left, right)
  const times = Math.max(0, small(right))
  if (typeof left === 'string') return bounded(() => left.repeat(times), left.length * times)
  const repeat = (items: Value[]): Value[] => bounded(() => Array.from({ length: times }, () => items).flat(), items.length * times)
  if (Array.isArray(left)) return repeat(left)
  return isTuple(left) ? { $: 'tuple', v: repeat(left.v) } : raise('TypeError')
}

function setOperation(keep: (inLeft: boolean, inRight: boolean) => boolean, onIntegers: (a: bigint, b: bigint) => bigint): Operator {
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

function subtract(left: Value, right: Value): Value {
  if (!isTagged(left, 'set') || !isTagged(right, 'set')) return subtractNumbers(left, right)
  const without = new Set(right.v.map(hashKey))
  return { $: 'set', v: left.v.filter((item) => !without.has(hashKey(item))) }
}

function compare(accept: (sign: number) => boolean): Operator {
  return (left = absent, right = absent) => {
    if (isTagged(left, 'set') || isTagged(right, 'set')) throw new OperationFailed()
    const sign = pythonOrder(left, right)
    return sign !== undefined && accept(sign)
  }
}

function contains(item: Value, container: Value): boolean {
  if (typeof container === 'string') return typeof item === 'string' ? container.includes(item) : raise('TypeError')
  return itemsOf(container).some((other) => pythonEquals(item, other))
}

// Identity of plain data is known for the singletons alone; for small immutables Python's own answer is that of equality.
function isSame(left: Value, right: Value): boolean {
  if (left === null || right === null || typeof left === 'boolean' || typeof right === 'boolean') return left === right
  return pythonType(left) === pythonType(right) && (typeof left !== 'object' || isTuple(left)) && pythonEquals(left, right)
}

function item(container: Value, key: Value): Value {
  if (isTagged(container, 'map')) return container.v.find(([other]) => pythonEquals(other, key))?.[1] ?? raise('KeyError')
  if (isTagged(container, 'set')) raise('TypeError')
  const items = itemsOf(container)
  const index = small(key)
  return items[index < 0 ? index + items.length : index] ?? raise('IndexError')
}

function sorted(items: Value[], descending = false): Value[] {
  const order = (a: Value, b: Value): number => (pythonOrder(a, b) ?? 0) * (descending ? -1 : 1)
  return items.toSorted(order)
}

function extreme(sign: number): Operator {
  return (...operands) => {
    const items = operands.length === 1 ? itemsOf(operands[0]) : operands
    if (items.length === 0) raise('ValueError')
    return items.reduce((best, next) => ((pythonOrder(next, best) ?? 0) * sign > 0 ? next : best))
  }
}

function round(value: Value, digits?: Value): Value {
  const found = number(value)
  if (typeof found === 'bigint') return digits === undefined || small(digits) >= 0 ? fromBigint(found) : raiseUnknown()
  if (!Number.isFinite(found)) return digits === undefined ? raise(Number.isNaN(found) ? 'ValueError' : 'OverflowError') : fromFloat(found)
  const places = digits === undefined || digits === null ? 0 : small(digits)
  if (places < 0 || places > 60 || Math.abs(found) >= 1e21) return raiseUnknown()
  const rounded = roundHalfEven(found, places)
  return digits === undefined || digits === null ? fromBigint(BigInt(rounded.split('.')[0]!)) : fromFloat(Number(rounded))
}

function raiseUnknown(): never {
  throw new OperationFailed()
}

// `toFixed` is exact except that it rounds a tie away from zero; Python takes the even neighbour.
function roundHalfEven(value: number, places: number): string {
  const rounded = value.toFixed(places)
  const exact = value.toFixed(Math.min(100, places + 40))
  const tail = exact.slice(exact.indexOf('.') + 1 + places)
  if (!/^50*$/.test(tail)) return rounded
  const cut = exact.slice(0, exact.indexOf('.') + 1 + places).replace(/\.$/, '')
  return /[02468]$/.test(cut) ? cut : rounded
}

function toInteger(value: Value = 0, base?: Value): Value {
  if (typeof value === 'string') return parseInteger(value.trim().replaceAll('_', ''), base === undefined ? 10 : small(base))
  const found = number(value)
  if (typeof found === 'bigint') return fromBigint(found)
  return Number.isFinite(found) ? fromBigint(BigInt(Math.trunc(found))) : raise('ValueError')
}

function parseInteger(text: string, base: number): Value {
  const [, sign, digits = ''] = /^([-+]?)([\da-zA-Z]+)$/.exec(text) ?? []
  const plain = digits.replace(base === 16 ? /^0[xX]/ : base === 2 ? /^0[bB]/ : base === 8 ? /^0[oO]/ : /^(?!)/, '')
  let total = 0n
  if (plain === '') raise('ValueError')
  for (const digit of plain) {
    const amount = Number.parseInt(digit, 36)
    if (Number.isNaN(amount) || amount >= base) raise('ValueError')
    total = total * BigInt(base) + BigInt(amount)
  }
  return fromBigint(sign === '-' ? -total : total)
}

function toFloat(value: Value = 0): Value {
  if (typeof value !== 'string') return fromFloat(Number(number(value)))
  const text = value.trim().toLowerCase()
  const special = /^([-+]?)(inf|infinity|nan)$/.exec(text)
  if (special !== null) return fromFloat(floatOf(special[2] === 'nan' ? 'nan' : special[1] === '-' ? '-inf' : 'inf'))
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/.test(text) ? fromFloat(Number(text)) : raise('ValueError')
}

function range(...limits: Value[]): Value {
  const [first = 0, second, step = 1] = limits.map((limit) => small(limit))
  const [from, to] = second === undefined ? [0, first] : [first, second]
  if (step === 0) raise('ValueError')
  return bounded(() => Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step), (to - from) / step)
}

function pairs(value: Value): [Value, Value][] {
  if (isTagged(value, 'map')) return value.v
  return itemsOf(value).map((pair) => {
    const [key, item, ...rest] = itemsOf(pair)
    return key === undefined || item === undefined || rest.length > 0 ? raise('ValueError') : [key, item]
  })
}

function isClose(left: Value, right: Value, relative: Value = { $: 'float', v: '1e-09' }, absolute: Value = 0): boolean {
  const [a, b] = [Number(number(left)), Number(number(right))]
  if (a === b) return true
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= Math.max(Number(number(relative)) * Math.max(Math.abs(a), Math.abs(b)), Number(number(absolute)))
}

/** `pytest.approx`: numbers within a millionth, element by element. */
function approximates(actual: Value, expected: Value): boolean {
  if (numeric(expected) !== undefined) return numeric(actual) !== undefined && isClose(actual, expected, fromFloat(1e-6), fromFloat(1e-12))
  if (isTagged(expected, 'map') && isTagged(actual, 'map')) {
    return expected.v.length === actual.v.length && expected.v.every(([key, value]) => actual.v.some(([other, item]) => pythonEquals(key, other) && approximates(item, value)))
  }
  if (typeof expected === 'string' || expected === null) return pythonEquals(actual, expected)
  const [a, b] = [itemsOf(actual), itemsOf(expected)]
  return a.length === b.length && a.every((item, i) => approximates(item, b[i]!))
}

function join(separator: Value, parts: Value): Value {
  const texts = itemsOf(parts)
  if (typeof separator !== 'string' || !texts.every((text) => typeof text === 'string')) raise('TypeError')
  return texts.join(separator)
}

function split(text: Value, separator?: Value): Value {
  if (typeof text !== 'string' || (separator !== undefined && typeof separator !== 'string')) raise('TypeError')
  return separator === undefined ? text.split(/\s+/).filter(Boolean) : separator === '' ? raise('ValueError') : text.split(separator)
}

function isInstance(value: Value, type: Value): boolean {
  const names = itemsOf(typeof type === 'string' ? [type] : type)
  if (isTagged(value, 'opaque')) throw new OperationFailed()
  return names.some((name) => name === pythonType(value) || name === 'object' || (name === 'int' && typeof value === 'boolean'))
}

function method(name: keyof string): Operator {
  return (text = absent) => (typeof text === 'string' ? (text[name] as () => string).call(text) : raise('AttributeError'))
}

const infinity = fromFloat(Infinity)

/** Python's operators and pure builtins on plain data. A missing operand reads as the builtin's own default. */
export const pythonOperators: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['==', pythonEquals],
  ['!=', (left: Value, right: Value) => !pythonEquals(left, right)],
  ['is', isSame],
  ['is not', (left: Value, right: Value) => !isSame(left, right)],
  ['in', contains],
  ['not in', (item: Value, container: Value) => !contains(item, container)],
  ['<', compare((sign) => sign < 0)],
  ['<=', compare((sign) => sign <= 0)],
  ['>', compare((sign) => sign > 0)],
  ['>=', compare((sign) => sign >= 0)],
  ['+', add],
  ['-', subtract],
  ['*', multiply],
  ['/', divide],
  ['//', arithmetic(floorDivide, (a, b) => (b === 0 ? raise('ZeroDivisionError') : Math.floor(a / b)))],
  ['%', (left: Value, right: Value) => (typeof left === 'string' ? raiseUnknown() : arithmetic((a, b) => a - b * floorDivide(a, b), floatModulo)(left, right))],
  ['**', arithmetic(raiseTo, (a, b) => (a < 0 && !Number.isInteger(b) ? raiseUnknown() : a === 0 && b < 0 ? raise('ZeroDivisionError') : a ** b))],
  ['<<', (left: Value, right: Value) => fromBigint(integer(left) << BigInt(Math.min(small(right), 100_000)))],
  ['>>', (left: Value, right: Value) => fromBigint(integer(left) >> BigInt(small(right)))],
  ['&', setOperation((a, b) => a && b, (a, b) => a & b)],
  ['|', setOperation((a, b) => a || b, (a, b) => a | b)],
  ['^', setOperation((a, b) => a !== b, (a, b) => a ^ b)],
  ['unary -', (value: Value) => wrap(-number(value))],
  ['unary +', (value: Value) => wrap(number(value))],
  ['unary ~', (value: Value) => fromBigint(-integer(value) - 1n)],
  ['unary not', (value: Value) => !pythonTruth(value)],
  ['[]', item],
  ['bool', (value: Value = false) => pythonTruth(value)],
  ['abs', (value: Value) => wrap(numberMagnitude(number(value)))],
  ['len', (value: Value) => itemsOf(value).length],
  ['sum', (items: Value, start: Value = 0) => itemsOf(items).reduce(add, start)],
  ['min', extreme(-1)],
  ['max', extreme(1)],
  ['any', (items: Value) => itemsOf(items).some(pythonTruth)],
  ['all', (items: Value) => itemsOf(items).every(pythonTruth)],
  ['sorted', (items: Value) => sorted(itemsOf(items))],
  ['sorted descending', (items: Value) => sorted(itemsOf(items), true)],
  ['reversed', (items: Value) => itemsOf(items).toReversed()],
  ['list', (items: Value = []) => [...itemsOf(items)]],
  ['tuple', (items: Value = []) => ({ $: 'tuple', v: [...itemsOf(items)] })],
  ['set', (items: Value = []) => ({ $: 'set', v: unique(itemsOf(items)) })],
  ['frozenset', (items: Value = []) => ({ $: 'set', v: unique(itemsOf(items)) })],
  ['dict', (entries: Value = []) => ({ $: 'map', v: pairs(entries) })],
  ['str', (value: Value = '') => pythonStr(value)],
  ['repr', pythonRepr],
  ['int', toInteger],
  ['float', toFloat],
  ['round', round],
  ['range', range],
  ['pow', (base: Value, exponent: Value) => arithmetic(raiseTo, (a, b) => a ** b)(base, exponent)],
  ['ord', (text: Value) => (typeof text === 'string' && Array.from(text).length === 1 ? text.codePointAt(0)! : raise('TypeError'))],
  ['chr', (code: Value) => String.fromCodePoint(Math.min(0x10_ffff, Math.max(0, small(code))))],
  ['isinstance', isInstance],
  ['math.isclose', isClose],
  ['isclose', isClose],
  ['approx', approximates],
  ...['inf', 'math.inf', 'np.inf'].map((name): [string, unknown] => [name, () => infinity]),
  ...['nan', 'math.nan', 'np.nan'].map((name): [string, unknown] => [name, () => fromFloat(Number.NaN)]),
  ['math.pi', () => fromFloat(Math.PI)],
  ['math.e', () => fromFloat(Math.E)],
  ['math.sqrt', (value: Value) => fromFloat(Math.sqrt(Number(number(value))))],
  ['math.floor', (value: Value) => fromBigint(BigInt(Math.floor(Number(number(value)))))],
  ['math.ceil', (value: Value) => fromBigint(BigInt(Math.ceil(Number(number(value)))))],
  ['.join', join],
  ['.split', split],
  ['.upper', method('toUpperCase')],
  ['.lower', method('toLowerCase')],
  ['.strip', method('trim')],
])

function numberMagnitude(value: Number_): Number_ {
  return value < 0 ? -value : typeof value === 'number' ? Math.abs(value) : value
}
