import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Argument, Expression, Item } from '../../ir/expression.ts'
import { yieldOf } from '../generator.ts'
import { type Context, namedOf, nothing } from '../context.ts'
import { lowerCall, lowerNew } from './call.ts'
import { lowerClass } from './class.ts'
import { lowerFunction } from './function.ts'
import { lowerElement } from './jsx.ts'
import { lowerRegex, lowerTemplate, numberOf, textIn } from './literal.ts'
import { lowerBinary } from './operator.ts'
import { lowerTarget } from './pattern.ts'

type Lower = (node: SyntaxNode, context: Context) => Expression

/** An expression of JavaScript or TypeScript; what is not understood keeps its readable pieces. */
export function lowerExpression(node: SyntaxNode | undefined, context: Context): Expression {
  if (node === undefined) return { kind: 'literal', value: null, start: 0, end: 0 }
  const lower = table[node.type] ?? unknown
  return context.nested(nothing(node), () => lower(node, context))
}

/** A function or class without a name of its own is called by what it is given to. */
export function lowerNamed(node: SyntaxNode | undefined, name: string, context: Context): Expression {
  const inner = node?.type === 'parenthesized_expression' ? namedOf(node)[0] : node
  if (inner === undefined) return lowerExpression(node, context)
  const { start, end, type } = inner
  if (type === 'arrow_function' || type === 'function_expression' || type === 'generator_function')
    return context.nested(nothing(inner), () => ({ kind: 'function', function: lowerFunction(inner, context, { name }), start, end }))
  return type === 'class'
    ? context.nested(nothing(inner), () => ({ kind: 'class', class: lowerClass(inner, context, { name }), start, end }))
    : lowerExpression(node, context)
}

export function lowerAll(nodes: readonly SyntaxNode[], context: Context): Expression[] {
  return nodes.map((node) => lowerExpression(node, context))
}

/** The key of a property, as a literal where it is no computed one. */
export function keyOf(node: SyntaxNode | undefined, context: Context): Expression {
  if (node === undefined) return lowerExpression(node, context)
  const { start, end } = node
  if (node.type === 'computed_property_name') return lowerExpression(namedOf(node)[0], context)
  if (node.type === 'string' || node.type === 'number') return lowerExpression(node, context)
  return { kind: 'literal', value: context.textOf(node), start, end }
}

const span = ({ start, end }: SyntaxNode) => ({ start, end })
const unknown: Lower = (node, context) => nothing(node, lowerAll(namedOf(node), context))
const inner: Lower = (node, context) => lowerExpression(namedOf(node)[0], context)
const name: Lower = (node, context) => ({ kind: 'name', name: context.textOf(node), ...span(node) })
const literal =
  (value: string | number | boolean | null): Lower =>
  (node) => ({ kind: 'literal', value, ...span(node) })
const lowerFunctionExpression: Lower = (node, context) => ({ kind: 'function', function: lowerFunction(node, context), ...span(node) })

const table: Record<string, Lower | undefined> = {
  identifier: name,
  property_identifier: name,
  shorthand_property_identifier: name,
  type_identifier: name,
  this: name,
  // What the base class does is done on the same object.
  super: (node) => ({ kind: 'name', name: 'this', ...span(node) }),
  import: (node) => ({ kind: 'name', name: 'require', ...span(node) }),
  meta_property: name,
  undefined: literal(null),
  null: literal(null),
  true: literal(true),
  false: literal(false),
  number: (node, context) => ({ kind: 'literal', value: numberOf(context.textOf(node)), ...span(node) }),
  string: (node, context) => ({ kind: 'literal', value: textIn(node, context), ...span(node) }),
  template_string: lowerTemplate,
  regex: lowerRegex,
  object: lowerObject,
  array: (node, context) => ({
    kind: 'collection',
    shape: 'list',
    items: namedOf(node).map((child) => itemIn(child, context)),
    ...span(node),
  }),
  arguments: unknown,
  member_expression: lowerMember,
  subscript_expression: lowerSubscript,
  call_expression: lowerCall,
  new_expression: lowerNew,
  function_expression: lowerFunctionExpression,
  function: lowerFunctionExpression,
  arrow_function: lowerFunctionExpression,
  generator_function: lowerFunctionExpression,
  function_declaration: lowerFunctionExpression,
  class: (node, context) => ({ kind: 'class', class: lowerClass(node, context), ...span(node) }),
  binary_expression: lowerBinary,
  unary_expression: lowerUnary,
  update_expression: lowerUpdate,
  ternary_expression: (node, context) => ({
    kind: 'conditional',
    test: lowerExpression(childOf(node, 'condition'), context),
    consequence: lowerExpression(childOf(node, 'consequence'), context),
    otherwise: lowerExpression(childOf(node, 'alternative'), context),
    ...span(node),
  }),
  assignment_expression: lowerAssignment,
  augmented_assignment_expression: lowerAugmented,
  await_expression: (node, context) => ({ kind: 'await', operand: inner(node, context), ...span(node) }),
  yield_expression: lowerYield,
  spread_element: inner,
  sequence_expression: lowerSequence,
  parenthesized_expression: inner,
  as_expression: inner,
  satisfies_expression: inner,
  non_null_expression: inner,
  instantiation_expression: inner,
  type_assertion: (node, context) => lowerExpression(namedOf(node).at(-1), context),
  jsx_element: lowerElement,
  jsx_fragment: lowerElement,
  jsx_self_closing_element: lowerElement,
  jsx_expression: inner,
  object_pattern: (node, context) => lowerTarget(node, context, false),
  array_pattern: (node, context) => lowerTarget(node, context, false),
}

function lowerYield(node: SyntaxNode, context: Context): Expression {
  return yieldOf(node, { value: inner(node, context), all: node.children.some(({ type }) => type === '*') })
}

function lowerMember(node: SyntaxNode, context: Context): Expression {
  const object = lowerExpression(childOf(node, 'object'), context)
  const property = childOf(node, 'property')
  const name = property === undefined ? '' : context.textOf(property)
  // What a module exports by default is taken for the module itself.
  if (name === 'default' && isModule(object)) return object
  return { kind: 'attribute', object, name, ...span(node) }
}

function isModule(expression: Expression): boolean {
  if (expression.kind === 'await') return isModule(expression.operand)
  return expression.kind === 'call' && expression.callee.kind === 'name' && expression.callee.name === 'require'
}

// `object['name']` is `object.name`.
function lowerSubscript(node: SyntaxNode, context: Context): Expression {
  const object = lowerExpression(childOf(node, 'object'), context)
  const index = lowerExpression(childOf(node, 'index'), context)
  if (index.kind === 'literal' && typeof index.value === 'string') return { kind: 'attribute', object, name: index.value, ...span(node) }
  return { kind: 'index', object, index, ...span(node) }
}

/** Arguments of a call. */
export function argumentsIn(node: SyntaxNode | undefined, context: Context): Argument[] {
  return (node === undefined ? [] : namedOf(node)).map((child) =>
    child.type === 'spread_element' ? { spread: 'list', value: inner(child, context) } : { value: lowerExpression(child, context) },
  )
}

function itemIn(node: SyntaxNode, context: Context): Item {
  const value = lowerExpression(node, context)
  return node.type === 'spread_element' ? { value, spread: true } : { value }
}

function lowerObject(node: SyntaxNode, context: Context): Expression {
  return { kind: 'collection', shape: 'map', items: namedOf(node).map((child) => propertyOf(child, context)), ...span(node) }
}

function propertyOf(node: SyntaxNode, context: Context): Item {
  if (node.type === 'pair') {
    const key = keyOf(childOf(node, 'key'), context)
    return { key, value: lowerNamed(childOf(node, 'value'), key.kind === 'literal' ? String(key.value) : '', context) }
  }
  if (node.type === 'method_definition') {
    const named = childOf(node, 'name')
    const method: Expression = { kind: 'function', function: lowerFunction(node, context), ...span(node) }
    return { key: keyOf(named, context), value: method }
  }
  if (node.type === 'shorthand_property_identifier')
    return { key: { kind: 'literal', value: context.textOf(node), ...span(node) }, value: name(node, context) }
  return itemIn(node, context)
}

function lowerUnary(node: SyntaxNode, context: Context): Expression {
  const operator = context.textOf(childOf(node, 'operator') ?? node)
  const operand = lowerExpression(childOf(node, 'argument'), context)
  return operator === '!' ? { kind: 'not', operand, ...span(node) } : { kind: 'unary', operator, operand, ...span(node) }
}

function lowerUpdate(node: SyntaxNode, context: Context): Expression {
  const target = lowerExpression(childOf(node, 'argument'), context)
  const one: Expression = { kind: 'literal', value: 1, ...span(node) }
  return { kind: 'assign', target, value: { kind: 'binary', operator: '-', left: target, right: one, ...span(node) }, ...span(node) }
}

function lowerAssignment(node: SyntaxNode, context: Context): Expression {
  const target = lowerTarget(childOf(node, 'left'), context, false)
  return { kind: 'assign', target, value: lowerNamed(childOf(node, 'right'), nameIn(target), context), ...span(node) }
}

/** The last name of a place. */
export function nameIn(target: Expression): string {
  return target.kind === 'name' || target.kind === 'attribute' ? target.name : ''
}

// `a += b` is `a = a + b`, `a ||= b` is `a = a || b`.
function lowerAugmented(node: SyntaxNode, context: Context): Expression {
  const target = lowerTarget(childOf(node, 'left'), context, false)
  const operator = context.textOf(childOf(node, 'operator') ?? node).slice(0, -1)
  const right = lowerExpression(childOf(node, 'right'), context)
  const logical = operator === '||' ? 'or' : operator === '&&' ? 'and' : operator === '??' ? 'otherwise' : undefined
  const value: Expression =
    logical === undefined
      ? { kind: 'binary', operator, left: target, right, ...span(node) }
      : { kind: 'logical', operator: logical, left: target, right, ...span(node) }
  return { kind: 'assign', target, value, ...span(node) }
}

/** `a, b, c`: all of them happen, the last one counts. */
function lowerSequence(node: SyntaxNode, context: Context): Expression {
  const values = sequenceIn(node).map((child) => lowerExpression(child, context))
  const object: Expression = { kind: 'collection', shape: 'list', items: values.map((value) => ({ value })), ...span(node) }
  return { kind: 'index', object, index: { kind: 'literal', value: values.length - 1, ...span(node) }, ...span(node) }
}

/** The expressions of a comma's row: it nests to the right, and rows may be long. */
export function sequenceIn(node: SyntaxNode): SyntaxNode[] {
  const all: SyntaxNode[] = []
  let next: SyntaxNode | undefined = node
  while (next?.type === 'sequence_expression') {
    const [first, ...rest]: SyntaxNode[] = namedOf(next)
    if (first !== undefined) all.push(first)
    all.push(...rest.slice(0, -1))
    next = rest.at(-1)
  }
  return next === undefined ? all : [...all, next]
}
