import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Imported, Statement } from '../../ir/statement.ts'
import type { Context } from '../context.ts'

const compact = (text: string) => text.replace(/\s+/g, '')

export function lowerImport(node: SyntaxNode, context: Context): Statement {
  const names = node.children
    .filter((child) => child.field === 'name')
    .map((child): Imported => {
      const { source, alias } = partsOf(child, context)
      // `import a.b` binds `a`; `import a.b as c` binds the module itself.
      return alias === undefined
        ? { source: source.split('.')[0] ?? source, local: source.split('.')[0] ?? source }
        : { source, local: alias }
    })
  return { kind: 'import', names, module: '', start: node.start, end: node.end }
}

export function lowerImportFrom(node: SyntaxNode, context: Context): Statement {
  const from = childOf(node, 'module_name')
  const module = from === undefined ? '' : compact(context.textOf(from))
  const names = node.children
    .filter((child) => child.field === 'name')
    .map((child): Imported => {
      const { source, alias } = partsOf(child, context)
      return { source: `${module}.${source}`, local: alias ?? source }
    })
  const wildcard = node.children.some((child) => child.type === 'wildcard_import')
  return { kind: 'import', names: wildcard ? [{ source: `${module}.*`, local: '*' }] : names, module, start: node.start, end: node.end }
}

function partsOf(node: SyntaxNode, context: Context): { source: string; alias?: string } {
  if (node.type !== 'aliased_import') return { source: compact(context.textOf(node)) }
  const name = childOf(node, 'name')
  const alias = childOf(node, 'alias')
  return { source: name === undefined ? '' : compact(context.textOf(name)), ...(alias && { alias: context.textOf(alias) }) }
}
