import type { Language } from '../records/language.ts'
import type { Value } from '../records/value.ts'
import { constantOf } from '../syntax/constant.ts'
import type { Dialect } from '../syntax/dialect.ts'
import { parseExpression } from '../syntax/expression.ts'
import { fromFloat, fromNumber } from '../syntax/number.ts'
import { isTagged, numeric } from '../syntax/python-value.ts'

/** A value that stands in a sentence, and where it ends. */
export interface Spoken {
  value: Value
  end: number
  /** As it was written. */
  text: string
}

const phrases: [RegExp, Value][] = [
  [/(?:an?\s+)?empty\s+(?:list|array)\b/iy, []],
  [/(?:an?\s+|the\s+)?empty\s+string\b/iy, ''],
  [/(?:an?\s+)?empty\s+(?:dict(?:ionary)?|object|map)\b/iy, { $: 'map', v: [] }],
  [/(?:an?\s+)?empty\s+tuple\b/iy, { $: 'tuple', v: [] }],
  [/(?:an?\s+)?empty\s+set\b/iy, { $: 'set', v: [] }],
]

/** Reads the value at a place in a sentence. Tasks mix the spellings of Python and JavaScript, so both are understood everywhere. */
export function readSpoken(text: string, from: number): Spoken | undefined {
  for (const dialect of ['python', 'javascript'] as const) {
    const found = readIn(dialect, text, from)
    if (found !== undefined) return found
  }
  for (const [phrase, value] of phrases) {
    phrase.lastIndex = from
    const found = phrase.exec(text)
    if (found !== null) return { value, end: from + found[0].length, text: found[0] }
  }
  return undefined
}

function readIn(dialect: Dialect, text: string, from: number): Spoken | undefined {
  const parsed = parseExpression(dialect, text, from)
  if (parsed === undefined) return undefined
  const value = constantOf(dialect, parsed.expression)
  if (value === undefined) return literalPart(dialect, text, { from, end: parsed.end })
  // The full stop behind a number ends the sentence, not the number.
  if (text[parsed.end - 1] === '.' && /\d/.test(text[parsed.end - 2] ?? '')) return readIn(dialect, text.slice(0, parsed.end - 1), from)
  return { value, end: parsed.end, text: text.slice(from, parsed.end) }
}

// `3 in total`, `"a" and so on`: what follows looks like an operator and is a word.
function literalPart(dialect: Dialect, text: string, place: { from: number; end: number }): Spoken | undefined {
  const cut = /\s(?:(?:and|or|in|is|not|if)\s|[-–]+\s+(?=[a-z]{2,}[\s,]))/.exec(text.slice(place.from, place.end))
  return cut === null ? undefined : readIn(dialect, text.slice(0, place.from + cut.index), place.from)
}

/** A value as the task's language has it: in JavaScript a tuple is an array, None is null, and a float is a number. */
export function asLanguage(language: Language, value: Value): Value {
  if (language === 'python') return isTagged(value, 'undefined') ? null : python(value)
  if (isTagged(value, 'float')) return fromNumber(Number(numeric(value)))
  if (Array.isArray(value)) return value.map((item) => asLanguage(language, item))
  if (isTagged(value, 'tuple')) return value.v.map((item) => asLanguage(language, item))
  if (isTagged(value, 'set')) return { $: 'set', v: value.v.map((item) => asLanguage(language, item)) }
  return isTagged(value, 'map') ? { $: 'map', v: value.v.map(([key, item]) => [String(propertyName(key)), asLanguage(language, item)]) } : value
}

function python(value: Value): Value {
  if (typeof value === 'number' && !Number.isInteger(value)) return fromFloat(value)
  if (Array.isArray(value)) return value.map((item) => asLanguage('python', item))
  if (isTagged(value, 'map')) return { $: 'map', v: value.v.map(([key, item]) => [key, asLanguage('python', item)]) }
  return value
}

function propertyName(key: Value): string | number | boolean | null {
  if (typeof key === 'object' && key !== null) return isTagged(key, 'float') ? Number(numeric(key)) : JSON.stringify(key)
  return key
}
