import { childOf, type SyntaxNode } from '../syntax/tree.ts'
import type { Definition } from './definition.ts'

const names = new Set(['identifier', 'property_identifier', 'private_property_identifier', 'shorthand_property_identifier', 'type_identifier'])
// Called by the language, or by whoever has the object, without its name.
const implicit = /^(?:__\w+__|constructor|toString|valueOf|toJSON)$/

/** Names that each definition mentions itself, those of nested definitions apart; under `undefined` those of the code outside of all. */
export function mentionsOf(text: string, root: SyntaxNode, definitions: readonly Definition[]): Map<Definition | undefined, Set<string>> {
  const byNode = new Map(definitions.map((definition) => [definition.whole, definition]))
  const mentions = new Map<Definition | undefined, Set<string>>([[undefined, new Set()], ...definitions.map((definition): [Definition, Set<string>] => [definition, new Set()])])
  const pending: { node: SyntaxNode; owner: Definition | undefined }[] = [{ node: root, owner: undefined }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next
    const owner = byNode.get(node) ?? next.owner
    for (const child of node.children) {
      const defines = owner !== undefined && (child.field === 'name' || child.field === 'left' || child.field === 'property') && child.end <= owner.body.start
      if (!defines) pending.push({ node: child, owner })
    }
    if (node.children.length === 0 && names.has(node.type)) mentions.get(owner)?.add(text.slice(node.start, node.end).replace(/^#/, ''))
  }
  return mentions
}

/**
 * The definitions that a program reaches from its entry point and from the code outside of every definition, by name: more may be reached than
 * is called, never less. All of them where the program does not define the entry point.
 */
export function reachable(definitions: readonly Definition[], mentions: ReadonlyMap<Definition | undefined, ReadonlySet<string>>, entryPoint: string | undefined): Set<Definition> {
  if (entryPoint === undefined || !definitions.some(({ name, within }) => name === entryPoint && within.length === 0)) return new Set(definitions)
  const byName = Map.groupBy(definitions, ({ name }) => name)
  const inside = Map.groupBy(definitions, ({ outer }) => outer)
  const reached = new Set<Definition>()
  const mentioned = new Set<string>()
  const pending: Definition[] = []
  // Each definition is looked at when its name is first mentioned and when the one around it is reached: what is hostile costs no more than what is large.
  const consider = (definition: Definition) => {
    const { name, outer } = definition
    if (reached.has(definition) || (outer !== undefined && !reached.has(outer))) return
    if (!mentioned.has(name) && !(outer !== undefined && implicit.test(name))) return
    reached.add(definition)
    pending.push(definition)
  }
  const mention = (name: string) => {
    if (mentioned.has(name)) return
    mentioned.add(name)
    for (const definition of byName.get(name) ?? []) consider(definition)
  }
  for (const name of [entryPoint, ...(mentions.get(undefined) ?? [])]) mention(name)
  for (let definition = pending.pop(); definition !== undefined; definition = pending.pop()) {
    for (const name of mentions.get(definition) ?? []) mention(name)
    for (const inner of inside.get(definition) ?? []) consider(inner)
  }
  return reached
}

/** Names that are called anywhere below a node, in the order of the alphabet. */
export function callsIn(text: string, root: SyntaxNode): string[] {
  const called = new Set<string>()
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    pending.push(...node.children)
    if (!/^(?:call|call_expression|new_expression)$/.test(node.type)) continue
    const callee = childOf(node, 'function') ?? childOf(node, 'constructor')
    const last = callee && (childOf(callee, 'attribute') ?? childOf(callee, 'property') ?? callee)
    if (last !== undefined && names.has(last.type)) called.add(text.slice(last.start, last.end))
  }
  return [...called].sort()
}
