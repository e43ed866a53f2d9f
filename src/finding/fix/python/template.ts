import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'
import { type Hole, holesOf, type Template, type Text } from '../template.ts'

interface Literal {
  readonly node: SyntaxNode
  readonly prefix: string
  readonly mark: string
  /** What lies between the quotes. */
  readonly start: number
  readonly end: number
}

/** An expression as text and values; nothing where it is no text that values are written into. */
export function templateOf(site: Site, node: SyntaxNode): Template | undefined {
  const template = read(site, unwrapped(node))
  return template === undefined || holesOf(template).length === 0 ? undefined : template
}

function read(site: Site, node: SyntaxNode): Template | undefined {
  if (node.type === 'string' || node.type === 'concatenated_string') return formatted(site, stringsOf(node))
  if (node.type === 'binary_operator' && childOf(node, 'operator')?.type === '+') return added(site, node)
  if (node.type === 'binary_operator' && childOf(node, 'operator')?.type === '%') return percent(site, node)
  return node.type === 'call' ? format(site, node) : undefined
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  const inner = node.type === 'parenthesized_expression' ? node.children.find(({ named }) => named) : undefined
  return inner === undefined ? node : unwrapped(inner)
}

const stringsOf = (node: SyntaxNode) => (node.type === 'string' ? [node] : node.children.filter(({ type }) => type === 'string'))

function literalOf(site: Site, node: SyntaxNode): Literal {
  const opening = node.children[0] ?? node
  const closing = node.children.at(-1) ?? node
  const [, prefix = '', mark = '"'] = /^(\w*)(.*)$/.exec(site.textOf(opening)) ?? []
  return { node, prefix: prefix.toLowerCase(), mark, start: opening.end, end: closing.start }
}

/** `f"... {value} ..."`, in one piece or several. */
function formatted(site: Site, strings: readonly SyntaxNode[]): Template | undefined {
  const pieces: (Text | Hole)[] = []
  const unformat: Edit[] = []
  for (const { node, prefix, start, end } of strings.map((string) => literalOf(site, string))) {
    let position = start
    for (const child of node.children.filter(({ type }) => type === 'interpolation')) {
      const value = childOf(child, 'expression')
      if (
        value === undefined ||
        child.children.some(({ type }) => type === 'type_conversion' || type === 'format_specifier' || type === '=')
      )
        return undefined
      pieces.push(
        { kind: 'text', start: position, end: child.start },
        { kind: 'hole', start: child.start, end: child.end, open: '', close: '', value, isText: false, isInside: true },
      )
      position = child.end
    }
    pieces.push({ kind: 'text', start: position, end })
    if (!prefix.includes('f')) continue
    const at = node.start + site.text.slice(node.start).search(/f/i)
    unformat.push(
      { start: at, end: at + 1, text: '' },
      ...halved(
        site,
        pieces.filter(({ kind, start: from }) => kind === 'text' && from >= start),
        /\{\{|\}\}/g,
      ),
    )
  }
  return { pieces, style: 'f', unformat, canLift: true }
}

/** Doubled characters that stand for themselves, as they are written without formatting. */
function halved(site: Site, texts: readonly { start: number; end: number }[], doubled: RegExp): Edit[] {
  return texts.flatMap((text) =>
    [...site.textOf(text).matchAll(doubled)].map(({ index }) => ({ start: text.start + index, end: text.start + index + 1, text: '' })),
  )
}

/** `"..." + value + "..."` */
function added(site: Site, node: SyntaxNode): Template | undefined {
  const operands = operandsOf(node)
  const literals = operands.map((operand) =>
    operand.type === 'string' || operand.type === 'concatenated_string'
      ? stringsOf(operand).map((string) => literalOf(site, string))
      : undefined,
  )
  const pieces: (Text | Hole)[] = []
  const unformat: Edit[] = []
  let canLift = true
  for (const [i, operand] of operands.entries()) {
    if (literals[i] !== undefined) {
      const inner = formatted(site, stringsOf(operand))
      if (inner === undefined) return undefined
      pieces.push(...inner.pieces)
      unformat.push(...inner.unformat)
      continue
    }
    const before = literals[i - 1]?.at(-1)
    const after = literals[i + 1]?.[0]
    const merges = before !== undefined && after !== undefined && before.mark === after.mark && before.prefix === after.prefix
    if (before === undefined) canLift = false
    pieces.push({
      kind: 'hole',
      start: before?.end ?? operand.start,
      end: merges ? after.start : operand.end,
      open: '',
      close: merges ? '' : (before?.mark ?? ''),
      value: operand,
      isText: true,
      isInside: false,
    })
  }
  return literals.every((literal) => literal === undefined) ? undefined : { pieces, style: '+', unformat, canLift }
}

function operandsOf(node: SyntaxNode): SyntaxNode[] {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')]
  if (node.type !== 'binary_operator' || childOf(node, 'operator')?.type !== '+' || left === undefined || right === undefined) return [node]
  return [...operandsOf(left), right]
}

/** `"... %s ..." % value` */
function percent(site: Site, node: SyntaxNode): Template | undefined {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')]
  const text = left && unwrapped(left)
  if (left === undefined || right === undefined || text === undefined || !text.type.endsWith('string')) return undefined
  const listed = right.type === 'tuple' ? right.children.filter(({ named }) => named) : [right]
  return filled(
    site,
    { text, spec: /%(?:\((\w+)\))?([^])/g, doubled: /%%/g, style: '%', rest: { start: left.end, end: node.end, text: '' } },
    (name, letter, position) => {
      if (!/[sdi]/.test(letter)) return undefined
      return name === undefined ? (right.type === 'dictionary' ? undefined : listed[position]) : entryOf(site, right, name)
    },
  )
}

function entryOf(site: Site, node: SyntaxNode, name: string): SyntaxNode | undefined {
  const pair = node.children.find((child) => child.type === 'pair' && site.textOf(childOf(child, 'key') ?? child).slice(1, -1) === name)
  return pair && childOf(pair, 'value')
}

/** `"... {} ...".format(value)` */
function format(site: Site, node: SyntaxNode): Template | undefined {
  const callee = childOf(node, 'function')
  const object = callee && childOf(callee, 'object')
  const text = object && unwrapped(object)
  const list = childOf(node, 'arguments')
  if (
    callee === undefined ||
    object === undefined ||
    text === undefined ||
    !text.type.endsWith('string') ||
    list === undefined ||
    site.textOf(childOf(callee, 'attribute') ?? callee) !== 'format'
  )
    return undefined
  const given = list.children.filter(({ named }) => named)
  return filled(
    site,
    { text, spec: /\{(\w*)([^])/g, doubled: /\{\{|\}\}/g, style: 'format', rest: { start: object.end, end: node.end, text: '' } },
    (name, letter, position) => {
      if (letter !== '}') return undefined
      if (name === undefined || /^\d*$/.test(name)) return given[name === undefined || name === '' ? position : Number(name)]
      const keyword = given.find((child) => child.type === 'keyword_argument' && site.textOf(childOf(child, 'name') ?? child) === name)
      return keyword && childOf(keyword, 'value')
    },
  )
}

interface Form {
  readonly text: SyntaxNode
  readonly spec: RegExp
  readonly doubled: RegExp
  readonly style: '%' | 'format'
  readonly rest: Edit
}

/** A text with marks in it that are filled from elsewhere. */
function filled(
  site: Site,
  { text, spec, doubled, style, rest }: Form,
  valueOf: (name: string | undefined, letter: string, position: number) => SyntaxNode | undefined,
): Template | undefined {
  const pieces: (Text | Hole)[] = []
  let count = 0
  for (const { prefix, start, end } of stringsOf(text).map((string) => literalOf(site, string))) {
    if (prefix.includes('f')) return undefined
    let position = start
    const content = site.text.slice(start, end)
    // A doubled mark stands for itself; it is blanked so that its second half is no mark of its own.
    for (const match of content.replace(doubled, '  ').matchAll(spec)) {
      const value = valueOf(match[1], match[2] ?? '', count++)
      if (value === undefined || value.type.endsWith('splat') || value.type === 'keyword_argument') return undefined
      const at = start + match.index
      pieces.push(
        { kind: 'text', start: position, end: at },
        { kind: 'hole', start: at, end: at + match[0].length, open: '', close: '', value, isText: false, isInside: false },
      )
      position = at + match[0].length
    }
    pieces.push({ kind: 'text', start: position, end })
  }
  const texts = pieces.filter(({ kind }) => kind === 'text')
  return { pieces, style, unformat: [rest, ...halved(site, texts, doubled)], canLift: true }
}
