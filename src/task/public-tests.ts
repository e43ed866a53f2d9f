import type { Check, Test } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { isTagged } from '../syntax/python-value.ts'
import { readAssertion } from './assertion.ts'
import { readDoctests, readSessions } from './doctest.ts'
import { escape, type Example, readCallExamples } from './example.ts'
import { readStatedExamples } from './stated-input.ts'
import type { Subject } from './subject.ts'

/** The tests that a task's own text shows, in whatever form, in the order of the text. */
export function findPublicTests(subject: Subject, prose: string): Test[] {
  const tests = testsAbout(subject, prose)
  return tests.length > 0 || subject.signature?.kind !== 'function' ? tests : underOtherName(subject, prose)
}

// Examples that call the function by another name than the one it is asked for under: an old name or a slip of the pen.
function underOtherName(subject: Subject, prose: string): Test[] {
  const called = new Set([...prose.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]{2,})\(/g)].map(([, name]) => name!))
  const found = [...called]
    .filter((name) => !builtinFunctions.has(name) && !subject.defined.has(name))
    .map((name) => testsAbout({ ...subject, names: new Set([name]), entryPoint: name }, prose.replaceAll('>>>', '   ')).map((test) => renamed(test, subject.entryPoint!)))
    .filter((tests) => tests.length > 0)
  return found.length === 1 ? found[0]! : []
}

const builtinFunctions = new Set('abs all any assert console dict enumerate expect filter float input int isinstance len list log map max min print range require reversed round set sorted str sum tuple type zip'.split(' '))

function renamed(test: Test, name: string): Test {
  if (test.kind !== 'call') return test
  return { ...test, calls: test.calls.map(({ steps: [first, ...rest] }) => ({ steps: [{ ...first!, name }, ...rest] })) }
}

function testsAbout(subject: Subject, prose: string): Test[] {
  const sessions = readSessions(prose)
  const asserted = readAssertedLines(subject, prose)
  const doctests = [...readDoctests(subject, sessions).map(({ test, session }) => ({ test, place: session })), ...asserted]
  const rest = blank(prose, doctests.map(({ place }) => place))
  const called = withoutSymbols(readCallExamples(subject, rest))
  const others = blank(rest, called)
  const stated = subject.entryPoint === undefined ? [] : readStatedExamples({ ...subject, entryPoint: subject.entryPoint }, others)
  const examples = agreeing(subject, prose, [...called, ...stated].sort((a, b) => a.start - b.start))
  const sequences = mostly(examples, 'sequence')
  const tests = [...doctests.map(({ test, place }) => ({ test, start: place.start })), ...examples.map((example) => ({ test: testOf(subject, prose, { example, sequences }), start: example.start }))]
  return unique(tests.sort((a, b) => a.start - b.start).map(({ test }) => test))
}

/** Lines that are assertions of the language, for more than an equality: those are read as examples, with the tolerance of prose. */
function readAssertedLines(subject: Subject, prose: string): { test: Test; place: { start: number; end: number } }[] {
  return [...prose.matchAll(/^[ \t]*((?:assert\b|console\.assert|expect[ \t]*\()[^\n]*)$/gm)].flatMap((found) => {
    const { language, names } = subject
    const read = readAssertion({ language, names, known: subject.defined }, found[1]!, 'public')
    if (read.kind !== 'test' || read.test.kind !== 'call' || isEquality(read.test.check)) return []
    return [{ test: read.test, place: { start: found.index, end: found.index + found[0].length } }]
  })
}

function isEquality(check: Check): boolean {
  return check.kind === 'apply' && check.operator.startsWith('==') && check.operands.some(({ kind }) => kind === 'call') && check.operands.some(({ kind }) => kind === 'value')
}

// `f(abc) -> 1`, `f(xy) -> 2` show strings without quotes; a lone `f(x) = 0` is mathematics.
function withoutSymbols(examples: Example[]): Example[] {
  const words = new Set(examples.filter(({ unquoted }) => unquoted === true).map(({ call }) => JSON.stringify(call.steps[0]?.arguments)))
  return words.size > 1 && [...words].some((word) => /\w{2}/.test(word)) ? examples : examples.filter(({ unquoted }) => unquoted !== true)
}

/** The text with these places empty, and everything else where it was. */
function blank(text: string, places: readonly { start: number; end: number }[]): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    if (start < at) continue
    parts.push(text.slice(at, start), text.slice(start, end).replaceAll(/[^\n]/g, ' '))
    at = end
  }
  return parts.join('') + text.slice(at)
}

function unique(tests: Test[]): Test[] {
  const found = new Map<string, Test>()
  for (const test of tests) {
    const key = test.kind === 'call' ? JSON.stringify([test.calls, test.check]) : test.text
    if (!found.has(key)) found.set(key, test)
  }
  return [...found.values()]
}

function testOf(subject: Subject, prose: string, context: { example: Example; sequences: boolean }): Test {
  const { example, sequences } = context
  const { expected } = example
  const text = prose.slice(example.start, example.end).trim()
  const common = { kind: 'call' as const, source: 'public' as const, text, calls: [example.call] }
  if (expected.kind === 'raises') return { ...common, check: { kind: 'raises', index: 0, ...(expected.type === undefined ? {} : { type: expected.type }) } }
  const check = matching(expected.value)
  // `("a")` among examples that give tuples: whoever wrote it may have forgotten the comma.
  if (!inBrackets(expected.text) || kindOf(expected.value) === 'sequence' || !sequences) return { ...common, check }
  const operator = subject.language === 'python' ? 'or' : '||'
  return { ...common, check: { kind: 'apply', operator, operands: [check, matching({ $: 'tuple', v: [expected.value] })] } }
}

function matching(value: Value): Check {
  return { kind: 'apply', operator: 'matches', operands: [{ kind: 'call', index: 0 }, { kind: 'value', value }] }
}

function inBrackets(text: string): boolean {
  return text.startsWith('(') && text.endsWith(')')
}

type Kind = 'nothing' | 'truth' | 'number' | 'text' | 'sequence' | 'other'

function kindOf(value: Value): Kind {
  if (value === null || isTagged(value, 'undefined')) return 'nothing'
  if (typeof value === 'boolean') return 'truth'
  if (typeof value === 'number' || isTagged(value, 'int') || isTagged(value, 'float')) return 'number'
  if (typeof value === 'string') return 'text'
  return Array.isArray(value) || isTagged(value, 'tuple') ? 'sequence' : 'other'
}

function mostly(examples: Example[], kind: Kind): boolean {
  const kinds = examples.flatMap(({ expected }) => (expected.kind === 'value' ? [kindOf(expected.value)] : []))
  return kinds.filter((other) => other === kind).length * 2 > kinds.length
}

// A text also holds what only looks like an example: the items of a recurrence, a counter-example. Where the same call has two
// answers neither counts, and an answer that contradicts the return annotation does not.
function agreeing(subject: Subject, prose: string, examples: Example[]): Example[] {
  const answers = new Map<string, Set<string>>()
  for (const { call, expected } of examples) {
    const key = JSON.stringify(call)
    answers.set(key, (answers.get(key) ?? new Set()).add(JSON.stringify(expected.kind === 'value' ? expected.value : expected)))
  }
  const consistent = examples.filter(({ call }) => answers.get(JSON.stringify(call))?.size === 1)
  const items = definesSequence(subject, prose)
  const wanted = items ? 'sequence' : annotated(subject)
  const fitting = consistent.filter(({ expected }) => wanted === undefined || expected.kind === 'raises' || isKind(expected, wanted))
  return fitting.length > 0 || items ? fitting : consistent
}

function isKind(expected: { value: Value; text: string }, wanted: Kind): boolean {
  const kind = kindOf(expected.value)
  return kind === wanted || kind === 'nothing' || (wanted === 'sequence' && inBrackets(expected.text))
}

// `t(1) = 3`, `t(n) = t(n - 1) + 2`, "return a list of the first n": these define the items of the answer and are no examples of it.
function definesSequence(subject: Subject, prose: string): boolean {
  const parameters = subject.signature?.parameters.map(({ name }) => escape(name)) ?? []
  if (subject.entryPoint === undefined || parameters.length === 0) return false
  const recurrence = new RegExp(`(?<![\\w$])${escape(subject.entryPoint)}\\(\\s*(?:${parameters.join('|')})\\s*\\)\\s*(?:=|->)`)
  return recurrence.test(prose) && /\breturns?\s+(?:an?\s+|the\s+)*(?:(?:new|sorted)\s+)?(?:list|array|tuple)\b/i.test(prose)
}

const annotations: [RegExp, Kind][] = [
  [/^(?:bool|boolean)$/, 'truth'],
  [/^(?:int|float|number|bigint)$/, 'number'],
  [/^(?:str|string)$/, 'text'],
  [/^(?:List|Tuple|list|tuple|Array|Sequence|Iterable)\b|\[\]$/, 'sequence'],
]

function annotated(subject: Subject): Kind | undefined {
  const returns = subject.signature?.returns?.replace(/^(?:typing\.)?Optional\[(.*)\]$/, '$1').replace(/\s*\|\s*(?:None|null|undefined)$/, '')
  return annotations.find(([pattern]) => returns !== undefined && pattern.test(returns))?.[1]
}
