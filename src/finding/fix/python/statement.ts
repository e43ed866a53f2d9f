import type { Edit } from '../../../records/finding.ts'
import type { SyntaxNode } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'

/** The statement around a node that stands on lines of its own in a block. */
export function statementAround(site: Site, node: SyntaxNode): SyntaxNode | undefined {
  const path = site.pathTo(node)
  const at = path.findLastIndex((_, i) => path[i - 1]?.type === 'block' || path[i - 1]?.type === 'module')
  const statement = path[at]
  return statement === undefined || site.indentationAt(statement.start) === undefined ? undefined : statement
}

/** Lines before the statement around a node, at its indentation. */
export function linesBefore(site: Site, node: SyntaxNode, lines: readonly string[]): Edit[] | undefined {
  const statement = statementAround(site, node)
  const indentation = statement && site.indentationAt(statement.start)
  if (statement === undefined || indentation === undefined) return undefined
  return [site.insert(statement.start, lines.map((line) => line + site.lineEnd + indentation).join(''))]
}

/** Lines after the statement around a node, at its indentation. */
export function linesAfter(site: Site, node: SyntaxNode, lines: readonly string[]): Edit[] | undefined {
  const statement = statementAround(site, node)
  const indentation = statement && site.indentationAt(statement.start)
  if (statement === undefined || indentation === undefined) return undefined
  const [rest = ''] = site.text.slice(statement.end).split(/\r?\n/, 1)
  if (!/^\s*(#.*)?$/.test(rest)) return undefined
  return [site.insert(statement.end + rest.length, lines.map((line) => site.lineEnd + indentation + line).join(''))]
}
