import type { CallEvent } from '../../engine/event.ts'
import { bit, everything, noDots } from '../../engine/taint.ts'
import { derived, type Facts, nothing, textOf, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, sink } from '../model.ts'
import { isAnchored, schemeShownBy, shownBy } from '../pattern.ts'

/** The text of a pattern object. */
export function patternIn(value: Value | undefined): string | undefined {
  return value?.type === 'RegExp' && value.items?.kind === 'map' ? textOf(value.items.entries.get('source')) : undefined
}

function flagsIn(value: Value | undefined): string {
  return (value?.items?.kind === 'map' ? textOf(value.items.entries.get('flags')) : undefined) ?? ''
}

export const isGlobal = (value: Value | undefined) => flagsIn(value).includes('g')

function made({ positional }: CallEvent): Value {
  const [source = nothing, flags] = positional
  const copied = patternIn(source) === undefined ? source : { ...nothing, constants: [patternIn(source) ?? ''] }
  const entries = new Map([
    ['source', copied],
    ['flags', flags ?? { ...nothing, constants: [''] }],
  ])
  return { ...nothing, type: 'RegExp', items: { kind: 'map', entries, rest: undefined } }
}

/** What a text is known to be when it matches, and when it does not. */
export function matchFacts(pattern: Value | undefined, subject: Value | undefined): Facts | undefined {
  const source = patternIn(pattern) ?? textOf(pattern)
  if (source === undefined || subject === undefined) return undefined
  const about = (bits: number) => (bits === 0 ? [] : subject.taints.map(({ origin }) => ({ origin, bits })))
  // With `m` the anchors hold for one line.
  const whole = isAnchored(source, 'search') && !flagsIn(pattern).includes('m')
  return { whenTrue: about((whole ? shownBy(source) : hostShownBy(source)) | schemeShownBy(source, 'search')), whenFalse: about(lacking(source)) }
}

// `/^https:\/\/example\.com\//`: the host is ours, whatever follows.
function hostShownBy(source: string): number {
  // `/^\/[a-z]/`: a place on this site, and not `//another`.
  if (/^\^\\?\/(\[\^\\?\/|\[(?!\^)[^/\]]*\]|\(\?!\\?\/|[a-z]|\\w)/i.test(source)) return bit.redirect
  return /^\^https\??:(\\?\/){2}(?:[\w-]|\\\.|\(\?:|[()|])+(\\?\/|\[\/)/.test(source) ? bit.ssrf | bit.redirect : 0
}

/** What a text is safe for that holds nothing of the kind. */
function lacking(source: string): number {
  if (/^\^?\(?(?:\?:)?(?:__proto__|constructor|prototype)(?:\|(?:__proto__|constructor|prototype))*\)?\$?$/.test(source))
    return bit.reflection
  if (/^\^-+$/.test(source)) return bit.argument
  if (/\\\.\\\.|\\\.\{2/.test(source)) return noDots
  const set = /^\[(\^?)((?:\\.|[^\]\\])+)\][+*]?$/.exec(source)
  if (set === null) return /^(\\r|\\n|\\r\\n|\||\\r\?\\n)+$/.test(source) ? bit.header | bit.log : 0
  const [, negated, members = ''] = set
  return negated === '^' ? shownBy(`^[${members}]+$`) : without(members)
}

/** What is safe without these characters. */
function without(members: string): number {
  const has = (char: string) => members.includes(char)
  let bits = 0
  if (has('/') && (has('\\\\') || has('.'))) bits |= bit.path
  if ([';', '&', '|', '`', '$'].filter(has).length >= 4) bits |= bit.command
  if (has('<') && has('>')) bits |= bit.html
  if (has("'") && (has('"') || has(';'))) bits |= bit.sql
  return /\\r|\\n/.test(members) ? bits | bit.header | bit.log : bits
}

/** What a text is safe for after everything that matches was replaced by `to`. */
export function leftBy(options: {
  pattern: string | undefined
  text: string | undefined
  everywhere: boolean
  to: string | undefined
}): number {
  const { pattern, text, everywhere, to } = options
  if (text !== undefined) return everywhere ? leftByText(text, to) : 0
  if (pattern === undefined) return 0
  // `path.normalize(x).replace(/^(\.\.(\/|\\|$))+/, '')`
  if (/^\^\(?(\?:)?\(?\\\.\\\./.test(pattern) && /\+\)?$/.test(pattern)) return noDots
  if (!everywhere) return 0
  if (/^(\\\.){1,2}$|^\\\.\{2,?\}$|^\\\.\+$/.test(pattern) || /^\[\\?\.[^\]]*\]\+?$/.test(pattern)) return noDots
  if (to !== undefined && /^\(?\[\^[^\]]*\][+*]?\)?$/.test(pattern))
    return shownBy(`^${pattern.replace('[^', '[')}$`) & (isPlain(to) ? everything : 0)
  const set = /^\[((?:\\.|[^\]\\])+)\][+*]?$/.exec(pattern)?.[1]
  if (set !== undefined) return set.includes('<') ? bit.html | without(set) : without(set)
  return leftByText(
    pattern.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char === 'r' ? '\r' : char)),
    to,
  )
}

const isPlain = (text: string) => /^[\w-]*$/.test(text)

function leftByText(text: string, to: string | undefined): number {
  if (text === '<' && to !== undefined) return bit.html
  if (text === '..') return noDots
  if (/^[\r\n]+$|^\r\??\n$|^\r\?\n$|^\n\|\r$|^\r\|\n$/.test(text)) return bit.header | bit.log
  return text === "'" && (to === "''" || to === "\\'") ? bit.sql : 0
}

const subjectOf = (call: CallEvent) => call.positional[0]
const asking: CallModel = { from: 'none', facts: (call) => matchFacts(call.receiver, subjectOf(call)) }
const matching: CallModel = {
  evaluate: ({ receiver, positional }) =>
    receiver === undefined ? undefined : { ...derived([receiver]), facts: matchFacts(positional[0], receiver) },
}

export const regex = defineModel({
  name: 'regex',
  aliases: { XRegExp: 'RegExp', re2: 'RegExp', RE2: 'RegExp' },
  calls: {
    RegExp: { evaluate: made },
    'RegExp.test': asking,
    'RegExp.exec': { evaluate: (call) => ({ ...derived([subjectOf(call)]), facts: matchFacts(call.receiver, subjectOf(call)) }) },
    '*.test': asking,
    '*.match': matching,
    '*.matchAll': { evaluate: ({ receiver }) => receiver && derived([receiver]) },
    'validator.matches': { from: 'none', facts: ({ positional }) => matchFacts(positional[1], positional[0]) },
    'escape-string-regexp': { from: 0, safe: ['regex'] },
    'lodash.escapeRegExp': { from: 0, safe: ['regex'] },
    'RegExp.escape': { from: 0, safe: ['regex'] },
  },
  sinks: { RegExp: [sink('regex', 0)], '*.match': [sink('regex', 0)] },
})
