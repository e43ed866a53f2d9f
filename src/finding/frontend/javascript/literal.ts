import type { SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Context } from '../context.ts'
import { lowerExpression } from './expression.ts'

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0', '\n': '' }

/** A text between its quotes. */
export function textIn(node: SyntaxNode, context: Context): string {
  return unescape(context.text.slice(node.start + 1, Math.max(node.start + 1, node.end - 1)))
}

function unescape(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|([^]))/g,
    (_, x?: string, u?: string, braced?: string, char?: string) => {
      const code = x ?? u ?? braced
      if (code === undefined) return escapes[char ?? ''] ?? char ?? ''
      const point = Number.parseInt(code, 16)
      return point <= 0x10_ff_ff ? String.fromCodePoint(point) : ''
    },
  )
}

/** The texts and the holes of a template, one after the other. */
export function partsOf(node: SyntaxNode, context: Context): (string | Expression)[] {
  const parts: (string | Expression)[] = []
  let from = node.start + 1
  for (const child of node.children) {
    if (child.type !== 'template_substitution') continue
    addText(parts, context.text.slice(from, child.start))
    parts.push(
      lowerExpression(
        child.children.find(({ named }) => named),
        context,
      ),
    )
    from = child.end
  }
  addText(parts, context.text.slice(from, Math.max(from, node.end - 1)))
  return parts
}

function addText(parts: (string | Expression)[], text: string): void {
  if (text !== '') parts.push(unescape(text))
}

export function lowerTemplate(node: SyntaxNode, context: Context): Expression {
  const parts = partsOf(node, context)
  const { start, end } = node
  if (parts.every((part) => typeof part === 'string')) return { kind: 'literal', value: parts.join(''), start, end }
  return { kind: 'template', parts, start, end }
}

/** A pattern is an object made of its text, like `new RegExp('...', 'g')`. */
export function lowerRegex(node: SyntaxNode, context: Context): Expression {
  const { start, end } = node
  const text = (type: string): string => {
    const child = node.children.find((item) => item.type === type)
    return child === undefined ? '' : context.textOf(child)
  }
  const literal = (value: string): { value: Expression } => ({ value: { kind: 'literal', value, start, end } })
  const callee: Expression = { kind: 'name', name: 'RegExp', start, end: start }
  return { kind: 'call', callee, isNew: true, arguments: [literal(text('regex_pattern')), literal(text('regex_flags'))], start, end }
}

/** The value of a number as written; text that is no number gives NaN. */
export function numberOf(text: string): number {
  const digits = text.replaceAll('_', '').replace(/n$/, '')
  return Number(/^0\d+$/.test(digits) && !/[89]/.test(digits) ? `0o${digits}` : digits)
}
