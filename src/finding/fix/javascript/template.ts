import { childOf, type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'
import { type Hole, holesOf, type Template, type Text } from '../template.ts'

/** An expression as text and values; nothing where it is no text that values are written into. */
export function templateOf(site: Site, node: SyntaxNode | undefined): Template | undefined {
  const template = node?.type === 'template_string' ? filled(node) : node?.type === 'binary_expression' ? added(site, node) : undefined
  return template === undefined || holesOf(template).length === 0 ? undefined : template
}

/** The same where a constant of the file holds it. */
export function textAt(site: Site, node: SyntaxNode | undefined): Template | undefined {
  return node?.type === 'identifier' ? templateOf(site, constantValue(site, node)) : templateOf(site, node)
}

function constantValue(site: Site, use: SyntaxNode): SyntaxNode | undefined {
  const scope = site.pathTo(use).findLast(({ type, start }) => /function|method|arrow|program/.test(type) && start < use.start) ?? site.root
  const declared = [...walk(scope)].filter(
    (node) => node.type === 'variable_declarator' && site.textOf(childOf(node, 'name') ?? node) === site.textOf(use),
  )
  const [only, another] = declared
  const uses = [...walk(scope)].filter((node) => node.type === 'identifier' && site.textOf(node) === site.textOf(use))
  return only === undefined || another !== undefined || only.end > use.start || uses.length !== 2 ? undefined : childOf(only, 'value')
}

/** `... ${value} ...` */
function filled(node: SyntaxNode): Template {
  const pieces: (Text | Hole)[] = []
  let position = node.start + 1
  for (const child of node.children.filter(({ type }) => type === 'template_substitution')) {
    const value = child.children.find(({ named }) => named)
    pieces.push({ kind: 'text', start: position, end: child.start })
    if (value !== undefined)
      pieces.push({ kind: 'hole', start: child.start, end: child.end, open: '', close: '', value, isText: false, isInside: true })
    position = child.end
  }
  pieces.push({ kind: 'text', start: position, end: node.end - 1 })
  return { pieces, style: '`', unformat: [], canLift: true }
}

const isLiteral = (operand: SyntaxNode | undefined) => operand?.type === 'string'

/** `'...' + value + '...'` */
function added(site: Site, node: SyntaxNode): Template | undefined {
  const operands = operandsOf(node)
  if (!operands.some(isLiteral) || operands.some(({ type }) => type === 'template_string')) return undefined
  const pieces: (Text | Hole)[] = []
  let canLift = true
  for (const [i, operand] of operands.entries()) {
    if (isLiteral(operand)) {
      pieces.push({ kind: 'text', start: operand.start + 1, end: operand.end - 1 })
      continue
    }
    const [before, after] = [operands[i - 1], operands[i + 1]]
    if (!isLiteral(before)) canLift = false
    const mark = before === undefined ? '' : (site.text[before.end - 1] ?? '')
    const merges = isLiteral(before) && isLiteral(after) && site.text[after?.start ?? 0] === mark
    pieces.push({
      kind: 'hole',
      start: isLiteral(before) ? before!.end - 1 : operand.start,
      end: merges ? after!.start + 1 : operand.end,
      open: '',
      close: merges ? '' : mark,
      value: operand,
      isText: true,
      isInside: false,
    })
  }
  return { pieces, style: '+', unformat: [], canLift }
}

function operandsOf(node: SyntaxNode): SyntaxNode[] {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')]
  if (node.type !== 'binary_expression' || childOf(node, 'operator')?.type !== '+' || left === undefined || right === undefined)
    return [node]
  return [...operandsOf(left), right]
}
