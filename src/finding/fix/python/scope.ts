import { childOf, type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'

const patterns = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'as_pattern_target',
  'typed_parameter',
])

/** Every name that something in the file other than an import gives a meaning of its own. */
export function boundNames(site: Site): ReadonlySet<string> {
  const names = new Set<string>()
  for (const node of walk(site.root)) for (const target of targetsOf(node)) addNames(target, { names, site })
  return names
}

function targetsOf(node: SyntaxNode): SyntaxNode[] {
  if (node.type === 'assignment' || node.type === 'augmented_assignment' || node.type === 'for_statement' || node.type === 'for_in_clause')
    return only(childOf(node, 'left'))
  if (node.type === 'function_definition' || node.type === 'class_definition' || node.type === 'named_expression')
    return only(childOf(node, 'name'))
  if (node.type === 'parameters' || node.type === 'lambda_parameters') return node.children.map((child) => childOf(child, 'name') ?? child)
  return node.type === 'as_pattern_target' ? [node] : []
}

const only = (node: SyntaxNode | undefined) => (node === undefined ? [] : [node])

function addNames(node: SyntaxNode, { names, site }: { names: Set<string>; site: Site }): void {
  if (node.type === 'identifier') names.add(site.textOf(node))
  else if (patterns.has(node.type)) for (const child of node.children) addNames(child, { names, site })
}

/** The function around a place, or the module. */
export function scopeOf(site: Site, node: SyntaxNode): SyntaxNode {
  return site.pathTo(node).findLast(({ type, start }) => type === 'function_definition' && start < node.start) ?? site.root
}

/** Assignments to a name (`x = ...`, `x += ...`, `for x in ...`) below a node. */
export function assignmentsTo(site: Site, name: string, scope: SyntaxNode): SyntaxNode[] {
  return [...walk(scope)].filter((node) => {
    const names = new Set<string>()
    for (const target of node.type === 'parameters' ? [] : targetsOf(node)) addNames(target, { names, site })
    return names.has(name)
  })
}

/** What a variable holds at a place: what the last assignment before it gave it, where nothing can have come between. */
export function valueOf(site: Site, use: SyntaxNode): { value: SyntaxNode; assignment: SyntaxNode } | undefined {
  if (use.type !== 'identifier') return undefined
  const all = assignmentsTo(site, site.textOf(use), scopeOf(site, use))
  const assignment = all.findLast(({ end }) => end <= use.start)
  const value = assignment?.type === 'assignment' ? childOf(assignment, 'right') : undefined
  if (assignment === undefined || value === undefined || childOf(assignment, 'left')?.type !== 'identifier') return undefined
  const around = site.pathTo(use)
  const block = site.pathTo(assignment).findLast(({ type }) => type === 'block' || type === 'module')
  if (block === undefined || !around.includes(block)) return undefined
  // In a loop, what is assigned further down is there in the next round.
  const loop = around.slice(around.indexOf(block)).find(({ type }) => type === 'for_statement' || type === 'while_statement')
  const comesBack = loop !== undefined && all.some((other) => other !== assignment && other.start >= loop.start && other.end <= loop.end)
  return comesBack ? undefined : { value, assignment }
}
