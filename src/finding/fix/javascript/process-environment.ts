import { childOf, type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Fix } from '../fix.ts'
import type { Site } from '../site.ts'

/** A text in the source becomes a variable of the environment that is named for what it is. */
export const secretFromEnvironment: Fix = {
  title: 'The secret is read from the environment, where it must be provided; what stood here is known, and must be changed.',
  behaviour: 'may-change',
  edit: (site) => {
    if (/\b(?:document|window|localStorage)\s*\./.test(site.text)) return []
    const secret = secretAt(site)
    if (secret === undefined) return []
    const fallback = site.pathTo(secret.node).findLast(({ type }) => type === 'binary_expression')
    const left = fallback && childOf(fallback, 'left')
    // `process.env.KEY || 'text'`: what is asked for first is enough.
    if (
      fallback !== undefined &&
      left !== undefined &&
      /^process\.env[.[]/.test(site.textOf(left)) &&
      /^(?:\|\||\?\?)$/.test(childOf(fallback, 'operator')?.type ?? '')
    )
      return [[site.replace(fallback, site.textOf(left))]]
    return [[site.replace(secret.node, `process.env.${variableName(secret.name)}`)]]
  },
}

const keyPositions: Readonly<Record<string, number>> = { sign: 1, verify: 1, createHmac: 1, createCipheriv: 1, createDecipheriv: 1 }

function secretAt(site: Site): { node: SyntaxNode; name: string } | undefined {
  const { node } = site
  const call = childOf(node, 'arguments')
  if (call !== undefined) {
    const name = /(\w+)$/.exec(site.textOf(childOf(node, 'function') ?? node))?.[1] ?? ''
    const given = call.children.filter(({ named }) => named)[keyPositions[name] ?? -1]
    if (given?.type === 'string') return { node: given, name: /jwt|sign|verify/i.test(name) ? 'JWT_KEY' : 'SECRET_KEY' }
    return ofPair(
      site,
      [...walk(node)].find((child) => child.type === 'pair' && /secret|key|password/i.test(site.textOf(childOf(child, 'key') ?? child))),
    )
  }
  if (node.type === 'pair') return ofPair(site, node)
  // Compared with a variable that is not set, a password that was not sent would be right.
  if (node.type === 'binary_expression') return undefined
  const target = childOf(node, 'name') ?? childOf(node, 'left')
  const value = childOf(node, 'value') ?? childOf(node, 'right')
  const literal = value && [value, childOf(value, 'right')].find((one) => one?.type === 'string')
  return target === undefined || literal === undefined
    ? undefined
    : { node: literal, name: /(\w+)\W*$/.exec(site.textOf(target))?.[1] ?? 'SECRET' }
}

function ofPair(site: Site, pair: SyntaxNode | undefined): { node: SyntaxNode; name: string } | undefined {
  const [key, value] = [pair && childOf(pair, 'key'), pair && childOf(pair, 'value')]
  return key === undefined || value?.type !== 'string' ? undefined : { node: value, name: site.textOf(key).replace(/^['"]|['"]$/g, '') }
}

const variableName = (written: string) =>
  written
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase()
