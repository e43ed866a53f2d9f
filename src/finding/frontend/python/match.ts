import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Statement } from '../../ir/statement.ts'
import { type Context, namedOf } from '../context.ts'
import { lowerExpression } from './expression.ts'
import { lowerBlock } from './statement.ts'

/** `match` as a chain of tests: literals compare, names bind, anything else may or may not match. */
export function lowerMatch(node: SyntaxNode, context: Context): Statement[] {
  const subject = lowerExpression(childOf(node, 'subject'), context)
  const clauses = childOf(node, 'body')?.children.filter((child) => child.type === 'case_clause') ?? []
  let otherwise: Statement[] = []
  for (const clause of clauses.reverse()) otherwise = lowerClause(clause, { subject, otherwise, context })
  return otherwise
}

function lowerClause(clause: SyntaxNode, options: { subject: Expression; otherwise: Statement[]; context: Context }): Statement[] {
  const { subject, otherwise, context } = options
  const span = { start: clause.start, end: clause.end }
  const pattern = clause.children.find((child) => child.type === 'case_pattern')
  const guard = childOf(clause, 'guard')
  const capture = pattern === undefined ? undefined : captured(pattern, context)
  const bind: Statement[] =
    capture === undefined ? [] : [{ kind: 'set', target: { kind: 'name', name: capture, ...span }, value: subject, ...span }]
  const body = [...bind, ...lowerBlock(childOf(clause, 'consequence'), context)]
  const parts: Statement[] = pattern === undefined || capture !== undefined ? [] : capturesIn(pattern, { subject, context })
  const test =
    pattern === undefined || capture !== undefined || context.textOf(pattern) === '_' ? undefined : testOf(pattern, { subject, context })
  const condition = guard === undefined ? undefined : lowerExpression(namedOf(guard)[0], context)
  if (test === undefined && condition === undefined) return body
  const both: Expression | undefined =
    test !== undefined && condition !== undefined
      ? { kind: 'logical', operator: 'and', left: test, right: condition, ...span }
      : (test ?? condition)
  return both === undefined ? [...parts, ...body] : [...parts, { kind: 'if', test: both, consequence: body, otherwise, ...span }]
}

/** Names that a pattern binds: the whole of it under `as`, else a part. */
function capturesIn(pattern: SyntaxNode, { subject, context }: { subject: Expression; context: Context }): Statement[] {
  const [top] = namedOf(pattern)
  const found: Statement[] = []
  for (const pending = [pattern]; pending.length > 0; ) {
    const node = pending.pop()!
    const children = namedOf(node)
    pending.push(...children)
    const bindsPart = node.type === 'case_pattern' || node.type === 'keyword_pattern'
    const names = children.filter((child) => (bindsPart ? child.type === 'dotted_name' : child.type === 'identifier' && /^(as|splat)_pattern$/.test(node.type)))
    for (const name of names) {
      const text = context.textOf(name)
      if (text === '_' || text.includes('.')) continue
      const span = { start: name.start, end: name.end }
      const part: Expression = { kind: 'index', object: subject, index: { kind: 'unknown', children: [], ...span }, ...span }
      found.push({ kind: 'set', target: { kind: 'name', name: text, ...span }, value: node === top && node.type === 'as_pattern' ? subject : part, ...span })
    }
  }
  return found
}

function captured(pattern: SyntaxNode, context: Context): string | undefined {
  const [only] = namedOf(pattern)
  const text = context.textOf(pattern)
  return only?.type === 'dotted_name' && /^\w+$/.test(text) ? text : undefined
}

function testOf(pattern: SyntaxNode, options: { subject: Expression; context: Context }): Expression {
  const { subject } = options
  const span = { start: pattern.start, end: pattern.end }
  const [only] = namedOf(pattern)
  if (only?.type === 'union_pattern') {
    return namedOf(only)
      .map((item) => compare(item, options))
      .reduce((left, right): Expression => ({ kind: 'logical', operator: 'or', left, right, ...span }))
  }
  return only === undefined ? { kind: 'unknown', children: [subject], ...span } : compare(only, options)
}

function compare(node: SyntaxNode, { subject, context }: { subject: Expression; context: Context }): Expression {
  const span = { start: node.start, end: node.end }
  const literal = /^(string|concatenated_string|integer|float|true|false|none|dotted_name)$/.test(node.type)
  if (!literal) return { kind: 'unknown', children: [subject], ...span }
  return { kind: 'compare', operator: '==', left: subject, right: lowerExpression(node, context), ...span }
}
