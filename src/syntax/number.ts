import type { Value } from '../records/value.ts'

/** A Python `int`. */
export function fromBigint(value: bigint): Value {
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : { $: 'int', v: value.toString() }
}

/** A Python `float`. */
export function fromFloat(value: number): Value {
  return { $: 'float', v: pythonFloat(value) }
}

/** A JavaScript `number`. */
export function fromNumber(value: number): Value {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value
  return { $: 'float', v: Object.is(value, -0) ? '-0' : String(value) }
}

/** The number that the text of a `float` value stands for, in either language's spelling. */
export function floatOf(text: string): number {
  if (text === 'inf' || text === '-inf') return text === 'inf' ? Infinity : -Infinity
  return Number(text)
}

/** Python's `repr` of a float. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  // Python switches to an exponent outside 1e-4 .. 1e16, JavaScript outside 1e-6 .. 1e21.
  if (value === 0 || (exponent >= -4 && exponent < 16)) {
    const plain = exponent < 0 ? value.toFixed(Math.min(100, mantissa.replace(/[-.]/g, '').length - 1 - exponent)) : String(value)
    return plain.includes('.') ? plain : `${plain}.0`
  }
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}
