import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Fix } from '../fix.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'
import { fromEnvironment, variableName } from './literal.ts'

/** A text in the source becomes a variable of the environment that is named for what it is. */
export const secretFromEnvironment: Fix = {
  title: 'The secret is read from the environment, where it must be provided; what stood here is known, and must be changed.',
  behaviour: 'may-change',
  edit: (site) => {
    const secret = secretAt(site)
    const value = secret && fromEnvironment(site, secret.name, secret.node)
    if (
      secret === undefined ||
      value === undefined ||
      site.pathTo(secret.node).some(({ type }) => type === 'default_parameter' || type === 'typed_default_parameter')
    )
      return []
    const encoded = /^\w*b/i.test(site.textOf(secret.node)) ? '.encode()' : ''
    return [[...value.edits, site.replace(secret.node, value.text + encoded)]] satisfies Edit[][]
  },
}

function secretAt(site: Site): { node: SyntaxNode; name: string } | undefined {
  const { node } = site
  const call = Call.at(site, node)
  if (call !== undefined) return inCall(call)
  if (node.type === 'comparison_operator') {
    const literal = node.children.find(({ type }) => type === 'string')
    const other = node.children.find((child) => child.named && child !== literal)
    return literal && other && { node: literal, name: variableName(lastName(site.textOf(other))) }
  }
  const holder = site.around('assignment', 'keyword_argument', 'pair')
  const target = holder && (childOf(holder, 'left') ?? childOf(holder, 'name') ?? childOf(holder, 'key'))
  const value = holder && (childOf(holder, 'right') ?? childOf(holder, 'value'))
  const literal = value?.type === 'string' ? value : childOf(childOf(value ?? node, 'function') ?? node, 'object')
  return target === undefined || literal?.type !== 'string'
    ? undefined
    : { node: literal, name: variableName(lastName(site.textOf(target))) }
}

/** A key or a password among a call's arguments. */
function inCall(call: Call): { node: SyntaxNode; name: string } | undefined {
  const area = /^(?:jwt|hmac|smtplib|imaplib|ftplib)\b/.exec(call.name)?.[0].replace(/lib$/, '') ?? ''
  const of = (what: string) => variableName(area === '' ? what : `${area}_${what}`)
  const auth = call.argument(-1, 'auth', 'basic_auth')?.value
  const inner = Call.at(call.site, auth)
  if (inner !== undefined) return inCall(inner)
  const password =
    auth?.type === 'tuple'
      ? auth.children.filter(({ named }) => named)[1]
      : /(?:Auth|login)$/.test(call.last)
        ? call.argument(1, 'password')?.value
        : undefined
  if (password !== undefined) return password.type === 'string' ? { node: password, name: of('password') } : undefined
  const key = call.argument(-1, 'key', 'SECRET_KEY') ?? call.argument(call.name.startsWith('jwt.') ? 1 : 0)
  const literal = key?.value.type === 'string' ? key.value : key && childOf(childOf(key.value, 'function') ?? key.value, 'object')
  return literal?.type === 'string' ? { node: literal, name: of(key?.keyword === 'SECRET_KEY' ? 'secret_key' : 'key') } : undefined
}

/** `SECRET_KEY` of `app.config["SECRET_KEY"]`. */
const lastName = (text: string) => /(\w+)\W*$/.exec(text)?.[1] ?? 'SECRET'
