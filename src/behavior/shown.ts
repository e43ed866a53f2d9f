import type { Observation } from '../records/execution.ts'
import type { Language } from '../records/language.ts'
import type { Call, Step } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { pythonRepr } from '../syntax/python-text.ts'

const longest = 2000

/** A call as its language writes it. */
export function shownCall(language: Language, { steps }: Call): string {
  return cut(steps.map((step) => shownStep(language, step)).join('.'))
}

/** What a call did, in words. What a program returned or raised is untrusted text. */
export function shownObservation(language: Language, observation: Observation): string {
  if (observation.kind === 'returned') return `returned ${cut(shownValue(language, observation.value))}`
  if (observation.kind === 'raised') return `raised ${observation.error.type}: ${observation.error.message}`
  return observation.kind.replaceAll('-', ' ')
}

function shownStep(language: Language, step: Step): string {
  if (step.arguments === undefined) return step.name
  const keywords = Object.entries(step.keywords ?? {}).map(([name, value]) => `${name}=${shownValue(language, value)}`)
  return `${step.name}(${[...step.arguments.map((value) => shownValue(language, value)), ...keywords].join(', ')})`
}

function shownValue(language: Language, value: Value): string {
  if (isOpaque(value) || (language === 'python' && isUndefined(value))) return 'an object that is no plain data'
  return language === 'python' ? pythonRepr(value) : javascriptText(value)
}

function isOpaque(value: Value): boolean {
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return value.some(isOpaque)
  if (value.$ === 'map') return value.v.some((entry) => entry.some(isOpaque))
  return value.$ === 'opaque' || ((value.$ === 'tuple' || value.$ === 'set') && value.v.some(isOpaque))
}

// Python has no such value, but a program may say whatever it likes.
function isUndefined(value: Value): boolean {
  return JSON.stringify(value).includes('"undefined"')
}

function javascriptText(value: Value): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(javascriptText).join(', ')}]`
  switch (value.$) {
    case 'int':
      return `${value.v}n`
    case 'float':
    case 'opaque':
      return value.v
    case 'bytes':
      return `Uint8Array.from([${[...Buffer.from(value.v, 'base64')].join(', ')}])`
    case 'tuple':
      return `[${value.v.map(javascriptText).join(', ')}]`
    case 'set':
      return `new Set([${value.v.map(javascriptText).join(', ')}])`
    case 'map':
      return `{${value.v.map(([key, item]) => `${javascriptText(key)}: ${javascriptText(item)}`).join(', ')}}`
    case 'undefined':
      return 'undefined'
  }
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
}
