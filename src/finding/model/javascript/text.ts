import type { CallEvent } from '../../engine/event.ts'
import { invoke } from '../../engine/callback.ts'
import type { Machine } from '../../engine/machine.ts'
import { bit, notAbsolute, oneSlash, rooted, webScheme } from '../../engine/taint.ts'
import {
  concatenate,
  constant,
  constantOf,
  derived,
  type Facts,
  listOf,
  marksOf,
  nothing,
  safeFor,
  tainted,
  textOf,
  type Value,
} from '../../engine/value.ts'
import { type CallModel, defineModel } from '../model.ts'
import { capturedBy } from '../pattern.ts'
import { shownByPrefix, shownByScheme } from '../prefix.ts'
import { isGlobal, leftBy, patternIn } from './regex.ts'

/** Changes the look of a text, not what it is: where it was safe or not it still is. */
function kept(change: (text: string) => string): CallModel {
  return {
    evaluate({ receiver, positional }) {
      const text = textOf(receiver)
      if (text !== undefined && positional.length === 0) return constant(change(text))
      return receiver === undefined ? undefined : { ...receiver, constants: undefined, facts: undefined, target: undefined }
    },
  }
}

/** `value.toString()`: a text from here on, whatever it was; in an encoding it is harmless. */
function toText({ receiver, positional }: CallEvent): Value | undefined {
  if (receiver === undefined) return undefined
  const known = constantOf(receiver)
  if (known !== undefined) return constant(String(known))
  const encoding = textOf(positional[0])
  if (encoding !== undefined && /^(hex|base64(url)?)$/.test(encoding) && receiver.type?.startsWith('random') !== true)
    return {
      ...safeFor(derived([receiver]), bit.html | bit.sql | bit.command | bit.path | bit.header | bit.log | bit.nosql | bit.code),
      type: 'str',
    }
  // `Math.random().toString(36)`
  return {
    ...receiver,
    constants: undefined,
    facts: undefined,
    target: undefined,
    type: receiver.type?.startsWith('random') === true ? receiver.type : 'str',
  }
}

function replace(call: CallEvent, machine: Machine): Value | undefined {
  const { receiver, positional, last } = call
  const [old, added] = positional
  if (receiver === undefined) return undefined
  const pattern = patternIn(old)
  const handed = [...capturedBy(pattern, receiver), { ...nothing, type: 'int' }, receiver]
  const to = added?.target?.kind === 'function' ? invoke(machine, added, handed, call) : added
  const text = textOf(receiver)
  const from = textOf(old)
  if (text !== undefined && from !== undefined && from !== '') return replaced(text, { from, to, all: last === 'replaceAll' })
  const result = { ...derived([receiver, to]), aspect: receiver.aspect, normal: receiver.normal && textOf(to) === '', type: 'str' }
  const everywhere = last === 'replaceAll' || isGlobal(old)
  return safeFor(result, leftBy({ pattern, text: from, everywhere, to: textOf(to) }))
}

function replaced(text: string, { from, to, all }: { from: string; to: Value | undefined; all: boolean }): Value {
  const known = textOf(to)
  if (known !== undefined) return constant(all ? text.replaceAll(from, () => known) : text.replace(from, () => known))
  const pieces = all ? text.split(from) : [text.slice(0, Math.max(0, text.indexOf(from))), text.slice(text.indexOf(from) + from.length)]
  if (!text.includes(from)) return constant(text)
  return concatenate(pieces.flatMap((piece, i) => (i === 0 || to === undefined ? [piece] : [to, piece])))
}

function split({ receiver, positional, node }: CallEvent, machine: Machine): Value | undefined {
  if (receiver === undefined) return undefined
  const separator = textOf(positional[0])
  const text = textOf(receiver)
  if (text !== undefined && separator !== undefined && separator !== '') {
    const parts = text.split(separator).slice(0, 100)
    return listOf(parts.map((part) => constant(part)))
  }
  if (text !== undefined && separator === '') return listOf(text.split('').slice(0, 100).map((part) => constant(part)))
  if (separator === '.') return listOf([], { ...derived([receiver]), aspect: receiver.aspect ?? 'extension', type: 'str' })
  // A test of one piece says nothing of the whole: the pieces are origins of their own.
  return listOf([], { ...tainted(machine.partOf(receiver.taints, '[]', node)), aspect: receiver.aspect, type: 'str' })
}

function piece({ receiver, positional, last }: CallEvent): Value | undefined {
  const text = textOf(receiver)
  const [from, to] = positional.map(constantOf)
  if (receiver === undefined) return undefined
  if (text !== undefined && typeof from === 'number' && (to === undefined || typeof to === 'number')) return constant(text.slice(from, to))
  if (receiver.items?.kind === 'list') {
    const { values, rest } = receiver.items
    return rest === undefined && typeof from === 'number' ? listOf(values.slice(from, typeof to === 'number' ? to : undefined)) : receiver
  }
  return {
    ...derived([receiver]),
    type: last === 'slice' && receiver.type !== 'str' ? undefined : 'str',
    aspect: receiver.aspect ?? 'part',
  }
}

/** One letter; drawn by chance, it says so. */
function charAt({ receiver, positional }: CallEvent): Value {
  const text = textOf(receiver)
  const at = constantOf(positional[0])
  if (text !== undefined && typeof at === 'number') return constant(text.charAt(at))
  return { ...derived([receiver]), taints: [...(receiver?.taints ?? []), ...marksOf(positional)], type: 'str' }
}

function startsWith({ receiver, positional }: CallEvent): Facts | undefined {
  if (receiver === undefined) return undefined
  const prefix = textOf(positional[0])
  const about = (bits: number) => receiver.taints.map(({ origin }) => ({ origin, bits }))
  // `path.relative(base, target)` leads out of the base when it begins with two dots.
  if (receiver.aspect === 'relative' && /^\.\.[/\\]?$/.test(prefix ?? '')) return { whenTrue: [], whenFalse: about(bit.path) }
  if (prefix === '/') return { whenTrue: about(rooted | webScheme), whenFalse: about(notAbsolute) }
  if (prefix === '-') return { whenTrue: [], whenFalse: about(bit.argument) }
  if (prefix === '//') return { whenTrue: [], whenFalse: about(oneSlash) }
  if (prefix === '.' || prefix === '..') return { whenTrue: [], whenFalse: [] }
  if (receiver.normal && prefix !== '') return { whenTrue: about(shownByPrefix(positional[0])), whenFalse: [] }
  if (prefix !== undefined && /^https?:\/\/[^/]+\/./.test(`${prefix}.`)) return { whenTrue: about(bit.ssrf | bit.redirect | webScheme), whenFalse: [] }
  const shown = shownByScheme([prefix])
  return shown === 0 ? undefined : { whenTrue: about(shown), whenFalse: [] }
}

function endsWith({ receiver, positional }: CallEvent): Facts | undefined {
  if (receiver === undefined) return undefined
  const whole = textOf(positional[0])?.startsWith('.') === true
  const bits = receiver.aspect === 'host' && whole ? bit.ssrf | bit.redirect : whole ? bit.upload : 0
  return { whenTrue: receiver.taints.map(({ origin }) => ({ origin, bits })), whenFalse: [] }
}

/** `Buffer.from(text, 'base64')`, `atob(text)`: what the text says once it is decoded. */
function decoded({ positional }: CallEvent, encoding: string | undefined): Value | undefined {
  const text = textOf(positional[0])
  if (text === undefined) return undefined
  if (encoding !== 'base64' && encoding !== 'hex' && encoding !== 'base64url') return constant(text, 'Buffer')
  return constant(Buffer.from(text, encoding).toString('latin1'), 'Buffer')
}

function spelt({ positional }: CallEvent): Value | undefined {
  const codes = positional.map(constantOf)
  return codes.every((code) => typeof code === 'number' && code >= 0 && code <= 0x10ffff)
    ? constant(String.fromCodePoint(...codes.map(Number)))
    : undefined
}

const number: CallModel = { from: 'none', returns: 'int' }

function toNumber({ positional }: CallEvent): Value {
  const known = constantOf(positional[0])
  return known !== undefined && known !== null && positional.length === 1 && !Number.isNaN(Number(known))
    ? constant(Number(known))
    : { ...nothing, type: 'int' }
}

const methods: Record<string, CallModel> = {
  trim: kept((text) => text.trim()),
  trimStart: kept((text) => text.trimStart()),
  trimEnd: kept((text) => text.trimEnd()),
  toLowerCase: kept((text) => text.toLowerCase()),
  toUpperCase: kept((text) => text.toUpperCase()),
  toLocaleLowerCase: kept((text) => text.toLowerCase()),
  normalize: kept((text) => text),
  padStart: kept((text) => text),
  padEnd: kept((text) => text),
  valueOf: kept((text) => text),
  toString: { evaluate: toText },
  toFixed: number,
  charCodeAt: number,
  codePointAt: number,
  localeCompare: number,
  replace: { runs: true, evaluate: replace },
  replaceAll: { runs: true, evaluate: replace },
  split: { evaluate: split },
  slice: { evaluate: piece },
  substring: { evaluate: piece },
  substr: { evaluate: piece },
  charAt: { evaluate: charAt },
  startsWith: { from: 'none', facts: startsWith },
  endsWith: { from: 'none', facts: endsWith },
}

const encoded: CallModel = {
  from: 0,
  returns: 'str',
  safe: ['html', 'header', 'path', 'redirect', 'log', 'command', 'ldap', 'xpath', 'sql', 'nosql', 'xml', 'code'],
}
const cleanHtml: CallModel = { from: 0, returns: 'str', safe: ['html', 'xml', 'xpath'] }
const proves: CallModel = { from: 'none', proves: { of: 0, safe: 'everything' } }

export const text = defineModel({
  name: 'text',
  ambient: {
    DOMPurify: 'dompurify',
    validator: 'validator',
    he: 'he',
    xss: 'xss',
    sanitizeHtml: 'sanitize-html',
    escapeHtml: 'escape-html',
  },
  aliases: {
    'isomorphic-dompurify': 'dompurify',
    'validator/validator': 'validator',
    'express-validator.validator': 'validator',
    'Number.parseInt': 'parseInt',
    'Number.parseFloat': 'parseFloat',
    'window.encodeURIComponent': 'encodeURIComponent',
    'html-entities.encode': 'escape-html',
    'he.encode': 'escape-html',
    'he.escape': 'escape-html',
    'lodash.escape': 'escape-html',
    'underscore.escape': 'escape-html',
    'validator.escape': 'escape-html',
    'entities.encodeHTML': 'escape-html',
    'entities.escape': 'escape-html',
    'ejs.escapeXML': 'escape-html',
    'handlebars.escapeExpression': 'escape-html',
    'handlebars.Utils.escapeExpression': 'escape-html',
    'mustache.escape': 'escape-html',
    'pug.escape': 'escape-html',
    'escape-goat.htmlEscape': 'escape-html',
    'sanitize-html': 'dompurify.sanitize',
    xss: 'dompurify.sanitize',
    'xss-filters.inHTMLData': 'escape-html',
    'Bun.escapeHTML': 'escape-html',
    querystring: 'querystring',
  },
  values: {
    '*.length': { type: 'int', aspect: 'size', safe: 'everything' },
    '*.size': { type: 'int', aspect: 'size', safe: 'everything' },
  },
  calls: {
    ...Object.fromEntries(Object.entries(methods).map(([name, model]) => [`*.${name}`, model])),
    String: { evaluate: ({ positional }) => ({ ...(positional[0] ?? constant('')), facts: undefined, target: undefined, type: 'str' }) },
    Number: { evaluate: toNumber },
    parseInt: { evaluate: toNumber },
    parseFloat: { evaluate: toNumber },
    BigInt: { evaluate: toNumber },
    Boolean: { evaluate: ({ positional }) => ({ ...nothing, type: 'bool', facts: positional[0]?.facts }) },
    'Number.isInteger': proves,
    'Number.isSafeInteger': proves,
    'Number.isFinite': proves,
    isNaN: {
      from: 'none',
      facts: ({ positional }) => ({
        whenTrue: [],
        whenFalse:
          positional[0]?.type === undefined
            ? (positional[0]?.taints.map(({ origin }) => ({ origin, bits: bit.sql | bit.command | bit.path | bit.html | bit.code })) ?? [])
            : [],
      }),
    },
    'Date.now': number,
    'Date.parse': number,
    encodeURIComponent: encoded,
    escape: encoded,
    encodeURI: { from: 0, returns: 'str', safe: ['header', 'log', 'sql', 'nosql', 'html'] },
    decodeURIComponent: { from: 0 },
    decodeURI: { from: 0 },
    unescape: { from: 0 },
    atob: { evaluate: (call) => decoded(call, 'base64') ?? derived(call.positional) },
    'String.fromCharCode': { evaluate: spelt },
    'String.fromCodePoint': { evaluate: spelt },
    btoa: encoded,
    'Buffer.from': { from: 0, returns: 'Buffer', evaluate: (call) => decoded(call, textOf(call.positional[1])) },
    'Buffer.alloc': { from: 'none', returns: 'Buffer.zero' },
    'JSON.parse': { from: 0 },
    'JSON.stringify': {
      evaluate: ({ positional }) => ({ ...safeFor(derived([positional[0]]), bit.log | bit.header | bit.nosql), type: 'str' }),
    },
    'querystring.parse': { from: 0 },
    'qs.parse': { from: 0 },
    'querystring.stringify': encoded,
    'qs.stringify': encoded,
    'querystring.escape': encoded,
    'escape-html': cleanHtml,
    'dompurify.sanitize': cleanHtml,
    'sanitize-filename': { from: 0, returns: 'str', safe: ['path', 'header'] },
    ...Object.fromEntries(['isInt', 'isNumeric', 'isAlphanumeric', 'isAlpha', 'isUUID', 'isMongoId', 'isHexadecimal', 'isBoolean', 'isIn', 'isSlug', 'isPort', 'isDecimal', 'isFloat', 'isISO8601', 'isDate', 'isMD5'].map((name) => [`validator.${name}`, proves])), // prettier-ignore
    'uuid.validate': proves,
  },
})
