import type { Value } from '../records/value.ts'
import { floatOf, fromBigint, fromFloat } from './number.ts'
import { maximumSize, OperationFailed } from './operation-failed.ts'
import { numeric } from './python-value.ts'

type PythonNumber = bigint | number

export function raise(type: string): never {
  throw new OperationFailed(type)
}

export function raiseUnknown(): never {
  throw new OperationFailed()
}

export function wrap(value: PythonNumber): Value {
  return typeof value === 'bigint' ? fromBigint(value) : fromFloat(value)
}

export function number(value: Value | undefined): PythonNumber {
  return (value === undefined ? undefined : numeric(value)) ?? raise('TypeError')
}

export function integer(value: Value | undefined): bigint {
  const found = number(value)
  return typeof found === 'bigint' ? found : raise('TypeError')
}

export function small(value: Value | undefined): number {
  const found = integer(value)
  if (found > maximumSize || found < -maximumSize) throw new OperationFailed()
  return Number(found)
}

export function arithmetic(exact: (a: bigint, b: bigint) => PythonNumber, floating: (a: number, b: number) => number): (a: Value, b: Value) => Value {
  return (left, right) => {
    const a = number(left)
    const b = number(right)
    return wrap(typeof a === 'bigint' && typeof b === 'bigint' ? exact(a, b) : floating(Number(a), Number(b)))
  }
}

export function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) raise('ZeroDivisionError')
  return a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n)
}

export function floatModulo(a: number, b: number): number {
  if (b === 0) raise('ZeroDivisionError')
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}

// A quotient of big integers: JavaScript rounds each side first, which is exact below 2^53 and close enough above.
export const divide = arithmetic(
  (a, b) => (b === 0n ? raise('ZeroDivisionError') : Number(a) / Number(b)),
  (a, b) => (b === 0 ? raise('ZeroDivisionError') : a / b),
)
export const addNumbers = arithmetic((a, b) => a + b, (a, b) => a + b)
export const subtractNumbers = arithmetic((a, b) => a - b, (a, b) => a - b)
export const multiplyNumbers = arithmetic(multiplyExactly, (a, b) => a * b)

function bits(value: bigint): number {
  return value.toString(16).length * 4
}

function multiplyExactly(a: bigint, b: bigint): bigint {
  if (bits(a) + bits(b) > maximumSize) throw new OperationFailed()
  return a * b
}

export function raiseTo(a: bigint, b: bigint): PythonNumber {
  if (b < 0n) return a === 0n ? raise('ZeroDivisionError') : Number(a) ** Number(b)
  if (BigInt(bits(a)) * b > BigInt(maximumSize)) throw new OperationFailed()
  return a ** b
}

export function magnitude(value: PythonNumber): PythonNumber {
  return value < 0 ? -value : typeof value === 'number' ? Math.abs(value) : value
}

export function round(value: Value, digits?: Value): Value {
  const found = number(value)
  if (typeof found === 'bigint') return digits === undefined || small(digits) >= 0 ? fromBigint(found) : raiseUnknown()
  if (!Number.isFinite(found)) return digits === undefined ? raise(Number.isNaN(found) ? 'ValueError' : 'OverflowError') : fromFloat(found)
  const places = digits === undefined || digits === null ? 0 : small(digits)
  if (places < 0 || places > 60 || Math.abs(found) >= 1e21) return raiseUnknown()
  const rounded = roundHalfEven(found, places)
  return digits === undefined || digits === null ? fromBigint(BigInt(rounded.split('.')[0]!)) : fromFloat(Number(rounded))
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

/** A float as the whole number that `rounding` makes of it. */
export function toWhole(value: PythonNumber, rounding: (value: number) => number): Value {
  if (typeof value === 'bigint') return fromBigint(value)
  return Number.isFinite(value) ? fromBigint(BigInt(rounding(value))) : raise(Number.isNaN(value) ? 'ValueError' : 'OverflowError')
}

/** How far a shift goes. */
export function shift(value: Value): bigint {
  const places = small(value)
  return places < 0 ? raise('ValueError') : places > 100_000 ? raiseUnknown() : BigInt(places)
}

export function toInteger(value: Value = 0, base?: Value): Value {
  if (typeof value === 'string') return parseInteger(value.trim().replaceAll('_', ''), base === undefined ? 10 : small(base))
  return toWhole(number(value), Math.trunc)
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

export function toFloat(value: Value = 0): Value {
  if (typeof value !== 'string') return fromFloat(Number(number(value)))
  const text = value.trim().toLowerCase()
  const special = /^([-+]?)(inf|infinity|nan)$/.exec(text)
  if (special !== null) return fromFloat(floatOf(special[2] === 'nan' ? 'nan' : special[1] === '-' ? '-inf' : 'inf'))
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/.test(text) ? fromFloat(Number(text)) : raise('ValueError')
}

export function isClose(left: Value, right: Value, relative: Value = { $: 'float', v: '1e-09' }, absolute: Value = 0): boolean {
  const [a, b] = [Number(number(left)), Number(number(right))]
  if (a === b) return true
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= Math.max(Number(number(relative)) * Math.max(Math.abs(a), Math.abs(b)), Number(number(absolute)))
}
