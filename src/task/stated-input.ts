import type { Value } from '../records/value.ts'
import { type Example, isWholeAnswer } from './example.ts'
import { readSpoken, type Spoken } from './spoken-value.ts'
import { arityOf, callOf, isArity, type Subject } from './subject.ts'

interface Entry {
  name?: string
  value: Value
}

// What may stand before the inputs on their line.
const lead =
  /[ \t]*(?:(?:[-*•]|\d+[.)]|for(?:\s+(?:example|instance|the\s+input))?|e\.?g\.?|examples?(?:\s*(?:#?\d+|[ivx]+))?|ex\.?\s*\d*|sample(?:\s*\d+)?|test(?:\s*case)?\s*\d*|case\s*\d*|inputs?(?:\s*\d+)?|given(?:\s+that)?|if|when|with|where|let|suppose|consider|assume|say|the\s+input)(?![\w-])\.?[ \t]*[:=,)]?[ \t]*)+/iy
const inputLabel = /\binputs?\b(?:\s*\d+)?\s*[:=]?\s*$/i
const nameBefore = /([A-Za-z_$][\w$]*)[ \t]*(=(?![=>])|:|(?:is|as)\b|(?=[[({"']))[ \t]*/y
const notInputs = /^(?:outputs?|results?|returns?|expected|answer|explanation|note|constraints?|example|input)$/i
const separator = /[ \t]*(?:[,;&]|and\b)?[ \t]*/y
const lineBreak = /[ \t]*(?:[,;])?[ \t]*\n[ \t]*(?!(?:outputs?|results?|returns?|expected|answer|explanation|note|example)\b)/iy
const arrow = /[-=]{1,3}>|➞|→|⟶|⇒|➜|➔/.source
const tail = `(?:[ \\t]+(?:should|must|will|would)\\b)?(?:[ \\t]*(?:be|is|equals?|return|give|output|of|are|the|:|=(?!=)|${arrow})(?![\\w-]))*[ \\t]*(?:\\n[ \\t]*)?`
const direct = new RegExp(`[ \\t,;]*(?:\\n[ \\t]*)?(?:${arrow})[ \\t]*(?:\\n[ \\t]*)?`, 'y')
const labelled = new RegExp(`\\b(?:expected[ \\t]+)?(?:outputs?|results?|answer|returns?|returned)\\b(?:[ \\t]+(?:value|list|string|array|number))?${tail}`, 'gi')
const modal = new RegExp(`\\b(?:should|must|will|would)[ \\t]+(?=be|equal|give)${tail}`, 'gi')
const windowLength = 400

/**
 * Examples that name their inputs instead of writing a call: `Input: s = "ab", k = 2` with `Output: 3` below it, `For x = 1 the
 * result should be 2`, `[1, 2] -> 3`.
 */
export function readStatedExamples(subject: Subject & { entryPoint: string }, text: string): Example[] {
  const examples: Example[] = []
  let from = 0
  for (let start = 0; start < text.length; start = nextLine(text, start)) {
    if (start < from) continue
    const example = readStated(subject, text, start)
    if (example === undefined) continue
    examples.push(example)
    from = example.end
  }
  return examples
}

function nextLine(text: string, start: number): number {
  const at = text.indexOf('\n', start)
  return at === -1 ? text.length : at + 1
}

function readStated(subject: Subject & { entryPoint: string }, text: string, start: number): Example | undefined {
  const labels = textBefore(text, start)
  const inputs = readEntries(subject, text, { from: start + labels.length, labelled: inputLabel.test(labels) })
  const values = inputs === undefined ? undefined : argumentsOf(subject, inputs.entries)
  if (inputs === undefined || values === undefined) return undefined
  const named = inputs.entries.every((entry) => entry.name !== undefined)
  // A line without a label that is no call is an example only as `value -> value`: anything else is a sentence about something.
  const value = readOutcome(text, inputs.end, named || inputLabel.test(labels) ? 'example' : labels.trim() === '' ? 'direct' : 'line')
  if (value === undefined) return undefined
  return { call: callOf(subject, values), expected: { kind: 'value', value: value.value, text: value.text }, start, end: value.end }
}

function textBefore(text: string, start: number): string {
  lead.lastIndex = start
  const found = lead.exec(text)?.[0] ?? /^[ \t]*/.exec(text.slice(start))![0]
  // `Input:` may have its values on the lines below it.
  const below = inputLabel.test(found) ? /^[ \t]*\n\s*/.exec(text.slice(start + found.length))?.[0] : undefined
  return found + (below ?? '')
}

function readEntries(subject: Subject, text: string, place: { from: number; labelled: boolean }): { entries: Entry[]; end: number } | undefined {
  const entries: Entry[] = []
  let end = place.from
  let at = place.from
  for (;;) {
    const entry = readEntry(subject, text, at)
    if (entry === undefined) break
    entries.push({ ...(entry.name === undefined ? {} : { name: entry.name }), value: entry.value })
    end = entry.end
    const next = place.labelled || entry.name !== undefined ? skip(lineBreak, text, end) : end
    at = next === end ? skip(separator, text, end) : next
  }
  return entries.length === 0 ? undefined : { entries, end }
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return from + (pattern.exec(text)?.[0].length ?? 0)
}

function readEntry(subject: Subject, text: string, from: number): (Entry & { end: number }) | undefined {
  nameBefore.lastIndex = from
  const found = nameBefore.exec(text)
  if (found === null) return readSpoken(text, from)
  const [whole, name = '', sign] = found
  // Without a sign between them only a parameter's own name makes the next word its value.
  if (notInputs.test(name) || (sign === '' && parameterIndex(subject, name) === -1)) return undefined
  const value = readSpoken(text, from + whole.length)
  return value === undefined || !isWholeAnswer(text.slice(0, value.end), value) ? undefined : { name, value: value.value, end: value.end }
}

function parameterIndex(subject: Subject, name: string): number {
  return subject.signature?.parameters.findIndex((parameter) => parameter.name.toLowerCase() === name.toLowerCase()) ?? -1
}

/** The values in the order of the parameters; undefined when they do not fill them. */
function argumentsOf(subject: Subject, entries: Entry[]): Value[] | undefined {
  const arity = arityOf(subject)
  const names = entries.flatMap((entry) => (entry.name === undefined ? [] : [entry.name]))
  if (names.length !== 0 && names.length !== entries.length) return undefined
  if (names.length === 0) return positional(subject, entries.map((entry) => entry.value))
  if (arity === undefined) return entries.map((entry) => entry.value)
  const places = names.map((name) => parameterIndex(subject, name))
  const known = places.filter((place) => place !== -1)
  if (!isArity(subject, entries.length) || new Set(known).size !== known.length) return undefined
  // Names that are no parameters stand for those that are left, in order; but all of them unknown says nothing.
  if (known.length < entries.length && (known.length === 0 || entries.length !== arity.least)) return undefined
  const free = Array.from({ length: entries.length }, (_, i) => i).filter((i) => !known.includes(i))
  const values: (Value | undefined)[] = Array.from({ length: entries.length })
  for (const [i, place] of places.entries()) values[place === -1 ? free.shift()! : place] = entries[i]!.value
  return values.includes(undefined) ? undefined : (values as Value[])
}

function positional(subject: Subject, values: Value[]): Value[] | undefined {
  const [only] = values
  if (values.some((value) => typeof value === 'string' && parameterIndex(subject, value) !== -1)) return undefined
  if (isArity(subject, values.length)) return values
  const inside = values.length === 1 && typeof only === 'object' && only !== null && '$' in only && only.$ === 'tuple' ? only.v : undefined
  return inside !== undefined && isArity(subject, inside.length) ? inside : undefined
}

/** The value that the text gives for the inputs before it: at once after an arrow, or behind `Output:`, `the result should be` and the like. */
function readOutcome(text: string, from: number, reach: 'line' | 'direct' | 'example'): Spoken | undefined {
  const line = text.indexOf('\n', from)
  const within = text.slice(0, reach === 'example' ? nextExample(text, from) : line === -1 ? text.length : line)
  const end = skip(direct, within, from)
  const value = end === from ? undefined : readSpoken(within, end)
  if (value !== undefined && isWholeAnswer(within, value)) return value
  return reach === 'direct' ? undefined : (behind(labelled, within, { from, reach }) ?? behind(modal, within, { from, reach }))
}

function behind(label: RegExp, within: string, place: { from: number; reach: string }): Spoken | undefined {
  label.lastIndex = place.from
  for (let found = label.exec(within); found !== null; found = label.exec(within)) {
    // `If 'x' is empty, return None` speaks about a value; it does not give one to the function.
    if (place.reach === 'line' && /\b(?:is|are|was|has|have|contains?)\b/i.test(within.slice(place.from, found.index))) return undefined
    const value = readSpoken(within, found.index + found[0].length)
    if (value !== undefined && isWholeAnswer(within, value)) return value
  }
  return undefined
}

function nextExample(text: string, from: number): number {
  const next = /\n[ \t]*(?:(?:example|input|sample|test|case|for|given|if|when|constraints?|notes?)\b|>>>|\d+[.)])/i.exec(text.slice(from, from + windowLength))
  return next === null ? Math.min(text.length, from + windowLength) : from + next.index
}
