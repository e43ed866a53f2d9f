import type { Language } from '../records/language.ts'
import { readOutline } from '../syntax/outline.ts'
import { type SyntaxNode, walk } from '../syntax/tree.ts'

/**
 * The sentences and examples of a text, without the marks of comments around them: of a program its comments and docstrings, of
 * anything else the whole text. Line breaks stay, so that what stands on one line still does.
 */
export function readProse(language: Language, text: string): string {
  const outline = readOutline(language, text)
  if (outline === undefined || outline.signatures.length === 0 || outline.errors > 0) return tidy(text.split('\n').map(bare).join('\n'))
  return tidy([...walk(outline.root)].flatMap((node) => commentary(language, outline.code, node)).join('\n'))
}

function commentary(language: Language, code: string, node: SyntaxNode): string[] {
  if (node.type === 'comment') return [comment(code.slice(node.start, node.end))]
  if (language !== 'python' || node.type !== 'expression_statement' || node.children[0]?.type !== 'string') return []
  return [docstring(code.slice(node.start, node.end))]
}

function comment(text: string): string {
  if (!text.startsWith('/*')) return bare(text)
  const lines = text.slice(2, -2).split('\n')
  return lines.map((line) => line.replace(/^\s*\*+(?=\s|$)\s?/, '')).join('\n')
}

/** A line without the mark of a line comment. Markdown's `>` goes too, but not a prompt's: `>>>`, or `>` before a call. */
function bare(line: string): string {
  return line.replace(/^\s*(?:\/\/+|#+|\*(?=\s|\/)|\/\*+|>(?!>|[ \t]*[\w$.]+\())[ \t]?/, '').replace(/\*\/\s*$/, '')
}

// A line of a docstring means what its escapes say (`"a\\nb"` is `"a\nb"`), except where that would break the line: whoever
// wrote `f("a\nb")` in an example forgot to escape and means the example as it stands.
function docstring(literal: string): string {
  const [, prefix = '', quote = ''] = /^([a-zA-Z]*)("""|'''|"|')/.exec(literal) ?? []
  const body = literal.slice(prefix.length + quote.length, -quote.length)
  if (/r/i.test(prefix)) return body
  return body
    .split('\n')
    .map((line) => (/\\[ntrbfv0]/.test(line.replaceAll('\\\\', '')) ? line : line.replaceAll(/\\([\\'"])/g, '$1')))
    .join('\n')
}

// Typographic quotes and spaces as programmers mean them; Markdown's fences, back quotes and bold labels are no part of an example.
function tidy(text: string): string {
  return text
    .replaceAll(/[“”„]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll('\u00a0', ' ')
    .replaceAll('\r', '')
    .replaceAll(/^[ \t]*(?:```|~~~)[^\n]*$/gm, '')
    .replaceAll('`', ' ')
    .replaceAll(/\*\*([A-Za-z][\w ]*:?)\*\*/g, '$1')
}
