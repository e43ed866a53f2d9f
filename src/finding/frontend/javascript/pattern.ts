import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression, Item } from '../../ir/expression.ts'
import { type Context, namedOf, nothing } from '../context.ts'
import { keyOf, lowerExpression } from './expression.ts'

/** Where a value goes: a name, a place, or a pattern that takes it apart. `declares`: the names are new ones. */
export function lowerTarget(node: SyntaxNode | undefined, context: Context, declares: boolean): Expression {
  if (node === undefined) return { kind: 'unknown', children: [], start: 0, end: 0 }
  return context.nested(nothing(node), () => lower(node, context, declares))
}

function lower(node: SyntaxNode, context: Context, declares: boolean): Expression {
  const { start, end } = node
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
    case 'shorthand_property_identifier':
      return { kind: 'name', name: context.textOf(node), ...(declares ? { declares } : {}), start, end }
    case 'object_pattern':
    case 'object':
      return { kind: 'collection', shape: 'map', items: namedOf(node).map((child) => fieldIn(child, context, declares)), start, end }
    case 'array_pattern':
    case 'array':
      return { kind: 'collection', shape: 'list', items: placesIn(node, context, declares), start, end }
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      return withFallback(node, context, declares)
    case 'rest_pattern':
    case 'spread_element':
    case 'parenthesized_expression':
    case 'non_null_expression':
    case 'as_expression':
      return lowerTarget(namedOf(node)[0], context, declares)
    default:
      return lowerExpression(node, context)
  }
}

function withFallback(node: SyntaxNode, context: Context, declares: boolean): Expression {
  const { start, end } = node
  const target = lowerTarget(childOf(node, 'left'), context, declares)
  return { kind: 'assign', target, value: lowerExpression(childOf(node, 'right'), context), start, end }
}

function fieldIn(node: SyntaxNode, context: Context, declares: boolean): Item {
  if (node.type === 'pair_pattern' || node.type === 'pair')
    return { key: keyOf(childOf(node, 'key'), context), value: lowerTarget(childOf(node, 'value'), context, declares) }
  if (node.type === 'rest_pattern' || node.type === 'spread_element') return { spread: true, value: lower(node, context, declares) }
  const name = node.type === 'object_assignment_pattern' ? (childOf(node, 'left') ?? node) : node
  const { start, end } = name
  return { key: { kind: 'literal', value: context.textOf(name), start, end }, value: lower(node, context, declares) }
}

// `[, second]`: a place left out counts.
function placesIn(node: SyntaxNode, context: Context, declares: boolean): Item[] {
  const items: Item[] = []
  let empty = true
  for (const child of node.children) {
    if (child.type === ',') {
      if (empty) items.push({ value: nothing(child) })
      empty = true
    } else if (child.named && child.type !== 'comment') {
      items.push({
        value: lowerTarget(child, context, declares),
        ...(/^(rest_pattern|spread_element)$/.test(child.type) ? { spread: true } : {}),
      })
      empty = false
    }
  }
  return items
}
