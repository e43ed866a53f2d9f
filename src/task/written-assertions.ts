import type { Language } from '../records/language.ts'
import { parse } from '../syntax/tree.ts'

const beginnings = { python: /^\s*assert\b/, javascript: /^\s*(?:console\.assert|assert(?:\.\w+)*|expect)\s*\(/ }
const longestLines = 12
const longestText = 200_000

/** The assertions in what a model wrote, in their order, each as its text. Needs `loadSyntax()` before. */
export function writtenAssertions(language: Language, reply: string): string[] {
  const beginning = beginnings[language === 'python' ? 'python' : 'javascript']
  const lines = codeLines(reply.slice(0, longestText))
  const found: string[] = []
  for (let at = 0; at < lines.length; at++) {
    if (!beginning.test(lines[at]!)) continue
    const count = statementLines(language, lines.slice(at, at + longestLines))
    found.push(lines.slice(at, at + count).join('\n').trim())
    at += count - 1
  }
  return found
}

/** The lines inside fenced blocks, or all of them where there is no block. What the model thought aloud is not its answer. */
function codeLines(reply: string): string[] {
  const answer = reply.slice(Math.max(0, ...['</think>', '</thinking>', '</reasoning>'].map((end) => reply.lastIndexOf(end))))
  let inside = false
  const fenced: string[] = []
  const lines = answer.split('\n')
  for (const line of lines) {
    if (/^\s*(?:```|~~~)/.test(line)) inside = !inside
    else if (inside) fenced.push(line)
  }
  return fenced.length > 0 ? fenced : lines
}

/** How many lines the statement at the beginning takes; one where it never comes to an end. */
function statementLines(language: Language, lines: readonly string[]): number {
  for (let count = 1; count <= lines.length; count++) {
    const parsed = parse(language, lines.slice(0, count).join('\n').trim())
    if (parsed.kind === 'parsed' && parsed.errors === 0) return count
  }
  return 1
}
