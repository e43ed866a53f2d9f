import type { SyntaxNode } from '../../syntax/tree.ts'
import type { Expression } from '../ir/expression.ts'
import { depthLimit } from './frontend.ts'

/** What lowering one file carries along: its text, and how deep it is. */
export class Context {
  readonly text: string
  truncated = false
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  textOf(node: SyntaxNode): string {
    return this.text.slice(node.start, node.end)
  }

  /** Goes one level down unless that is too deep, where `instead` stands for what is not read. */
  nested<T>(instead: T, lower: () => T): T {
    if (this.depth >= depthLimit) {
      this.truncated = true
      return instead
    }
    this.depth++
    try {
      return lower()
    } finally {
      this.depth--
    }
  }
}

/** An expression that stands for nothing readable. */
export function nothing(node: SyntaxNode, children: readonly Expression[] = []): Expression {
  return { kind: 'unknown', children, start: node.start, end: node.end }
}

/** The named children, comments left out. */
export function namedOf(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.named && child.type !== 'comment' && child.type !== 'line_continuation')
}
