import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'

export interface Pair {
  readonly node: SyntaxNode
  readonly name: string
  readonly value: SyntaxNode
}

/** The options written in an object. */
export function pairsOf(site: Site, object: SyntaxNode): Pair[] {
  return object.children.flatMap((node) => {
    const [key, value] = [childOf(node, 'key'), childOf(node, 'value')]
    return node.type !== 'pair' || key === undefined || value === undefined
      ? []
      : [{ node, name: site.textOf(key).replace(/^['"]|['"]$/g, ''), value }]
  })
}

/** All options at the finding's place: the one it is, those below it, and those of a constant object that it is given. */
export function optionsAt(site: Site): Pair[] {
  const pair = site.around('pair')
  const isHere =
    pair !== undefined && pair.end === site.finding.span.end + site.shift && pair.start === site.finding.span.start + site.shift
  const below = isHere ? [] : [...walk(site.node)].filter(({ type }) => type === 'object')
  const names = isHere ? [] : [...walk(site.node)].filter(({ type }) => type === 'identifier').map((node) => site.textOf(node))
  const apart = [...walk(site.root)]
    .filter((node) => node.type === 'variable_declarator' && names.includes(site.textOf(childOf(node, 'name') ?? node)))
    .map((node) => childOf(node, 'value'))
  const objects = [...below, ...apart.filter((node) => node?.type === 'object')]
  return isHere ? pairsOf(site, { ...pair, children: [pair] }) : objects.flatMap((object) => pairsOf(site, object!))
}

/** Options that have one value get the other: `{ noent: ['true', 'false'] }`. */
export function changedOptions(changes: Readonly<Record<string, readonly [RegExp, string]>>): (site: Site) => Edit[][] {
  return (site) => {
    const edits = optionsAt(site).flatMap(({ name, value }) => {
      const change = Object.hasOwn(changes, name) ? changes[name] : undefined
      return change !== undefined && change[0].test(site.textOf(value)) ? [site.replace(value, change[1])] : []
    })
    return edits.length === 0 ? [] : [edits]
  }
}

/** Takes an option out of its object. */
export function without(site: Site, { node }: Pair): Edit[] {
  const object = site.pathTo(node).findLast(({ type }) => type === 'object')
  const entries = object?.children.filter(({ named }) => named) ?? []
  const at = entries.indexOf(node)
  const [before, after] = [entries[at - 1], entries[at + 1]]
  if (before !== undefined) return [site.replace({ start: before.end, end: node.end }, '')]
  if (after === undefined && object !== undefined) return [site.replace(object, '{}')]
  return [site.replace({ start: node.start, end: after?.start ?? node.end }, '')]
}
