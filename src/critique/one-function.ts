import type { Language } from '../records/language.ts'
import { childOf, parse, type SyntaxNode } from '../syntax/tree.ts'

/** One function of a program as a program of its own, for a model that knows no more at once. */
export interface Cutting {
  name: string
  code: string
  /** Where the line that was asked for stands in it. */
  line: number
  /** The whole program with this function in the form that a revision has. */
  put(revised: string): string
}

/** The function that a line of a program lies in, with what stands before all functions; undefined where there is but one. Needs `loadSyntax()` before. */
export function cutFunction(language: Language, content: string, line: number): Cutting | undefined {
  const found = definitionsIn(language, content)
  const [first] = found
  const own = found.find(({ start, end }) => lineAt(content, start) <= line && line <= lineAt(content, end))
  if (first === undefined || own === undefined || found.length < 2) return undefined
  const header = content.slice(0, first.start).trim()
  const before = header === '' ? '' : `${header}\n\n`
  return {
    name: nameOf(content, own),
    code: `${before}${content.slice(own.start, own.end)}`,
    line: line - lineAt(content, own.start) + before.split('\n').length,
    put(revised) {
      const [begin] = definitionsIn(language, revised)
      if (begin === undefined) return revised
      const imports = joined(header, revised.slice(0, begin.start).trim())
      const rest = `${content.slice(first.start, own.start)}${revised.slice(begin.start).trimEnd()}${content.slice(own.end)}`
      return imports === '' ? rest : `${imports}\n\n${rest}`
    },
  }
}

/** Of sentences that ask for several functions, that which asks for this one. */
export function askedOf(instruction: string, name: string): string {
  const asked = instruction.replace(/^Write /, '').replace(/\.$/, '').split(/, and (?=\w+\()/)
  const own = asked.find((clause) => clause.startsWith(`${name}(`))
  return own === undefined ? instruction : `Write ${own}.`
}

const definitions = /^(?:function_definition|decorated_definition|class_definition|function_declaration|generator_function_declaration|class_declaration)$/

function definitionsIn(language: Language, content: string): SyntaxNode[] {
  const parsed = parse(language, content)
  return parsed.kind === 'parsed' ? parsed.root.children.filter((node) => definitions.test(inner(node).type)) : []
}

function inner(node: SyntaxNode): SyntaxNode {
  return node.type === 'export_statement' || node.type === 'decorated_definition' ? (childOf(node, 'declaration') ?? childOf(node, 'definition') ?? node) : node
}

function nameOf(content: string, node: SyntaxNode): string {
  const name = childOf(inner(node), 'name')
  return name === undefined ? '' : content.slice(name.start, name.end)
}

function lineAt(content: string, position: number): number {
  return content.slice(0, position).split('\n').length
}

/** Both headers; names that both import from one module are imported once. */
function joined(header: string, added: string): string {
  const lines = header === '' ? [] : header.split('\n')
  for (const line of added.split('\n')) {
    const named = imported(line)
    const at = lines.findIndex((known) => known === line || (named !== undefined && imported(known)?.from === named.from))
    if (at === -1) lines.push(line)
    else if (named !== undefined) lines[at] = `import { ${[...new Set([...(imported(lines[at]!)?.names ?? []), ...named.names])].join(', ')} } from ${named.from}`
  }
  return lines.join('\n').trim()
}

function imported(line: string): { names: string[]; from: string } | undefined {
  const match = /^import \{ ?(.*?) ?\} from (.+)$/.exec(line)
  return match === null ? undefined : { names: match[1]!.split(',').map((name) => name.trim()), from: match[2]! }
}
