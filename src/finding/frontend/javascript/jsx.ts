import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Argument, Expression, Item } from '../../ir/expression.ts'
import { type Context, namedOf } from '../context.ts'
import { lowerExpression } from './expression.ts'
import { textIn } from './literal.ts'

/** An element is a call: `jsx('div', { id: x }, ...children)`. */
export function lowerElement(node: SyntaxNode, context: Context): Expression {
  const { start, end } = node
  const opening = node.type === 'jsx_element' ? (childOf(node, 'open_tag') ?? node) : node
  const attributes = opening.children.filter(({ field }) => field === 'attribute').map((child) => attributeOf(child, context))
  const properties: Expression = { kind: 'collection', shape: 'map', items: attributes, start: opening.start, end: opening.end }
  const children = node.children.filter(
    ({ type }) => /^jsx_(expression|element|self_closing_element|fragment)$/.test(type) && node.type !== 'jsx_self_closing_element',
  )
  const values: Argument[] = children.map((child) => ({ value: lowerExpression(child, context) }))
  const callee: Expression = { kind: 'name', name: 'jsx', start, end: start }
  return { kind: 'call', callee, arguments: [{ value: tagOf(opening, context) }, { value: properties }, ...values], start, end }
}

function tagOf(opening: SyntaxNode, context: Context): Expression {
  const name = childOf(opening, 'name')
  if (name === undefined) return { kind: 'literal', value: '', start: opening.start, end: opening.start }
  const text = context.textOf(name)
  const { start, end } = name
  return /^[a-z][\w-]*$/.test(text) ? { kind: 'literal', value: text, start, end } : lowerExpression(name, context)
}

function attributeOf(node: SyntaxNode, context: Context): Item {
  if (node.type !== 'jsx_attribute') return { spread: true, value: lowerExpression(namedOf(node)[0], context) }
  const [name, value] = namedOf(node)
  const { start, end } = name ?? node
  const key: Expression = { kind: 'literal', value: name === undefined ? '' : context.textOf(name), start, end }
  if (value?.type === 'string')
    return { key, value: { kind: 'literal', value: textIn(value, context), start: value.start, end: value.end } }
  return { key, value: value === undefined ? { kind: 'literal', value: true, start, end } : lowerExpression(value, context) }
}
