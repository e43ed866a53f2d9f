import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression } from '../../ir/expression.ts'
import type { FunctionNode, Parameter, Statement } from '../../ir/statement.ts'
import { type Context, namedOf } from '../context.ts'
import { gathering } from '../generator.ts'
import { lowerExpression } from './expression.ts'
import { lowerTarget } from './pattern.ts'
import { lowerBlock } from './statement.ts'

export const functionTypes: ReadonlySet<string> = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'function',
  'generator_function',
  'arrow_function',
  'method_definition',
])

interface FunctionOptions {
  readonly name?: string
  readonly decorators?: readonly Expression[]
  /** A method is given its object first, as `this`. */
  readonly method?: boolean
}

export function lowerFunction(node: SyntaxNode, context: Context, options: FunctionOptions = {}): FunctionNode {
  const lowered = bodyOf(childOf(node, 'body'), context)
  const body = node.children.some(({ type }) => type === '*') ? gathering(node, lowered) : lowered
  return functionOf(node, body, {
    ...options,
    context,
    parameters: childOf(node, 'parameters') ?? childOf(node, 'parameter'),
  })
}

/** A function whose parts are given apart from its node: also a declaration that was cut off before its body closed. */
export function functionOf(
  node: SyntaxNode,
  body: readonly Statement[],
  options: FunctionOptions & { context: Context; parameters: SyntaxNode | undefined },
): FunctionNode {
  const { context, parameters, method = false, decorators = [] } = options
  const { start, end } = node
  const own = childOf(node, 'name')
  const given = parameters === undefined ? [] : parameters.type === 'formal_parameters' ? namedOf(parameters) : [parameters]
  const self: Parameter[] = method
    ? [{ target: { kind: 'name', name: 'this', declares: true, start, end: start }, kind: 'plain', start, end: start }]
    : []
  return {
    name: own === undefined ? (options.name ?? '') : context.textOf(own),
    parameters: [...self, ...given.flatMap((child) => lowerParameter(child, context))],
    body: method ? [...given.flatMap((child) => fieldFrom(child, context)), ...body] : body,
    decorators,
    ...(node.children.some(({ type }) => type === 'get') && { isGetter: true }),
    ...(node.type === 'arrow_function' && { isArrow: true }),
    start,
    end,
  }
}

function bodyOf(node: SyntaxNode | undefined, context: Context): Statement[] {
  if (node === undefined || node.type === 'statement_block') return lowerBlock(node, context)
  const value = lowerExpression(node, context)
  return [{ kind: 'return', value, start: value.start, end: value.end }]
}

function lowerParameter(node: SyntaxNode, context: Context): Parameter[] {
  const typed = node.type === 'required_parameter' || node.type === 'optional_parameter'
  const pattern = typed ? (childOf(node, 'pattern') ?? namedOf(node)[0]) : node
  if (pattern === undefined || pattern.type === 'this' || pattern.type === 'ERROR' || pattern.type === 'decorator') return []
  const fallback = childOf(node, typed ? 'value' : 'right')
  const annotation = typeIn(childOf(node, 'type'), context)
  const target = pattern.type === 'assignment_pattern' ? childOf(pattern, 'left') : pattern
  const { start, end } = node
  return [
    {
      target: lowerTarget(target, context, true),
      kind: pattern.type === 'rest_pattern' ? 'rest' : 'plain',
      ...(annotation && { annotation }),
      ...(fallback && { fallback: lowerExpression(fallback, context) }),
      start,
      end,
    },
  ]
}

/** The name of a type, where it has one; what stands in its angle brackets is dropped. */
function typeIn(node: SyntaxNode | undefined, context: Context): Expression | undefined {
  const given = node === undefined ? undefined : namedOf(node)[0]
  const type = given?.type === 'readonly_type' ? namedOf(given)[0] : given
  if (type !== undefined && /^(array|tuple)_type$/.test(type.type)) return { kind: 'name', name: 'Array', start: type.start, end: type.end }
  const named = type?.type === 'generic_type' ? (childOf(type, 'name') ?? namedOf(type)[0]) : type
  if (named === undefined) return undefined
  const { start, end } = named
  if (/^(type_identifier|predefined_type|identifier)$/.test(named.type)) return { kind: 'name', name: context.textOf(named), start, end }
  const [module, name] = named.type === 'nested_type_identifier' ? namedOf(named) : []
  if (module === undefined || name === undefined) return undefined
  return { kind: 'attribute', object: lowerExpression(module, context), name: context.textOf(name), start, end }
}

// `constructor(private readonly db: Database)` makes a field of the parameter.
function fieldFrom(node: SyntaxNode, context: Context): Statement[] {
  if (!node.children.some(({ type }) => type === 'accessibility_modifier' || type === 'readonly')) return []
  const pattern = childOf(node, 'pattern')
  if (pattern?.type !== 'identifier') return []
  const { start, end } = pattern
  const name = context.textOf(pattern)
  const target: Expression = { kind: 'attribute', object: { kind: 'name', name: 'this', start, end }, name, start, end }
  return [{ kind: 'set', target, value: { kind: 'name', name, start, end }, start, end }]
}
