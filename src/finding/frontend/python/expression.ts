import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Argument, Clause, Comparison, Expression, Item, Shape } from '../../ir/expression.ts'
import { type Context, namedOf, nothing } from '../context.ts'
import { yieldOf } from '../generator.ts'
import { lowerLambda } from './function.ts'
import { lowerString, numberOf } from './literal.ts'

type Lower = (node: SyntaxNode, context: Context) => Expression

/** An expression of Python; what is not understood keeps its readable pieces. */
export function lowerExpression(node: SyntaxNode | undefined, context: Context): Expression {
  if (node === undefined) return { kind: 'literal', value: null, start: 0, end: 0 }
  const lower = table[node.type] ?? unknown
  return context.nested(nothing(node), () => lower(node, context))
}

export function lowerAll(nodes: readonly SyntaxNode[], context: Context): Expression[] {
  return nodes.map((node) => lowerExpression(node, context))
}

const unknown: Lower = (node, context) => nothing(node, lowerAll(namedOf(node), context))
const inner: Lower = (node, context) => lowerExpression(namedOf(node)[0], context)
const span = ({ start, end }: SyntaxNode) => ({ start, end })
const field = (node: SyntaxNode, name: string, context: Context) => lowerExpression(childOf(node, name), context)

const table: Record<string, Lower | undefined> = {
  identifier: (node, context) => ({ kind: 'name', name: context.textOf(node), ...span(node) }),
  keyword_identifier: (node, context) => ({ kind: 'name', name: context.textOf(node), ...span(node) }),
  dotted_name: lowerDotted,
  string: (node, context) => lowerString([node], context, node),
  concatenated_string: (node, context) =>
    lowerString(
      node.children.filter((child) => child.type === 'string'),
      context,
      node,
    ),
  integer: lowerNumber,
  float: lowerNumber,
  true: (node) => ({ kind: 'literal', value: true, ...span(node) }),
  false: (node) => ({ kind: 'literal', value: false, ...span(node) }),
  none: (node) => ({ kind: 'literal', value: null, ...span(node) }),
  ellipsis: (node) => ({ kind: 'literal', value: null, ...span(node) }),
  attribute: (node, context) => ({
    kind: 'attribute',
    object: field(node, 'object', context),
    name: nameOf(node, 'attribute', context),
    ...span(node),
  }),
  subscript: lowerSubscript,
  call: lowerCall,
  parenthesized_expression: inner,
  as_pattern: inner,
  type: inner,
  list_splat: inner,
  dictionary_splat: inner,
  list_splat_pattern: inner,
  await: (node, context) => ({ kind: 'await', operand: inner(node, context), ...span(node) }),
  yield: (node, context) => yieldOf(node, { value: inner(node, context), all: node.children.some(({ type }) => type === 'from') }),
  binary_operator: (node, context) => ({
    kind: 'binary',
    operator: context.text.slice(childOf(node, 'operator')?.start ?? 0, childOf(node, 'operator')?.end ?? 0),
    left: field(node, 'left', context),
    right: field(node, 'right', context),
    ...span(node),
  }),
  boolean_operator: (node, context) => ({
    kind: 'logical',
    operator: childOf(node, 'operator')?.type === 'and' ? 'and' : 'or',
    left: field(node, 'left', context),
    right: field(node, 'right', context),
    ...span(node),
  }),
  comparison_operator: lowerComparison,
  not_operator: (node, context) => ({ kind: 'not', operand: field(node, 'argument', context), ...span(node) }),
  unary_operator: (node, context) => ({
    kind: 'unary',
    operator: childOf(node, 'operator')?.type ?? '-',
    operand: field(node, 'argument', context),
    ...span(node),
  }),
  conditional_expression: (node, context) => {
    const [consequence, test, otherwise] = namedOf(node)
    return {
      kind: 'conditional',
      test: lowerExpression(test, context),
      consequence: lowerExpression(consequence, context),
      otherwise: lowerExpression(otherwise, context),
      ...span(node),
    }
  },
  list: (node, context) => lowerCollection(node, 'list', context),
  list_pattern: (node, context) => lowerCollection(node, 'list', context),
  tuple: (node, context) => lowerCollection(node, 'tuple', context),
  tuple_pattern: (node, context) => lowerCollection(node, 'tuple', context),
  pattern_list: (node, context) => lowerCollection(node, 'tuple', context),
  expression_list: (node, context) => lowerCollection(node, 'tuple', context),
  set: (node, context) => lowerCollection(node, 'set', context),
  dictionary: (node, context) => lowerCollection(node, 'map', context),
  list_comprehension: (node, context) => lowerComprehension(node, 'list', context),
  set_comprehension: (node, context) => lowerComprehension(node, 'set', context),
  generator_expression: (node, context) => lowerComprehension(node, 'list', context),
  dictionary_comprehension: (node, context) => lowerComprehension(node, 'map', context),
  lambda: (node, context) => ({ kind: 'function', function: lowerLambda(node, context), ...span(node) }),
  named_expression: (node, context) => ({
    kind: 'assign',
    target: field(node, 'name', context),
    value: field(node, 'value', context),
    ...span(node),
  }),
  assignment: (node, context) => ({
    kind: 'assign',
    target: field(node, 'left', context),
    value: field(node, 'right', context),
    ...span(node),
  }),
}

function nameOf(node: SyntaxNode, role: string, context: Context): string {
  const child = childOf(node, role)
  return child === undefined ? '' : context.textOf(child)
}

function lowerNumber(node: SyntaxNode, context: Context): Expression {
  return { kind: 'literal', value: numberOf(context.textOf(node)), ...span(node) }
}

function lowerDotted(node: SyntaxNode, context: Context): Expression {
  const [first, ...rest] = namedOf(node)
  let expression = lowerExpression(first, context)
  for (const part of rest)
    expression = { kind: 'attribute', object: expression, name: context.textOf(part), start: node.start, end: part.end }
  return expression
}

function lowerSubscript(node: SyntaxNode, context: Context): Expression {
  const object = field(node, 'value', context)
  const subscripts = node.children.filter((child) => child.field === 'subscript')
  const [only] = subscripts
  if (subscripts.length === 1 && only?.type === 'slice') return lowerSlice(node, { object, slice: only, context })
  const index: Expression =
    subscripts.length === 1
      ? lowerExpression(only, context)
      : { kind: 'collection', shape: 'tuple', items: lowerAll(subscripts, context).map((value) => ({ value })), ...span(node) }
  return { kind: 'index', object, index, ...span(node) }
}

function lowerSlice(node: SyntaxNode, { object, slice, context }: { object: Expression; slice: SyntaxNode; context: Context }): Expression {
  const bounds: (Expression | undefined)[] = [undefined, undefined, undefined]
  let position = 0
  for (const child of slice.children) {
    if (child.type === ':') position++
    else if (child.named && position < 3) bounds[position] = lowerExpression(child, context)
  }
  const [from, to, step] = bounds
  return { kind: 'slice', object, ...(from && { from }), ...(to && { to }), ...(step && { step }), ...span(node) }
}

function lowerCall(node: SyntaxNode, context: Context): Expression {
  const list = childOf(node, 'arguments')
  const nodes = list === undefined ? [] : list.type === 'argument_list' ? namedOf(list) : [list]
  return { kind: 'call', callee: field(node, 'function', context), arguments: lowerArguments(nodes, context), ...span(node) }
}

export function lowerArguments(nodes: readonly SyntaxNode[], context: Context): Argument[] {
  return nodes.map((node) => {
    if (node.type === 'keyword_argument') return { keyword: nameOf(node, 'name', context), value: field(node, 'value', context) }
    if (node.type === 'list_splat') return { spread: 'list', value: inner(node, context) }
    if (node.type === 'dictionary_splat') return { spread: 'map', value: inner(node, context) }
    return { value: lowerExpression(node, context) }
  })
}

// `a < b < c` is `a < b and b < c`.
function lowerComparison(node: SyntaxNode, context: Context): Expression {
  const operands = node.children.filter((child) => child.field !== 'operators' && child.named && child.type !== 'comment')
  const operators = node.children.filter((child) => child.field === 'operators').map((child) => context.textOf(child).replace(/\s+/g, ' '))
  const values = lowerAll(operands, context)
  let result: Expression | undefined
  for (const [i, operator] of operators.entries()) {
    const left = values[i]
    const right = values[i + 1]
    if (left === undefined || right === undefined) break
    const compare: Expression = {
      kind: 'compare',
      operator: (operator === '<>' ? '!=' : operator) as Comparison,
      left,
      right,
      ...span(node),
    }
    result = result === undefined ? compare : { kind: 'logical', operator: 'and', left: result, right: compare, ...span(node) }
  }
  return result ?? nothing(node, values)
}

function lowerCollection(node: SyntaxNode, shape: Shape, context: Context): Expression {
  const items = namedOf(node).map((child): Item => {
    if (child.type === 'pair') return { key: field(child, 'key', context), value: field(child, 'value', context) }
    const value = lowerExpression(child, context)
    return child.type.endsWith('splat') || child.type.endsWith('splat_pattern') ? { value, spread: true } : { value }
  })
  return { kind: 'collection', shape, items, ...span(node) }
}

function lowerComprehension(node: SyntaxNode, shape: Shape, context: Context): Expression {
  const clauses: (Clause & { conditions: Expression[] })[] = []
  for (const child of node.children) {
    if (child.type === 'for_in_clause')
      clauses.push({ target: field(child, 'left', context), iterable: field(child, 'right', context), conditions: [] })
    else if (child.type === 'if_clause') clauses.at(-1)?.conditions.push(inner(child, context))
  }
  const body = childOf(node, 'body')
  if (body?.type !== 'pair') return { kind: 'comprehension', shape, element: lowerExpression(body, context), clauses, ...span(node) }
  return { kind: 'comprehension', shape, key: field(body, 'key', context), element: field(body, 'value', context), clauses, ...span(node) }
}
