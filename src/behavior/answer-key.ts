import type { Observation } from '../records/execution.ts'
import type { Value } from '../records/value.ts'

/**
 * A text that is equal for answers that count as the same behaviour: values equal but for the last digits of a float, and errors of
 * one type. `undefined` for what agrees with nothing, not even with itself: a limit that was met (a timeout never agrees with a timeout),
 * a call that was never made, an object that is no plain data.
 */
export function answerKey(observation: Observation): string | undefined {
  if (observation.kind === 'raised') return `raised ${observation.error.type}`
  if (observation.kind === 'exited') return 'exited'
  if (observation.kind !== 'returned') return undefined
  const key = valueKey(observation.value)
  return key === undefined ? undefined : `returned ${key}`
}

function valueKey(value: Value): string | undefined {
  if (typeof value === 'number') return numberKey(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return sequenceKey('[', value)
  switch (value.$) {
    case 'opaque':
      return undefined
    case 'float':
      return numberKey(Number(pythonFloats.get(value.v) ?? value.v))
    case 'tuple':
      return sequenceKey('(', value.v)
    case 'set':
      return sequenceKey('{', value.v, { sorted: true })
    case 'map':
      return sequenceKey('{:', value.v.map(([key, item]): Value => [key, item]), { sorted: true })
    case 'undefined':
      return 'undefined'
    default:
      return `${value.$} ${value.v}`
  }
}

const pythonFloats = new Map([
  ['inf', 'Infinity'],
  ['-inf', '-Infinity'],
  ['nan', 'NaN'],
])

// Sums in another order differ in the last digits only.
function numberKey(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(9)))
}

function sequenceKey(open: string, items: readonly Value[], options: { sorted?: boolean } = {}): string | undefined {
  const keys: string[] = []
  for (const item of items) {
    const key = valueKey(item)
    if (key === undefined) return undefined
    keys.push(key)
  }
  return `${open}${(options.sorted === true ? keys.sort(byCodeUnit) : keys).join(',')}`
}

function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
