import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Statement } from '../../ir/statement.ts'
import type { Context } from '../context.ts'
import { lowerExpression } from './expression.ts'
import { lowerStatements } from './statement.ts'

interface Case {
  readonly node: SyntaxNode
  readonly test: Expression | undefined
  readonly body: readonly Statement[]
}

/** `switch` as a chain of tests. A case that does not leave goes on with the next one's statements. */
export function lowerSwitch(node: SyntaxNode, context: Context): Statement[] {
  const subject = lowerExpression(childOf(node, 'value'), context)
  const clauses = (childOf(node, 'body')?.children ?? []).filter(({ type }) => type === 'switch_case' || type === 'switch_default')
  const cases = clauses.map((clause): Case => caseOf(clause, subject, context))
  const runs = cases.map((_, i) => bodyFrom(cases, i))
  const byDefault = cases.findIndex(({ test }) => test === undefined)
  let chain: Statement[] = byDefault === -1 ? [] : [...(runs[byDefault] ?? [])]
  for (let i = cases.length - 1; i >= 0; i--) {
    const item = cases[i]
    if (item?.test === undefined) continue
    // Labels without statements of their own share the next ones'.
    const { start, end } = item.node
    chain = [{ kind: 'if', test: item.test, consequence: runs[i] ?? [], otherwise: chain, start, end }]
  }
  const { start, end } = node
  return chain.some(hasBreak) ? [{ kind: 'loop', body: chain, otherwise: [], start, end }] : chain
}

function caseOf(node: SyntaxNode, subject: Expression, context: Context): Case {
  const { start, end } = node
  const value = childOf(node, 'value')
  const body = lowerStatements(
    node.children.filter(({ field }) => field === 'body'),
    context,
  )
  const test: Expression | undefined =
    node.type === 'switch_default'
      ? undefined
      : { kind: 'compare', operator: '==', left: subject, right: lowerExpression(value, context), start, end: value?.end ?? end }
  return { node, test, body }
}

const mostShared = 4

/** The statements from a case on, until one leaves. */
function bodyFrom(cases: readonly Case[], from: number): Statement[] {
  const all: Statement[] = []
  let shared = 0
  for (const { body } of cases.slice(from)) {
    const leaves = body.findIndex(({ kind }) => /^(break|return|raise|continue)$/.test(kind))
    if (leaves !== -1) return [...all, ...body.slice(0, body[leaves]?.kind === 'break' ? leaves : leaves + 1)]
    all.push(...body)
    // Each label repeats what it falls into: long runs of them would be read over and over.
    if (body.length > 0 && ++shared >= mostShared) break
  }
  return all
}

function hasBreak(statement: Statement): boolean {
  if (statement.kind === 'break') return true
  if (statement.kind === 'if') return [...statement.consequence, ...statement.otherwise].some(hasBreak)
  return (
    statement.kind === 'try' && [...statement.body, ...statement.handlers.flatMap(({ body }) => body), ...statement.final].some(hasBreak)
  )
}
