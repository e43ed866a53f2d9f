import type { Expression } from '../ir/expression.ts'
import { formsOf, type Template, type Value } from '../engine/value.ts'
import { nameIn } from './expression.ts'
import { nameOfOrigin } from './origin.ts'

const hostText = /^([a-z0-9-]+\.)+(com|org|net|io|dev|app|co|edu|gov|info|biz|[a-z]{2}\.[a-z]{2})$/i
const singleHost = /^((allowed|trusted|known|base|root|my|our)_)?(domain|host)(_?name)?$/
const listOfHosts = /(^|_)(hosts|domains|host_?names|domain_?names|netlocs)$/
const listOfAllowed = /^(allowed|allow_?list|white_?list|permitted|trusted|approved)$/
// What refuses too much lets nobody in, and what is ours by its name asks no stranger.
const refused = /block|den(y|ied)|black|bad|ignor|exclud|skip|no_?proxy|forbid|banned|private|internal|local/
const collection = /([^s]s|list|set|map|dict|cache|table|index|registry|pool|store|queue|allowed|permitted|trusted)$/

const words = (name: string) => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_').toLowerCase()

/** Whether a text is the name of a host as it is written in lists of hosts. */
export const isHostText = (text: unknown): boolean => typeof text === 'string' && hostText.test(text)

/** Whether a value is the name of a host: by its text, by what it is called, or as one of a list of hosts. */
export function namesHost(value: Value | undefined, expression?: Expression): boolean {
  if (value === undefined) return false
  const called = words(nameIn(expression))
  if (value.constants !== undefined) return value.constants.some(isHostText) && !refused.test(called)
  if (value.templates !== undefined) return false
  const origins = value.taints.map(({ origin }) => words(nameOfOrigin(origin)))
  if (refused.test(called) || origins.some((name) => refused.test(name))) return false
  return singleHost.test(called) || origins.some((name) => listOfHosts.test(name) || listOfAllowed.test(name))
}

/** Whether a value begins with a scheme and ends with the name of a host, after which others may go on. */
export function endsAtHost(value: Value | undefined): boolean {
  return value !== undefined && formsOf(value)?.some(isOpen) === true
}

function isOpen([scheme, host, ...more]: Template): boolean {
  if (typeof scheme !== 'string' || more.length > 0) return false
  if (host === undefined) return /^https?:\/\/([a-z0-9-]+\.)+[a-z]{2,}$/i.test(scheme)
  return /^(https?:)?\/\/(www\.)?$/i.test(scheme) && typeof host !== 'string' && namesHost(host)
}

/** Whether something holds addresses or hosts, and is none itself: asking what is in it compares them whole. */
export function isCollection(value: Value, expression: Expression | undefined): boolean {
  return value.items !== undefined || /^(list|dict|Set|Map)$/.test(value.type ?? '') || collection.test(words(nameIn(expression)))
}
