import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { CallNode, Comparison, Expression } from '../../ir/expression.ts'
import type { Context } from '../context.ts'
import { lowerExpression } from './expression.ts'

const logical: Record<string, 'and' | 'or' | 'otherwise' | undefined> = { '&&': 'and', '||': 'or', '??': 'otherwise' }
const comparisons: Record<string, Comparison | undefined> = {
  '==': '==',
  '===': '==',
  '!=': '!=',
  '!==': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  in: 'in',
}

// Texts are glued together from hundreds of pieces, each one level deeper on the left: those are walked, not descended.
export function lowerBinary(node: SyntaxNode, context: Context): Expression {
  const row: SyntaxNode[] = []
  let first: SyntaxNode | undefined = node
  while (first?.type === 'binary_expression') {
    row.push(first)
    first = childOf(first, 'left')
  }
  let left = lowerExpression(first, context)
  for (const item of row.reverse()) left = combine(item, { left, right: lowerExpression(childOf(item, 'right'), context), context })
  return left
}

function combine(node: SyntaxNode, { left, right, context }: { left: Expression; right: Expression; context: Context }): Expression {
  const { start, end } = node
  const operator = context.textOf(childOf(node, 'operator') ?? node)
  const connective = logical[operator]
  if (connective !== undefined) return { kind: 'logical', operator: connective, left, right, start, end }
  const comparison = comparisons[operator]
  if (comparison === undefined) return { kind: 'binary', operator, left, right, start, end }
  return asQuestion(comparison, { left, right }) ?? { kind: 'compare', operator: comparison, left, right, start, end }
}

/** `list.indexOf(x) !== -1` asks `list.includes(x)`, `text.indexOf(x) === 0` asks `text.startsWith(x)`. */
function asQuestion(operator: Comparison, { left, right }: { left: Expression; right: Expression }): Expression | undefined {
  if (left.kind !== 'call' || left.callee.kind !== 'attribute') return undefined
  const { name } = left.callee
  if (!/^(indexOf|lastIndexOf|search|\$?inArray)$/.test(name)) return undefined
  const bound = numberIn(right)
  if (bound !== 0 && bound !== -1) return undefined
  const found = bound === -1 ? operator === '!=' || operator === '>' : operator === '>='
  const missing = bound === -1 ? operator === '==' || operator === '<=' : operator === '<'
  const first = bound === 0 && (operator === '==' || operator === '!=')
  if (!found && !missing && !first) return undefined
  const { start, end } = left
  const asked = questionOf(left, { callee: left.callee, name: first ? 'startsWith' : 'includes' })
  return missing || (first && operator === '!=') ? { kind: 'not', operand: asked, start, end } : asked
}

function questionOf(call: CallNode, { callee, name }: { callee: Extract<Expression, { kind: 'attribute' }>; name: string }): Expression {
  const [pattern] = call.arguments
  if (callee.name !== 'search' || pattern === undefined) return { ...call, callee: { ...callee, name } }
  const test: Expression = { ...callee, object: pattern.value, name: 'test' }
  return { ...call, callee: test, arguments: [{ value: callee.object }] }
}

function numberIn(expression: Expression): number | undefined {
  if (expression.kind === 'literal') return typeof expression.value === 'number' ? expression.value : undefined
  if (expression.kind !== 'unary' || expression.operator !== '-') return undefined
  const inner = numberIn(expression.operand)
  return inner === undefined ? undefined : -inner
}
