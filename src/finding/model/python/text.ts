import { digits } from '../../engine/arithmetic.ts'
import type { CallEvent } from '../../engine/event.ts'
import { bit, everything, notAbsolute, oneSlash, rooted, webScheme } from '../../engine/taint.ts'
import { concatenate, constant, constantOf, derived, elementOf, type Facts, listOf, nothing, safeFor, textOf, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, sink } from '../model.ts'
import { shownByPrefix, shownByScheme } from '../prefix.ts'

/** Changes the look of a text, not what it is: where it was safe or not it still is. */
function kept(change: (text: string) => string): CallModel {
  return {
    evaluate({ receiver, positional }) {
      const text = textOf(receiver)
      if (text !== undefined && positional.length === 0) return constant(change(text))
      return receiver === undefined ? nothing : { ...receiver, constants: undefined, facts: undefined, target: undefined }
    },
  }
}

/** `'{} and {name}'.format(...)`, each value at its place. */
function format(call: CallEvent): Value {
  const text = textOf(call.receiver)
  const given = [...call.positional, ...call.keywords.values(), ...call.spread]
  if (text === undefined) return derived([call.receiver, ...given])
  const pieces: (string | Value)[] = []
  let next = 0
  let end = 0
  for (const match of text.matchAll(/\{\{|\}\}|\{([^{}:!]*)(![rsa])?(:[^{}]*(?:\{[^}]*\}[^{}]*)*)?\}/g)) {
    pieces.push(text.slice(end, match.index))
    end = match.index + match[0].length
    if (match[0] === '{{' || match[0] === '}}') pieces.push(match[0].charAt(0))
    else {
      const field = /^\w*/.exec(match[1] ?? '')?.[0] ?? ''
      const value = field === '' ? call.positional[next++] : /^\d+$/.test(field) ? call.positional[Number(field)] : call.keywords.get(field)
      const whole = value ?? (call.spread[0] === undefined ? nothing : elementOf(call.spread[0]))
      const numeric = /^:[^}]*[dxXobeEfFgGn%]$/.test(match[3] ?? '')
      pieces.push(numeric ? digits(whole) : field.length < (match[1] ?? '').length ? derived([whole]) : whole)
    }
  }
  return concatenate([...pieces, text.slice(end)])
}

function joinText({ receiver, positional }: CallEvent): Value {
  const list = positional[0]
  const separator = textOf(receiver)
  if (list?.items?.kind === 'list' && list.items.rest === undefined && list.items.values.length <= 12) {
    const between = receiver ?? nothing
    return concatenate(list.items.values.flatMap((value, i) => (i === 0 ? [value] : [between, value])))
  }
  const element = list === undefined ? nothing : elementOf(list)
  return concatenate(separator === undefined ? [derived([receiver, element])] : [element, separator, element])
}

function replace({ receiver, positional }: CallEvent): Value {
  const [old, added] = positional
  const text = textOf(receiver)
  const from = textOf(old)
  const to = textOf(added)
  if (text !== undefined && from !== undefined && from !== '') {
    if (to !== undefined) return constant(text.replaceAll(from, to))
    return concatenate(text.split(from).flatMap((piece, i) => (i === 0 || added === undefined ? [piece] : [added, piece])))
  }
  const result = { ...derived([receiver, added]), aspect: receiver?.aspect, type: receiver?.type }
  if (from !== undefined && /^[\r\n]+$/.test(from)) return safeFor(result, bit.log | bit.header)
  return from === '<' ? safeFor(result, bit.html) : result
}

function split({ receiver, positional }: CallEvent): Value {
  const separator = textOf(positional[0])
  const text = textOf(receiver)
  if (text !== undefined && separator !== undefined && separator !== '')
    return listOf(
      text
        .split(separator)
        .slice(0, 100)
        .map((part) => constant(part)),
    )
  return listOf([], { ...derived([receiver]), aspect: separator === '.' ? 'extension' : 'part' })
}

function startsWith({ receiver, positional }: CallEvent): Facts | undefined {
  if (receiver === undefined) return undefined
  const prefix = textOf(positional[0])
  const about = (bits: number) => receiver.taints.map(({ origin }) => ({ origin, bits }))
  if (receiver.normal) return { whenTrue: about(shownByPrefix(positional[0])), whenFalse: [] }
  if (prefix === '/') return { whenTrue: about(rooted | webScheme), whenFalse: about(notAbsolute) }
  const listed = positional[0]?.items?.kind === 'list' ? positional[0].items.values.map(textOf) : [prefix]
  if (listed.includes('-')) return { whenTrue: [], whenFalse: about(bit.argument) }
  if (listed.includes('//')) return { whenTrue: [], whenFalse: about(oneSlash) }
  if (prefix !== undefined && /^https?:\/\/[^/]+\/./.test(`${prefix}.`)) return { whenTrue: about(bit.ssrf | bit.redirect | webScheme), whenFalse: [] }
  const shown = shownByScheme(listed)
  return shown === 0 ? undefined : { whenTrue: about(shown), whenFalse: [] }
}

function endsWith({ receiver, positional }: CallEvent): Facts | undefined {
  if (receiver === undefined) return undefined
  const suffixes = positional[0]?.items?.kind === 'list' ? positional[0].items.values.map(textOf) : [textOf(positional[0])]
  const about = (bits: number) => receiver.taints.map(({ origin }) => ({ origin, bits }))
  const whole = suffixes.every((suffix) => suffix?.startsWith('.'))
  return { whenTrue: about(receiver.aspect === 'host' && whole ? bit.ssrf | bit.redirect : whole ? bit.upload : 0), whenFalse: [] }
}

/** Bytes and the text that they spell are the same here. */
const recoded: CallModel = {
  evaluate({ receiver }) {
    const text = textOf(receiver)
    if (text !== undefined) return constant(text)
    return receiver === undefined ? nothing : { ...receiver, constants: undefined, facts: undefined, target: undefined }
  },
}

/** What a text says once it is decoded. */
const spelt = (encoding: 'base64' | 'hex'): CallModel => ({
  evaluate: (call) => {
    const text = textOf(call.positional[0])
    if (text === undefined) return encoding === 'hex' ? derived(call.positional) : decoded(call)
    return constant(Buffer.from(text, encoding).toString('latin1'), 'bytes')
  },
})

function letter({ positional }: CallEvent): Value {
  const code = constantOf(positional[0])
  return typeof code === 'number' && code >= 0 && code <= 0x10ffff ? constant(String.fromCodePoint(code)) : { ...nothing, type: 'str' }
}

/** In its encoded form a text is harmless; decoded it is what it was. */
function encoded({ positional }: CallEvent): Value {
  return { ...nothing, type: 'bytes', items: { kind: 'map', entries: new Map([['decoded', positional[0] ?? nothing]]), rest: undefined } }
}

function decoded({ positional }: CallEvent): Value {
  const [value] = positional
  return (value?.items?.kind === 'map' ? value.items.entries.get('decoded') : undefined) ?? { ...derived(positional), type: 'bytes' }
}

const plain: CallModel = { proves: { of: 'receiver', safe: 'everything' }, from: 'none' }

const methods: Record<string, CallModel> = {
  format: { evaluate: format },
  format_map: { evaluate: ({ receiver, positional }) => derived([receiver, positional[0]]) },
  join: { evaluate: joinText },
  replace: { evaluate: replace },
  split: { evaluate: split },
  rsplit: { evaluate: split },
  splitlines: { evaluate: ({ receiver }) => listOf([], safeFor(derived([receiver]), bit.log | bit.header)) },
  partition: { evaluate: split },
  rpartition: { evaluate: split },
  strip: kept((text) => text.trim()),
  lstrip: kept((text) => text.trimStart()),
  rstrip: kept((text) => text.trimEnd()),
  lower: kept((text) => text.toLowerCase()),
  upper: kept((text) => text.toUpperCase()),
  title: kept((text) => text),
  capitalize: kept((text) => text),
  casefold: kept((text) => text.toLowerCase()),
  encode: recoded,
  decode: recoded,
  zfill: kept((text) => text),
  ljust: kept((text) => text),
  rjust: kept((text) => text),
  hex: { from: 'none', returns: 'str', safe: 'everything' },
  removeprefix: kept((text) => text),
  removesuffix: kept((text) => text),
  expandtabs: kept((text) => text),
  startswith: { from: 'none', facts: startsWith },
  endswith: { from: 'none', facts: endsWith },
  isdigit: plain,
  isdecimal: plain,
  isnumeric: plain,
  isalnum: plain,
  isalpha: plain,
  isidentifier: plain,
  find: { from: 'none', returns: 'int' },
  rfind: { from: 'none', returns: 'int' },
  index: { from: 'none', returns: 'int' },
  count: { from: 'none', returns: 'int' },
  translate: { evaluate: ({ receiver }) => safeFor(derived([receiver]), everything) },
}

const starred = Object.fromEntries(Object.entries(methods).map(([name, model]) => [`*.${name}`, model]))

/** What a text is in another spelling; in one that is no plain encoding (rot13) it is another text. */
function respelt({ positional: [given = nothing, encoding] }: CallEvent): Value {
  const isPlain = encoding === undefined || /^(utf|ascii|latin|iso-8859|cp125)/i.test(textOf(encoding) ?? '')
  return isPlain ? { ...nothing, taints: given.taints, templates: given.templates, constants: given.constants, aspect: given.aspect } : derived([given])
}

export const text = defineModel({
  name: 'text',
  ambient: { markdown: 'markdown.markdown', textwrap: 'textwrap' },
  calls: {
    ...starred,
    str: { evaluate: ({ positional }) => ({ ...(positional[0] ?? constant('')), type: positional[0]?.type ?? 'str', facts: undefined }) },
    repr: { from: 'arguments', safe: ['log', 'header'] },
    bytes: { evaluate: ({ positional }) => ({ ...(positional[0] ?? nothing), type: 'bytes' }) },
    bytearray: { from: 'arguments', returns: 'bytes' },
    ascii: { from: 'arguments', safe: ['log', 'header'] },
    chr: { evaluate: letter },
    format: { from: 'arguments' },
    'markdown.markdown': { from: 0, returns: 'html.Unclean' },
    'mistune.html': { from: 0, returns: 'html.Unclean' },
    'mistune.markdown': { from: 0, returns: 'html.Unclean' },
    'textwrap.dedent': { evaluate: ({ positional }) => positional[0] },
    'string.Template': { from: 0, returns: 'string.Template' },
    'string.Template.substitute': { from: 'all' },
    'string.Template.safe_substitute': { from: 'all' },
    ...Object.fromEntries(
      ['b64', 'urlsafe_b64', 'standard_b64', 'b32', 'b16', 'b85', 'a85'].flatMap((code) => [
        [`base64.${code}encode`, { evaluate: encoded }],
        [`base64.${code}decode`, { evaluate: decoded }],
      ]),
    ),
    'base64.b64decode': spelt('base64'),
    'base64.urlsafe_b64decode': spelt('base64'),
    'json.loads': { from: 0 },
    'json.load': { from: 0 },
    'json.dumps': { from: 0, safe: ['log', 'header', 'sql', 'path'] },
    'ast.literal_eval': { from: 0 },
    'codecs.decode': { evaluate: respelt },
    'codecs.encode': { evaluate: respelt },
    'binascii.unhexlify': spelt('hex'),
    'bytes.fromhex': spelt('hex'),
    'uuid.UUID': { from: 'none', returns: 'int' },
    'uuid.uuid4': { from: 'none', returns: 'int' },
  },
  aliases: {
    'simplejson.loads': 'json.loads',
    'simplejson.dumps': 'json.dumps',
    'ujson.loads': 'json.loads',
    'orjson.loads': 'json.loads',
  },
  sinks: {
    '*.format': [sink('format', 'receiver')],
    '*.format_map': [sink('format', 'receiver')],
  },
})
