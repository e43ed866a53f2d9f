import type { Language } from '../records/language.ts'
import { childOf, type SyntaxNode } from './tree.ts'

/** What makes no difference to a program's answers: comments, docstrings and, unless its output is the answer, what it prints. */
export interface Canonicalisation {
  keepOutput?: boolean
  /** A name that gives the instruction away, and what it becomes. */
  rename?: { from: string; to: string }
}

const bodies = new Set(['module', 'block', 'program', 'statement_block', 'class_body'])

/**
 * The words of a program, one text for all programs that differ in nothing but layout, comments, docstrings, quotes and prints. For
 * comparing, not for reading.
 */
export function canonicalForm(language: Language, text: string, root: SyntaxNode, options: Canonicalisation = {}): string {
  const words: string[] = []
  const pending: (SyntaxNode | string)[] = [root]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') {
      words.push(next)
    } else if (next.children.length === 0 || isString(next)) {
      if (next.type !== ';' && next.start < next.end) words.push(wordOf(text, next, options))
    } else {
      const parts = statementsOf(language, text, next, options)
      for (let i = parts.length - 1; i >= 0; i--) pending.push(parts[i]!)
    }
  }
  return words.join(' ')
}

// Python's blocks have no brackets of their own, and JavaScript may leave out its semicolons: both get them here.
function statementsOf(language: Language, text: string, node: SyntaxNode, options: Canonicalisation): (SyntaxNode | string)[] {
  const kept = node.children.filter((child) => !isSilent(language, text, child, options))
  if (!bodies.has(node.type)) return kept
  const parts = kept.flatMap((child) => (child.named ? [child, ';'] : [child]))
  return node.type === 'block' ? ['{', ...parts, '}'] : parts
}

function isString(node: SyntaxNode): boolean {
  return node.type === 'string' || node.type === 'template_string'
}

function wordOf(text: string, node: SyntaxNode, { rename }: Canonicalisation): string {
  const word = text.slice(node.start, node.end)
  if (rename !== undefined && node.type === 'identifier' && word === rename.from) return rename.to
  const plain = isString(node) ? /^(['"])([^'"\\]*)\1$/.exec(word) : null
  return plain === null ? word : `"${plain[2]}"`
}

/** Whether a node says nothing to the machine. */
export function isSilent(language: Language, text: string, node: SyntaxNode, { keepOutput = false }: Canonicalisation = {}): boolean {
  if (node.type === 'comment') return true
  if (node.type !== 'expression_statement') return false
  const [only] = node.children
  if (only === undefined) return true
  if (language === 'python' && only.type === 'string') return true
  return !keepOutput && isPrint(text, only)
}

function isPrint(text: string, node: SyntaxNode): boolean {
  if (node.type !== 'call' && node.type !== 'call_expression') return false
  const called = childOf(node, 'function')
  if (called === undefined) return false
  if (called.type === 'identifier') return text.slice(called.start, called.end) === 'print'
  const object = childOf(called, 'object')
  return called.type === 'member_expression' && object?.type === 'identifier' && text.slice(object.start, object.end) === 'console'
}

/** The program for a reader who should see only what it does: without silent parts and blank lines, and under its new name. */
export function canonicalProgram(language: Language, text: string, root: SyntaxNode, options: Canonicalisation = {}): string {
  const edits: { start: number; end: number; by: string }[] = []
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const silent = node.children.filter((child) => isSilent(language, text, child, options))
    const emptied = node.type === 'block' && node.children.every((child) => !child.named || silent.includes(child))
    for (const [i, child] of silent.entries()) edits.push({ start: child.start, end: child.end, by: emptied && i === 0 ? 'pass' : '' })
    for (const child of node.children) if (!silent.includes(child)) pending.push(child)
    if (node.type === 'identifier' && text.slice(node.start, node.end) === options.rename?.from) edits.push({ start: node.start, end: node.end, by: options.rename.to })
  }
  let at = 0
  let program = ''
  for (const { start, end, by } of edits.sort((a, b) => a.start - b.start)) {
    program += text.slice(at, start) + by
    at = end
  }
  const lines = (program + text.slice(at)).split('\n').map((line) => line.trimEnd())
  return `${lines.filter((line) => line !== '' && line !== ';').join('\n')}\n`
}
