import { intentionOf } from './intention.ts'
import type { Language } from './language.ts'
import type { Task } from './task.ts'

/** The tags of the languages in the documents that models of our own are trained on; what is JavaScript to others is TypeScript to them. */
export const documentTags: Record<Language, 'py' | 'ts'> = { python: 'py', javascript: 'ts', typescript: 'ts' }

type Asked = Pick<Task, 'instruction' | 'language' | 'prompt' | 'signature'>

/**
 * What a task asks for in the form of those documents: sentences on one line that name the function with its parameters, `name(a, b)`, without
 * types, code marks and examples. (Examples are tests: they are run, not read to the model.)
 */
export function documentInstruction(task: Asked): string {
  const text = withoutSessions(intentionOf(task).replaceAll(gone, ' ')).replaceAll('`', '')
  const { words, example } = withoutExamples(text)
  const sentence = oneLine(oneLine(words).replaceAll(leftOver, ' ')).replaceAll(/ (?=[.,;](?: |$))/g, '')
  const header = declared(task) ?? example
  return header === undefined || calls(sentence).some(({ inside }) => parametersIn(inside) !== undefined) ? sentence : `${header}: ${sentence.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`
}

// Stands where an example stood, until what led up to it is gone too.
const gone = '\uFFFC'
const leftOver = /(?:\b(?:for example|for instance|examples?|e\.g\.|such as|like)[,:]? ?)?\uFFFC(?:(?:[ ,;.]|\band\b|\bor\b)*\uFFFC)*[,;.]?/gi

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function withoutSessions(text: string): string {
  return text
    .replaceAll(/^[ \t]*(```|~~~)[^]*?(?:^[ \t]*\1[ \t]*$|(?![^]))/gm, gone)
    .replaceAll(/^[ \t]*>>>[^]*?(?:\n[ \t]*(?=\n)|(?![^]))/gm, gone)
    .replaceAll(/^[ \t]*(?:assert\b|console\.assert\b|expect[ \t]*\().*$/gm, gone)
}

interface Mention {
  name: string
  inside: string
  start: number
  end: number
}

/** The text with its calls told apart: one that declares parameters stays, by their names alone; one that shows a result goes. */
function withoutExamples(text: string): { words: string; example?: string } {
  let words = ''
  let at = 0
  let example: string | undefined
  for (const { name, inside, start, end } of calls(text)) {
    if (start < at) continue
    const parameters = parametersIn(inside)
    const behind = text.slice(end)
    const result = (parameters === undefined ? shownResult : shownType).exec(behind)
    if (parameters === undefined && result === null) continue
    words += text.slice(at, start) + (parameters === undefined ? gone : `${name}(${parameters.join(', ')})`)
    at = end + (result?.[0].length ?? 0)
    if (parameters === undefined) example ??= `${name}(${standIns.slice(0, split(inside).length).join(', ')})`
  }
  return { words: words + text.slice(at), ...(example === undefined ? {} : { example }) }
}

const standIns = ['value', 'other', 'third', 'fourth', 'fifth']
const shownResult = /^\s*(?:===?|->|=>|→)\s*(?:"[^"\n]*"|'[^'\n]*'|\[[^\n]*\]|\{[^\n]*\}|\([^\n]*\)|\S*[^\s.,;])/
const shownType = /^\s*(?:->|→)\s*[\w.]+(?:\[[^\]\n]*\])?(?:\s*\|\s*[\w.]+(?:\[[^\]\n]*\])?)*/

function calls(text: string): Mention[] {
  return [...text.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]*)\(/g).take(mostCalls)].flatMap(({ index, 0: opening, 1: name = '' }) => {
    const from = index + opening.length
    const length = balanced(text.slice(from))
    return length === undefined ? [] : [{ name, inside: text.slice(from, from + length), start: index, end: from + length + 1 }]
  })
}

const longestCall = 500
const mostCalls = 100

/** How far it is to the bracket that closes what was opened before. */
function balanced(text: string): number | undefined {
  let depth = 0
  for (const { index, 0: part } of text.slice(0, longestCall).matchAll(/"[^"\n]*"|'[^'\n]*'|[([{]|[)\]}]/g)) {
    if ('([{'.includes(part)) depth += 1
    else if (')]}'.includes(part) && depth-- === 0) return index
  }
  return undefined
}

/** The names in a list of parameters; undefined for a list of values. */
function parametersIn(list: string): string[] | undefined {
  const names = split(list).map((part) => /^(?:\.{3}|\*{1,2})?([A-Za-z_$][\w$]*)\??(?:\s*[:=].*)?$/s.exec(part)?.[1])
  return names.every((name) => name !== undefined && !constants.has(name)) ? (names as string[]) : undefined
}

const constants = new Set(['True', 'False', 'None', 'true', 'false', 'null', 'undefined', 'NaN', 'Infinity'])

function split(list: string): string[] {
  const parts = [...list.matchAll(/(?:"[^"]*"|'[^']*'|\[[^\]]*\]|\{[^}]*\}|\([^)]*\)|<[^>]*>|[^,])+/g)].map(([part]) => part.trim())
  return parts.filter((part) => part !== '')
}

function declared({ signature }: Asked): string | undefined {
  return signature?.kind === 'function' ? `${signature.name}(${signature.parameters.map(({ name }) => name).join(', ')})` : undefined
}
