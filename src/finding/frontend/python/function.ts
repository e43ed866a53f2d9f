import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression } from '../../ir/expression.ts'
import type { FunctionNode, Parameter, Statement } from '../../ir/statement.ts'
import { type Context, namedOf } from '../context.ts'
import { gathering } from '../generator.ts'
import { lowerExpression } from './expression.ts'
import { lowerBlock } from './statement.ts'

export function lowerFunction(node: SyntaxNode, decorators: readonly Expression[], context: Context): FunctionNode {
  const block = childOf(node, 'body')
  const body = lowerBlock(block, context)
  return functionOf(node, { decorators, context, body: block !== undefined && yieldsIn(block) ? gathering(node, body) : body })
}

/** Whether a function is a generator: what functions inside of it yield is theirs. */
function yieldsIn(block: SyntaxNode): boolean {
  const pending = [...block.children]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'yield') return true
    if (!/^(function_definition|lambda|class_definition)$/.test(node.type)) pending.push(...node.children)
  }
  return false
}

/** A function whose body is given apart from its node: also a declaration that was cut off before its body closed. */
export function functionOf(
  node: SyntaxNode,
  options: { decorators: readonly Expression[]; body: readonly Statement[]; context: Context },
): FunctionNode {
  const { context, body, decorators } = options
  const name = childOf(node, 'name') ?? node.children.find((child) => child.type === 'identifier')
  const parameters = childOf(node, 'parameters') ?? node.children.find((child) => child.type === 'parameters')
  const first = body[0]
  const literal = first?.kind === 'expression' && first.expression.kind === 'literal' ? first.expression.value : undefined
  return {
    name: name === undefined ? '' : context.textOf(name),
    parameters: parameters === undefined ? [] : lowerParameters(parameters, context),
    body,
    decorators,
    ...(typeof literal === 'string' ? { documentation: literal } : {}),
    start: node.start,
    end: node.end,
  }
}

export function lowerLambda(node: SyntaxNode, context: Context): FunctionNode {
  const parameters = childOf(node, 'parameters')
  const value = lowerExpression(childOf(node, 'body'), context)
  return {
    name: '',
    parameters: parameters === undefined ? [] : lowerParameters(parameters, context),
    body: [{ kind: 'return', value, start: value.start, end: value.end }],
    decorators: [],
    start: node.start,
    end: node.end,
  }
}

export function lowerParameters(node: SyntaxNode, context: Context): Parameter[] {
  return namedOf(node)
    .map((child) => lowerParameter(child, context))
    .filter((parameter) => parameter !== undefined)
}

function lowerParameter(node: SyntaxNode, context: Context): Parameter | undefined {
  if (node.type === 'keyword_separator' || node.type === 'positional_separator') return undefined
  const target = childOf(node, 'name') ?? (node.type === 'identifier' ? node : namedOf(node)[0])
  if (target === undefined) return undefined
  const annotation = childOf(node, 'type')
  const fallback = childOf(node, 'value')
  const shape = node.type === 'typed_parameter' ? target.type : node.type
  return {
    target: lowerExpression(target, context),
    kind: shape === 'list_splat_pattern' ? 'rest' : shape === 'dictionary_splat_pattern' ? 'keywords' : 'plain',
    ...(annotation && { annotation: lowerExpression(annotation, context) }),
    ...(fallback && { fallback: lowerExpression(fallback, context) }),
    start: node.start,
    end: node.end,
  }
}
