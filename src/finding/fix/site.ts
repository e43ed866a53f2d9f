import type { Edit, Finding } from '../../records/finding.ts'
import type { Language } from '../../records/language.ts'
import type { SyntaxNode } from '../../syntax/tree.ts'

/** A place in a program that is to be mended, with what stands around it. Positions are those of `text`. */
export class Site {
  readonly finding: Finding
  readonly language: Language
  readonly text: string
  readonly root: SyntaxNode
  /** How much of the text's beginning is not in the file. */
  readonly shift: number
  /** From the root down to the smallest node that holds the finding's place. */
  readonly path: readonly SyntaxNode[]

  constructor(source: { finding: Finding; language: Language; text: string; root: SyntaxNode; shift: number }) {
    this.finding = source.finding
    this.language = source.language
    this.text = source.text
    this.root = source.root
    this.shift = source.shift
    this.path = pathTo(source.root, { start: source.finding.span.start + source.shift, end: source.finding.span.end + source.shift })
  }

  get node(): SyntaxNode {
    return this.path.at(-1) ?? this.root
  }

  textOf({ start, end }: { start: number; end: number }): string {
    return this.text.slice(start, end)
  }

  /** The smallest node of one of these types around the finding's place. */
  around(...types: readonly string[]): SyntaxNode | undefined {
    return this.path.findLast(({ type }) => types.includes(type))
  }

  pathTo(node: SyntaxNode): readonly SyntaxNode[] {
    return pathTo(this.root, node)
  }

  /** What ends the file's lines. */
  get lineEnd(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n'
  }

  /** What stands between the beginning of the line and a position, if that is white space alone. */
  indentationAt(position: number): string | undefined {
    const before = this.text.slice(this.text.lastIndexOf('\n', position - 1) + 1, position)
    return before.trim() === '' ? before : undefined
  }

  replace({ start, end }: { start: number; end: number }, text: string): Edit {
    return { start, end, text }
  }

  insert(position: number, text: string): Edit {
    return { start: position, end: position, text }
  }

  wrap({ start, end }: { start: number; end: number }, before: string, after = ')'): Edit[] {
    return [this.insert(start, before), this.insert(end, after)]
  }
}

function pathTo(root: SyntaxNode, { start, end }: { start: number; end: number }): SyntaxNode[] {
  const path: SyntaxNode[] = []
  for (let node: SyntaxNode | undefined = root; node !== undefined;) {
    path.push(node)
    node = node.children.find((child) => child.start <= start && child.end >= end && child.end > child.start)
  }
  return path
}
