import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'

const blocks = new Set(['program', 'statement_block', 'class_static_block'])
// What a line before the statement would not see, or not as often.
const later =
  /^(?:arrow_function|function_expression|function_declaration|method_definition|generator_function.*|while_statement|do_statement|for_statement|for_in_statement|ternary_expression|class_body|switch_case)$/

/** Lines before the statement around a node; nothing where they would not run whenever the node does. */
export function linesBefore(site: Site, node: SyntaxNode, lines: readonly string[]): Edit[] | undefined {
  const path = site.pathTo(node)
  const at = path.findLastIndex((_, i) => blocks.has(path[i - 1]?.type ?? ''))
  const statement = path[at]
  const indentation = statement && site.indentationAt(statement.start)
  if (statement === undefined || indentation === undefined || path.slice(at).some(({ type }) => later.test(type))) return undefined
  const end = /;\s*$/m.test(site.text) ? ';' : ''
  return [site.insert(statement.start, lines.map((line) => `${line}${end}${site.lineEnd}${indentation}`).join(''))]
}

/** How the function around a node refuses: with an answer, where it is asked over HTTP and a throw may end the process. */
export function refusalAt(site: Site, node: SyntaxNode, reason: string): string {
  const around = site.pathTo(node).findLast(({ type }) => /function|method_definition/.test(type))
  const parameters = around && (childOf(around, 'parameters') ?? childOf(around, 'parameter'))
  const [, response] = /^\(\s*(?:req|request|_req|_)\b[^,]*,\s*(\w+)\b/.exec(parameters === undefined ? '' : site.textOf(parameters)) ?? []
  if (response === undefined) return `throw new Error(${reason})`
  const isExpress =
    new RegExp(`\\b${response}\\.(?:send|json|status|render|sendFile|sendStatus|redirect|download)\\b`).test(site.text) ||
    /require\(['"]express|from ['"]express/.test(site.text)
  return isExpress ? `return ${response}.sendStatus(400)` : `return ${response}.writeHead(400).end()`
}

/** A name that nothing in the file has yet. */
export function freeName(site: Site, ...names: readonly string[]): string | undefined {
  return names.find((name) => !new RegExp(`\\b${name}\\b`).test(site.text))
}
