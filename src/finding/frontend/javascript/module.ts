import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Imported, Statement } from '../../ir/statement.ts'
import { type Context, namedOf } from '../context.ts'
import { decoratorsIn, lowerClass } from './class.ts'
import { lowerNamed } from './expression.ts'
import { textIn } from './literal.ts'
import { lowerStatements } from './statement.ts'

/** A module's name without what only says where it comes from. */
export function moduleName(text: string): string {
  return text.replace(/^(node|npm|jsr):/, '').replace(/^((?:@[^/@]+\/)?[^/@]+)@[\d^~][^/]*/, '$1')
}

export function lowerImport(node: SyntaxNode, context: Context): Statement[] {
  const clause = node.children.find(({ type }) => type === 'import_clause' || type === 'import_require_clause')
  const from = childOf(node, 'source') ?? (clause && childOf(clause, 'source'))
  if (clause === undefined || from === undefined) return []
  const module = moduleName(textIn(from, context))
  const names = clause.children.flatMap((child) => namesIn(child, { module, context }))
  return [{ kind: 'import', names, module, start: node.start, end: node.end }]
}

// What a module exports by default is taken for the module itself: that is how most of them are used.
function namesIn(node: SyntaxNode, { module, context }: { module: string; context: Context }): Imported[] {
  if (node.type === 'identifier') return [{ source: module, local: context.textOf(node) }]
  if (node.type === 'namespace_import') return namedOf(node).map((child) => ({ source: module, local: context.textOf(child) }))
  if (node.type !== 'named_imports') return []
  return namedOf(node).flatMap((child): Imported[] => {
    const name = childOf(child, 'name')
    if (name === undefined) return []
    const alias = childOf(child, 'alias') ?? name
    const own = context.textOf(name)
    return [{ source: own === 'default' ? module : `${module}.${own}`, local: context.textOf(alias) }]
  })
}

export function lowerExport(node: SyntaxNode, context: Context): Statement[] {
  const { start, end } = node
  const declaration = childOf(node, 'declaration')
  const decorators = decoratorsIn(
    node.children.filter(({ type }) => type === 'decorator'),
    context,
  )
  if (declaration !== undefined && /class/.test(declaration.type))
    return [{ kind: 'class', class: lowerClass(declaration, context, { decorators, name: 'default' }), start, end }]
  if (declaration !== undefined) return lowerStatements([declaration], context)
  const value = childOf(node, 'value') ?? (node.children.some(({ type }) => type === '=') ? namedOf(node).at(-1) : undefined)
  if (value === undefined) return []
  const target: Expression = { kind: 'name', name: 'export default', declares: true, start, end: start }
  return [{ kind: 'set', target, value: lowerNamed(value, 'default', context), start, end }]
}
