import type { Call } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { parseOperand } from '../syntax/expression.ts'
import { CheckBuilder } from './check-builder.ts'
import { readSpoken, type Spoken } from './spoken-value.ts'
import { inLanguage, isArity, type Subject } from './subject.ts'

/** A call and what a text says of it: the value it gives, or the error it raises. */
export interface Example {
  call: Call
  expected: { kind: 'value'; value: Value; text: string } | { kind: 'raises'; type?: string }
  /** Where it stands in the text. */
  start: number
  end: number
  /** Its arguments hold a bare word, taken for a string without its quotes. */
  unquoted?: boolean
}

const arrow = '={1,3}>|-{1,2}>|➞|→|⟶|⇒|➜|➔|≡|↦'
const verb =
  'be\\s+equal\\s+to|equals?(?:\\s+to)?|returns?|returned|gives?|yields?|outputs?|produces?|evaluates?\\s+to|results?\\s+in|is(?:\\s+equal\\s+to)?|becomes?|be'
const filler = '(?:(?:\\s+(?:the|a|an))?\\s+(?:value|string|list|array|number|integer|tuple|result|boolean)(?:\\s+of)?)?'
// What may stand between a call and the value it gives.
const connective = new RegExp(
  `[ \\t)\\];]*(?:\\n(?=[ \\t]*(?:=+>|-+>|➞|→|#|//|[Oo]utput|[Rr]eturns?|[Rr]esult)))?[ \\t]*(?:(?:#|//|--)[ \\t]*)?,?[ \\t]*` +
    `(?:(?:it|which|this|that|and|then|so|function|the|output|result|answer)[ \\t]+)*(?:(?:should|will|must|would|shall|can)[ \\t]+)?` +
    `(?:${arrow}|={1,3}|:=?|(?:${verb})\\b${filler}[ \\t]*(?:${arrow}|[:=])?|[Oo]utput[ \\t]*[:=]|[Rr]esult[ \\t]*[:=])[ \\t]*`,
  'y',
)
const spaces = /[ \t]+/y
const comment = /[ \t);]*(?:#|\/\/)[ \t]*/y
const raising = /[ \t)\];,]*(?:(?:#|\/\/)[ \t]*)?(?:(?:should|will|must|would)[ \t]+)?(?:raises?|throws?)[ \t]+(?:an?[ \t]+)?([A-Z]\w*(?:Error|Exception)|error|exception)\b/y

/** Every example that is written as a call: `f(1) == 2`, `f(1) -> 2`, `f(1)  # 2`, `f(1) should return 2`, `f(-1) raises ValueError`. */
export function readCallExamples(subject: Subject, text: string): Example[] {
  const pattern = new RegExp(`(?<![\\w$])(?:${[...subject.names].map((name) => RegExp.escape(name)).join('|')})\\s?\\(`, 'g')
  if (subject.names.size === 0) return []
  return [...text.matchAll(pattern)].flatMap((found) => (isOperand(text, found.index) ? [] : (readCallExample(subject, text, found.index) ?? [])))
}

// In `f(3) = f(2) + f(1)` and `= 2 + f(1)` the call is a part of something, and what follows is not its value.
function isOperand(text: string, start: number): boolean {
  const line = lineBefore(text, start)
  if (/^\s*(?:(?:const|let|var)\s+)?[\w$]+\s*=\s*$/.test(line)) return false
  if (/(?:>>>|[-=]>|➞|→|⇒)\s*$/.test(line)) return false
  return /(?:[\w)\]"'.]\s*[-+*/%<>]\s*|[=^&|]\s*|[\w)\]]\.)$/.test(line) || isWrapped(line)
}

// As much of the line as can matter: a text without line breaks is not read over and over.
function lineBefore(text: string, start: number): string {
  const near = text.slice(Math.max(0, start - 200), start)
  return near.slice(near.lastIndexOf('\n') + 1)
}

const wrappers = new Set(['print', 'log', 'assert', 'ok', 'and', 'or', 'if', 'for', 'while', 'return'])

// `len(f(1)) == 2` and `[f(1), f(2)] == [1, 2]` say nothing of what `f(1)` gives; `print(f(1))  # 2` does.
function isWrapped(line: string): boolean {
  const open: number[] = []
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '(' || line[i] === '[') open.push(i)
    else if (line[i] === ')' || line[i] === ']') open.pop()
  }
  const last = open.at(-1)
  if (last === undefined) return false
  const name = /([\w$]+)\s?$/.exec(line.slice(0, last))?.[1]
  return name === undefined ? line.slice(last).includes(',') || line[last] === '[' : !wrappers.has(name) && !/\s$/.test(line.slice(0, last))
}

function readCallExample(subject: Subject, text: string, start: number): Example | undefined {
  const called = readCall(subject, text, start)
  if (called === undefined) return undefined
  raising.lastIndex = called.end
  const raises = raising.exec(text)
  if (raises !== null) {
    const [whole, type = ''] = raises
    return { call: called.call, expected: { kind: 'raises', ...(/^[A-Z]/.test(type) ? { type } : {}) }, start, end: called.end + whole.length }
  }
  // `>>> f(1) 2`: at a prompt the operator may be forgotten.
  const value = readAnswer(text, called.end, /^[ \t]*>>>/.test(lineBefore(text, start)))
  if (value === undefined) return undefined
  return { call: called.call, expected: { kind: 'value', value: value.value, text: value.text }, start, end: value.end, unquoted: called.unquoted }
}

/** The call of a subject's function that begins at a place in a text. Its arguments may be spelled in Python in a JavaScript task. */
function readCall(subject: Subject, text: string, start: number): { call: Call; end: number; unquoted: boolean } | undefined {
  for (const dialect of ['python', 'javascript'] as const) {
    const parsed = parseOperand(dialect, text, start)
    if (parsed === undefined) continue
    let unquoted = false
    const builder = new CheckBuilder(dialect, subject.names, (word) => {
      unquoted = true
      return isWord(subject, word) ? word : undefined
    })
    const check = builder.check(parsed.expression)
    const [built] = builder.calls
    const call = built === undefined || check?.kind !== 'call' ? undefined : inLanguage(subject, built)
    if (call !== undefined && fits(subject, call)) return { call, end: parsed.end, unquoted }
  }
  return undefined
}

const constants = /^(?:None|True|False|null|undefined|true|false|NaN|Infinity|inf|nan)$/

// A bare word that names nothing is a string that somebody forgot to quote.
function isWord(subject: Subject, word: string): boolean {
  return !constants.test(word) && !subject.names.has(word) && subject.signature !== undefined && !subject.signature.parameters.some((parameter) => parameter.name === word)
}

function fits(subject: Subject, call: Call): boolean {
  const [first] = call.steps
  if (first === undefined || first.name !== subject.entryPoint || subject.signature?.kind !== 'function') return true
  return isArity(subject, (first.arguments?.length ?? 0) + Object.keys(first.keywords ?? {}).length)
}

/** The value that a text gives for the call before it. */
function readAnswer(text: string, from: number, atPrompt: boolean): Spoken | undefined {
  for (const between of atPrompt ? [connective, comment, spaces] : [connective, comment]) {
    between.lastIndex = from
    const found = between.exec(text)
    if (found === null) continue
    const value = readSpoken(text, from + found[0].length)
    if (value !== undefined && isWholeAnswer(text, value)) return value
  }
  return undefined
}

/** Whether what follows a value leaves it the whole answer: not `2 * f(3)`, `2, 3` or `2 or 3`. */
export function isWholeAnswer(text: string, value: Spoken): boolean {
  const rest = text.slice(value.end, value.end + 40)
  return !/^(?:[\w"'$]|[ \t]*(?:[+*/%^](?!\/)|-(?!-?>)[ \t]*(?:\d|\w+\(|\w\b)|,[ \t]*[-\d"'[({]|or\b|\.\.\.|\(|\[))/.test(rest)
}
