import type { Language } from '../records/language.ts'
import type { SyntaxNode } from '../syntax/tree.ts'
import { walk } from '../syntax/tree.ts'
import type { Definition } from './definition.ts'

/** The texts of a definition: see the record `Module`. */
export interface Part {
  signature: string
  description: string
  body: string
  code: string
}

export function partOf(language: Language, text: string, definition: Definition): Part {
  const { whole, callable, body, outer, kind } = definition
  const docstring = language === 'python' ? docstringOf(body) : undefined
  const code = atMargin(text, whole, whole)
  const signature = text.slice(whole.start, body.start).trim()
  const member = language !== 'python' && kind === 'method'
  return {
    signature,
    description: docstring === undefined ? commentText(text, definition) : docstringText(text.slice(docstring.start, docstring.end)),
    body: atMargin(text, whole, docstring === undefined ? body : { ...body, start: Math.min(afterSpace(text, docstring.end), body.end) }),
    // A method of JavaScript is no program without a class around it.
    code: member && whole.type !== 'function_declaration' && callable !== outer?.callable ? `class ${outer?.kind === 'class' ? outer.name : 'Holder'} {\n${code}\n}` : code,
  }
}

function docstringOf(body: SyntaxNode): SyntaxNode | undefined {
  const first = body.children.find((child) => child.type !== 'comment')
  return first?.type === 'expression_statement' && first.children[0]?.type === 'string' ? first : undefined
}

function afterSpace(text: string, position: number): number {
  let at = position
  while (at < text.length && /[\s;]/.test(text[at]!)) at++
  return at
}

function docstringText(literal: string): string {
  return withoutMargin(literal.replace(/^[a-zA-Z]*("""|'''|"|')([^]*)\1$/, '$2'))
}

function commentText(text: string, { comments, whole }: Definition): string {
  const lines: string[] = []
  let below = whole.start
  for (const { start, end } of comments) {
    // Further away it is about something else.
    if ((text.slice(end, below).match(/\n/g) ?? []).length > 1) break
    lines.unshift(text.slice(start, end).replace(/^\/\*+|\*+\/$/g, '').replaceAll(/^[ \t]*(?:\/\/+|#+|\*(?!\/))?[ \t]?/gm, ''))
    below = start
  }
  return withoutMargin(lines.join('\n'))
}

function withoutMargin(text: string): string {
  const lines = text.trim().split('\n').map((line) => line.trim())
  return lines.join('\n')
}

/** The text of `part`, moved left by as much as `whole` is indented; what is inside a string stays as it is. */
function atMargin(text: string, whole: SyntaxNode, part: Pick<SyntaxNode, 'start' | 'end'>): string {
  const lineStart = text.lastIndexOf('\n', whole.start - 1) + 1
  const margin = text.slice(lineStart, whole.start)
  const code = text.slice(part.start, part.end)
  if (margin === '' || margin.trim() !== '' || !code.includes('\n')) return code.trimEnd()
  const strings = [...walk(whole)].filter(({ type }) => type === 'string' || type === 'template_string')
  const inString = (position: number) => strings.some(({ start, end }) => start < position && position < end)
  let at = part.start
  const lines = code.split('\n').map((line, i) => {
    const start = at
    at += line.length + 1
    return i > 0 && line.startsWith(margin) && !inString(start) ? line.slice(margin.length) : line
  })
  return lines.join('\n').trimEnd()
}
