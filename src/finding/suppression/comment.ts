import type { FindingSpan } from '../../records/finding.ts'
import type { Language } from '../../records/language.ts'
import { loadSyntax, parse, walk } from '../../syntax/tree.ts'
import { spanReader } from '../position.ts'

/** A comment `countersign-ignore RULE, RULE: reason`, as it stands there, sense or nonsense. */
export interface Suppression {
  readonly path: string
  readonly span: FindingSpan
  /** The line that it speaks of: its own, or the next below one or several such comments. */
  readonly line: number
  readonly rules: readonly string[]
  readonly reason: string
}

type Stretch = { readonly start: number; readonly end: number }

const word = 'countersign-ignore'
// At the start of a comment: whoever writes about suppressions suppresses nothing.
const directive = /(?<=(?:#|\/\/|\/\*+|\*|--|;|<!--)[ \t]{0,9})countersign-ignore(?![\w-])([^:\n]{0,400})(?::([^\n]{0,1000}))?/g
// Where nothing is parsed: a comment as most languages and configuration files write it.
const commentLine = /(?:#|\/\/|\/\*|--|;|<!--)[^\n]{0,100}countersign-ignore[^\n]*/g
// In prose only what is not shown is a comment; the rest may be an example.
const hiddenComment = /<!--[^\n]{0,100}countersign-ignore[^\n]*/g

/** The suppressions in a text. In a program only comments count: the same words in a string are data that anybody may have put there. */
export async function suppressionsIn(text: string, at: { path: string; language: Language | undefined }): Promise<Suppression[]> {
  if (!text.includes(word)) return []
  await loadSyntax()
  const readSpan = spanReader(text)
  const comments = at.language === undefined ? commentLines(text, at.path) : commentsOf(text, at.language)
  const read = comments.flatMap((comment) => directivesIn(text, comment)).map(({ stretch, rules, reason }) => ({ span: readSpan(stretch), rules, reason }))
  const alone = new Set(read.filter(({ span }) => isAlone(text, span)).map(({ span }) => span.line))
  return read.map(({ span, rules, reason }) => {
    let line = span.line
    while (alone.has(line)) line++
    return { path: at.path, span, line, rules, reason }
  })
}

function directivesIn(text: string, { start, end }: Stretch): { stretch: Stretch; rules: string[]; reason: string }[] {
  return [...text.slice(start, end).matchAll(directive)].map((match) => ({
    stretch: { start: start + match.index, end: start + match.index + match[0].trimEnd().length },
    rules: (match[1] ?? '').replace(/(?:\*\/|-->)\s*$/, '').split(/[\s,]+/).filter((rule) => rule !== ''),
    reason: (match[2] ?? '').replace(/(?:\*\/|-->)\s*$/, '').trim(),
  }))
}

function commentsOf(text: string, language: Language): Stretch[] {
  const parsed = parse(language, text)
  return parsed.kind === 'too-large' ? [] : [...walk(parsed.root)].filter(({ type }) => type === 'comment')
}

function commentLines(text: string, path: string): Stretch[] {
  return [...text.matchAll(/\.(?:md|markdown|rst|adoc|txt)$/i.test(path) ? hiddenComment : commentLine)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
}

/** Whether there is nothing before the comment on its line. */
function isAlone(text: string, { start, column }: FindingSpan): boolean {
  return /^[\s#/*;<!-]*$/.test(text.slice(start - column + 1, start))
}
