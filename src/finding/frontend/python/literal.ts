import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Context } from '../context.ts'
import { lowerExpression } from './expression.ts'

const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  "'": "'",
  '"': '"',
  '\\': '\\',
  '\n': '',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
}

/** A string, or several side by side: a literal, or a template when something is interpolated. */
export function lowerString(nodes: readonly SyntaxNode[], context: Context, span: SyntaxNode): Expression {
  const parts: (string | Expression)[] = []
  let bytes = false
  for (const node of nodes) {
    const prefix = stringPrefix(node, context)
    bytes ||= prefix.includes('b')
    for (const child of node.children) {
      if (child.type === 'string_content')
        addText(parts, contentOf(child, { context, raw: prefix.includes('r'), formatted: prefix.includes('f') }))
      else if (child.type === 'interpolation') {
        const expression = childOf(child, 'expression')
        if (expression !== undefined) parts.push(lowerExpression(expression, context))
      }
    }
  }
  const { start, end } = span
  if (parts.every((part) => typeof part === 'string'))
    return { kind: 'literal', value: parts.join(''), ...(bytes ? { bytes } : {}), start, end }
  return { kind: 'template', parts, start, end }
}

function stringPrefix(node: SyntaxNode, context: Context): string {
  const start = node.children.find((child) => child.type === 'string_start')
  return start === undefined ? '' : context.textOf(start).replace(/["']/g, '').toLowerCase()
}

function addText(parts: (string | Expression)[], text: string): void {
  const last = parts.at(-1)
  if (typeof last === 'string') parts[parts.length - 1] = last + text
  else if (text !== '') parts.push(text)
}

function contentOf(node: SyntaxNode, options: { context: Context; raw: boolean; formatted: boolean }): string {
  let text = options.context.textOf(node)
  if (options.formatted) text = text.replaceAll('{{', '{').replaceAll('}}', '}')
  return options.raw || !text.includes('\\') ? text : unescape(text)
}

function unescape(text: string): string {
  return text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|[^])/g, (whole, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return escapes[code] ?? whole
  })
}

/** The value of a number as written in Python; text that is no number gives NaN. */
export function numberOf(text: string): number {
  const digits = text.replaceAll('_', '').replace(/[lLjJ]$/, '')
  return Number(/^0\d/.test(digits) && !/[.eE89]/.test(digits) ? `0o${digits}` : digits)
}
