import { deflateRawSync } from 'node:zlib'
import type { Language } from '../records/language.ts'
import type { Degenerate } from '../records/screening.ts'
import { isSilent } from '../syntax/canonical.ts'
import type { Outline } from '../syntax/outline.ts'
import { childOf, type SyntaxNode, walk } from '../syntax/tree.ts'

/** A program, and the part of it that the task gave: what is judged is what was added. */
export interface Written {
  language: Language
  text: string
  prompt?: string | undefined
  entryPoint?: string | undefined
  outline?: Outline | undefined
}

// Coder-Reviewer: a ratio at or below this is repetition without end. Below a few hundred bytes deflate finds nothing anyway.
const leastRatio = 0.25

/** Says why a program is no attempt at the task, if it is none. */
export function findDegenerate(written: Written): Degenerate | undefined {
  const added = written.prompt !== undefined && written.text.startsWith(written.prompt) ? written.text.slice(written.prompt.length) : written.text
  if (added.trim() === '') return 'empty'
  if (isRepetitive(added)) return 'repetitive'
  const statements = written.outline === undefined ? undefined : statementsOf(written, written.outline)
  if (statements === undefined) return undefined
  if (statements.length === 0) return 'empty'
  return statements.every((node) => isPlaceholder(written.text, node)) ? 'placeholder' : undefined
}

// Without its indentation: deep nesting compresses well and is no repetition.
function isRepetitive(text: string): boolean {
  const words = text.replaceAll(/^[ \t]+/gm, '')
  return deflateRawSync(words).length / Buffer.byteLength(words) <= leastRatio
}

/** The statements of the entry point, or of the whole program where the task names none. */
function statementsOf({ language, text, entryPoint }: Written, { root }: Outline): SyntaxNode[] | undefined {
  const body = entryPoint === undefined ? root : bodyOf(text, root, entryPoint)
  // `(x) => x + 1` has no statements and is a solution.
  if (body === undefined || !/^(?:block|statement_block|module|program)$/.test(body.type)) return undefined
  return body.children.filter((child) => child.named && !isSilent(language, text, child, { keepOutput: true }))
}

function bodyOf(text: string, root: SyntaxNode, name: string): SyntaxNode | undefined {
  let body: SyntaxNode | undefined
  for (const node of walk(root)) {
    const named = childOf(node, 'name')
    if (named === undefined || text.slice(named.start, named.end) !== name) continue
    const callable = childOf(node, 'value') ?? node
    // A later definition of the same name replaces the one before.
    body = childOf(callable, 'body') ?? body
  }
  return body
}

function isPlaceholder(text: string, node: SyntaxNode): boolean {
  switch (node.type) {
    case 'pass_statement':
      return true
    case 'return_statement':
      return node.children.every((child) => !child.named)
    case 'expression_statement':
      return node.children[0]?.type === 'ellipsis'
    case 'raise_statement':
    case 'throw_statement':
      return /^(?:raise\s+NotImplemented(?:Error)?\b|throw\b[^]*not\s*(?:yet\s*)?implemented)/i.test(text.slice(node.start, node.end))
    default:
      return false
  }
}
