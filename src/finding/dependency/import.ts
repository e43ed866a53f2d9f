import type { Language } from '../../records/language.ts'
import { childOf, type SyntaxNode } from '../../syntax/tree.ts'
import type { Span } from '../ir/expression.ts'

/** A module that a program names. `optional`: the program says what to do without it. */
export interface Import extends Span {
  readonly module: string
  readonly optional: boolean
}

/** Every module of others that a program names by a text that stands in it, relative ones left out. */
export function importsIn(language: Language, root: SyntaxNode, text: string): Import[] {
  const found: Import[] = []
  const read = language === 'python' ? pythonImports : nodeImports
  // A stack of our own: generated code nests deeper than calls can.
  const open: { nodes: readonly SyntaxNode[]; optional: boolean }[] = [{ nodes: [root], optional: false }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { nodes, optional: inherited } = next
    for (const node of nodes) {
      if (node.children.length === 0) continue
      const optional = inherited && node.type !== 'except_clause'
      for (const { start, end, module } of read(node, text)) if (!/^\.|^$/.test(module)) found.push({ start, end, module, optional })
      open.push({ nodes: node.children, optional: optional || isGuarded(node, text) })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

type Named = Omit<Import, 'optional'>

function pythonImports(node: SyntaxNode, text: string): Named[] {
  if (node.type === 'import_statement') {
    return node.children.filter(({ field }) => field === 'name').map((child) => placed(childOf(child, 'name') ?? child, text))
  }
  if (node.type === 'import_from_statement') {
    const module = childOf(node, 'module_name')
    return module === undefined || module.type === 'relative_import' ? [] : [placed(module, text)]
  }
  return node.type === 'call' ? called(node, text, /^(?:importlib\.)?(?:import_module|__import__)$/) : []
}

function nodeImports(node: SyntaxNode, text: string): Named[] {
  if (node.type === 'import_statement' || node.type === 'export_statement' || node.type === 'import_require_clause') {
    const source = childOf(node, 'source')
    // What is only a type is gone before the program runs.
    const typed = /^(?:import|export)\s+type\s/.test(text.slice(node.start, node.start + 40))
    return source === undefined || typed ? [] : [unquoted(source, text)]
  }
  return node.type === 'call_expression' ? called(node, text, /^(?:require(?:\.resolve)?|import)$/) : []
}

function called(node: SyntaxNode, text: string, names: RegExp): Named[] {
  const callee = childOf(node, 'function')
  if (callee === undefined || callee.end - callee.start > 40 || !names.test(text.slice(callee.start, callee.end))) return []
  const [argument] = childOf(node, 'arguments')?.children.filter(({ named }) => named) ?? []
  return argument?.type === 'string' ? [unquoted(argument, text)] : []
}

function placed({ start, end }: SyntaxNode, text: string): Named {
  return { start, end, module: text.slice(start, end).replace(/\s+/g, '') }
}

function unquoted({ start, end }: SyntaxNode, text: string): Named {
  const content = text.slice(start, end)
  return { start, end, module: /^["'`]([^"'`\\\n]*)["'`]$/.exec(content)?.[1] ?? '' }
}

/** `try: import x` with a handler for its absence. */
function isGuarded({ type, children }: SyntaxNode, text: string): boolean {
  return type === 'try_statement' && children.some((child) => child.type === 'except_clause' && /^except\s*(?::|.*\b(?:ImportError|ModuleNotFoundError|Exception)\b)/.test(text.slice(child.start, child.start + 120)))
}
