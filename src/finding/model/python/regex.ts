import type { CallEvent } from '../../engine/event.ts'
import { constantOf, derived, type Facts, nothing, safeFor, textOf, type Value } from '../../engine/value.ts'
import { defineModel, sink } from '../model.ts'
import { isAnchored, shownBy } from '../pattern.ts'

/** The pattern and the text of `re.match(pattern, text)` or `compiled.match(text)`. */
export function partsOf({ receiver, positional, name }: CallEvent): { pattern: Value | undefined; subject: Value | undefined } {
  if (name.startsWith('re.Pattern.')) return { pattern: patternIn(receiver), subject: positional[0] }
  return { pattern: positional[0], subject: positional[1] }
}

// A compiled pattern keeps its text as the field that no program can name.
function patternIn(value: Value | undefined): Value | undefined {
  return value?.items?.kind === 'map' ? value.items.entries.get('pattern') : undefined
}

function matched(call: CallEvent): Facts | undefined {
  const parts = partsOf(call)
  const pattern = textOf(parts.pattern)
  const { subject } = parts
  if (pattern === undefined || subject === undefined) return undefined
  const bits = isAnchored(pattern, call.last) ? shownBy(pattern) : 0
  return { whenTrue: subject.taints.map(({ origin }) => ({ origin, bits })), whenFalse: [] }
}

/** `re.sub('[^a-z]', '', text)` leaves only what the set allows. */
function substitute(call: CallEvent): Value {
  const compiled = call.name.startsWith('re.Pattern.')
  const pattern = textOf(compiled ? patternIn(call.receiver) : call.positional[0])
  const [replacement, subject] = call.positional.slice(compiled ? 0 : 1)
  const result = { ...derived([subject, replacement]), aspect: subject?.aspect }
  if (pattern === undefined || constantOf(replacement) === undefined) return result
  return /^\(?\[\^[^\]]*\][+*]?\)?$/.test(pattern) ? safeFor(result, shownBy(`^${pattern.replace('[^', '[')}$`)) : result
}

const patternFunctions = ['compile', 'match', 'fullmatch', 'search', 'sub', 'findall', 'finditer', 'split'] as const
const asking = { from: 'none' as const, facts: matched }

export const regex = defineModel({
  name: 'regex',
  ambient: { re: 're' },
  aliases: { regex: 're', re2: 're' },
  calls: {
    're.compile': {
      evaluate: ({ positional }) => ({
        ...nothing,
        type: 're.Pattern',
        items: { kind: 'map', entries: new Map([['pattern', positional[0] ?? nothing]]), rest: undefined },
      }),
    },
    're.match': asking,
    're.fullmatch': asking,
    're.search': asking,
    're.Pattern.match': asking,
    're.Pattern.fullmatch': asking,
    're.Pattern.search': asking,
    're.sub': { evaluate: substitute },
    're.Pattern.sub': { evaluate: substitute },
    're.escape': { from: 0, safe: ['regex'] },
    're.findall': { from: 1 },
    're.split': { from: 1 },
  },
  sinks: Object.fromEntries(patternFunctions.map((name) => [`re.${name}`, [sink('regex', 0, 'pattern')]])),
})
