import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Argument, CallNode, Expression } from '../../ir/expression.ts'
import { type Context, namedOf } from '../context.ts'
import { argumentsIn, lowerExpression } from './expression.ts'
import { lowerTemplate, partsOf } from './literal.ts'
import { moduleName } from './module.ts'

export function lowerCall(node: SyntaxNode, context: Context): Expression {
  const list = childOf(node, 'arguments')
  const { start, end } = node
  const callee = lowerExpression(childOf(node, 'function'), context)
  if (list?.type === 'template_string') return lowerTag(node, { callee, template: list, context })
  const given = argumentsIn(list, context)
  if (callee.kind === 'name' && callee.name === 'require') return { kind: 'call', callee, arguments: given.map(withModuleName), start, end }
  return rebound({ kind: 'call', callee, arguments: given, start, end })
}

export function lowerNew(node: SyntaxNode, context: Context): Expression {
  const { start, end } = node
  const constructor = childOf(node, 'constructor') ?? namedOf(node)[0]
  const given = argumentsIn(childOf(node, 'arguments'), context)
  return { kind: 'call', callee: lowerExpression(constructor, context), arguments: given, isNew: true, start, end }
}

function withModuleName(argument: Argument): Argument {
  const { value } = argument
  return value.kind === 'literal' && typeof value.value === 'string' ? { value: { ...value, value: moduleName(value.value) } } : argument
}

/** A tag gets the texts in one list and the values apart, so that it can tell what is whose. */
function lowerTag(
  node: SyntaxNode,
  { callee, template, context }: { callee: Expression; template: SyntaxNode; context: Context },
): Expression {
  const { start, end } = node
  if (callee.kind === 'attribute' && callee.name === 'raw' && callee.object.kind === 'name' && callee.object.name === 'String')
    return lowerTemplate(template, context)
  const parts = partsOf(template, context)
  const texts = parts
    .filter((part) => typeof part === 'string')
    .map((value) => ({ value: { kind: 'literal', value, start, end } as const }))
  const values = parts.filter((part) => typeof part !== 'string').map((value) => ({ value }))
  return {
    kind: 'call',
    callee,
    arguments: [{ value: { kind: 'collection', shape: 'tuple', items: texts, start, end } }, ...values],
    start,
    end,
  }
}

/** `f.call(object, a)` and `f.apply(object, list)` are `f(a)` and `f(...list)`; `f.bind(object)` is `f`. */
function rebound(call: CallNode): Expression {
  const { callee } = call
  if (callee.kind !== 'attribute' || !/^(call|apply|bind)$/.test(callee.name)) return call
  const { object } = callee
  if (object.kind !== 'attribute' && object.kind !== 'name' && object.kind !== 'function') return call
  if (object.kind === 'name' && object.name === 'Reflect') return call
  const [, ...given] = call.arguments
  if (callee.name === 'bind') return given.length === 0 ? object : call
  return { ...call, callee: object, arguments: callee.name === 'call' ? given : given.map(({ value }) => ({ value, spread: 'list' })) }
}
