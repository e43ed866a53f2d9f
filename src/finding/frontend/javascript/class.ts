import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression } from '../../ir/expression.ts'
import type { ClassNode, Statement } from '../../ir/statement.ts'
import { type Context, namedOf } from '../context.ts'
import { lowerExpression, lowerNamed } from './expression.ts'
import { functionTypes, lowerFunction } from './function.ts'
import { lowerBlock } from './statement.ts'

export function lowerClass(
  node: SyntaxNode,
  context: Context,
  options: { name?: string; decorators?: readonly Expression[] } = {},
): ClassNode {
  const name = childOf(node, 'name')
  const { start, end } = node
  const own = node.children.filter(({ type }) => type === 'decorator')
  return {
    name: name === undefined ? (options.name ?? '') : context.textOf(name),
    bases: basesOf(node, context),
    keywords: [],
    decorators: [...(options.decorators ?? []), ...decoratorsIn(own, context)],
    body: membersOf(childOf(node, 'body'), context),
    start,
    end,
  }
}

export function decoratorsIn(nodes: readonly SyntaxNode[], context: Context): Expression[] {
  return nodes.flatMap((node) => namedOf(node).slice(0, 1)).map((child) => lowerExpression(child, context))
}

function basesOf(node: SyntaxNode, context: Context): Expression[] {
  const heritage = node.children.find(({ type }) => type === 'class_heritage')
  if (heritage === undefined) return []
  const clause = heritage.children.find(({ type }) => type === 'extends_clause')
  const base =
    clause === undefined ? heritage.children.find(({ named, type }) => named && type !== 'implements_clause') : childOf(clause, 'value')
  return base === undefined ? [] : [lowerExpression(base, context)]
}

function membersOf(body: SyntaxNode | undefined, context: Context): Statement[] {
  const statements: Statement[] = []
  let pending: SyntaxNode[] = []
  for (const member of body?.children ?? []) {
    if (member.type === 'decorator') {
      pending.push(member)
      continue
    }
    if (!member.named || member.type === 'comment') continue
    statements.push(...lowerMember(member, pending, context))
    pending = []
  }
  return statements
}

function lowerMember(member: SyntaxNode, before: readonly SyntaxNode[], context: Context): Statement[] {
  const { start, end } = member
  const decorators = decoratorsIn([...before, ...member.children.filter(({ type }) => type === 'decorator')], context)
  if (member.type === 'method_definition')
    return [{ kind: 'function', function: lowerFunction(member, context, { decorators, method: true }), start, end }]
  if (member.type === 'class_static_block') return lowerBlock(childOf(member, 'body'), context)
  if (member.type !== 'field_definition' && member.type !== 'public_field_definition') return []
  const named = childOf(member, 'name') ?? childOf(member, 'property')
  const value = childOf(member, 'value')
  if (named === undefined || value === undefined) return []
  const name = context.textOf(named)
  // A field that holds a function is a method.
  if (functionTypes.has(value.type))
    return [{ kind: 'function', function: lowerFunction(value, context, { name, decorators, method: true }), start, end }]
  const target: Expression = { kind: 'name', name, declares: true, start: named.start, end: named.end }
  return [{ kind: 'set', target, value: lowerNamed(value, name, context), start, end }]
}
