import { itemOf } from '../../engine/access.ts'
import { invoke } from '../../engine/callback.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constant, constantOf, derived, elementOf, type Facts, listOf, mapOf, nothing, safeFor, textOf, type Value } from '../../engine/value.ts'
import { defineModel, sink } from '../model.ts'
import { capturedBy, isAnchored, schemeShownBy, shownBy } from '../pattern.ts'

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
  const bits = (isAnchored(pattern, call.last) ? shownBy(pattern) : 0) | schemeShownBy(pattern, call.last)
  return { whenTrue: subject.taints.map(({ origin }) => ({ origin, bits })), whenFalse: [] }
}

/** What a match object holds: the whole under 0, and each group under its number. */
function matchOf(pattern: string | undefined, subject: Value): Value {
  const groups = capturedBy(pattern, subject).map((value, i): [string, Value] => [String(i), value])
  return { ...mapOf(new Map(groups), derived([subject])), type: 're.Match' }
}

function groupOf({ receiver, positional, node }: CallEvent, machine: Machine): Value {
  return receiver === undefined ? nothing : itemOf(machine, receiver, { index: positional[0] ?? constant(0), span: node })
}

/** `re.sub('[^a-z], '', text)` leaves only what the set allows. */
function substitute(call: CallEvent, machine: Machine): Value {
  const compiled = call.name.startsWith('re.Pattern.')
  const pattern = textOf(compiled ? patternIn(call.receiver) : call.positional[0])
  const [given, subject] = call.positional.slice(compiled ? 0 : 1)
  const isCalled = given?.target?.kind === 'function' && subject !== undefined
  const replacement = isCalled ? invoke(machine, given, [matchOf(pattern, subject)], call) : given
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
    're.Match.group': { evaluate: groupOf },
    're.Match.groups': { evaluate: ({ receiver }) => listOf([], receiver === undefined ? nothing : elementOf(receiver)) },
    're.escape': { from: 0, safe: ['regex'] },
    're.findall': { from: 1 },
    're.split': { from: 1 },
  },
  sinks: Object.fromEntries(patternFunctions.map((name) => [`re.${name}`, [sink('regex', 0, 'pattern')]])),
})
