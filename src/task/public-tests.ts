import type { Check, Test } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { readAssertion } from './assertion.ts'
import { readDoctests, readSessions } from './doctest.ts'
import { type Example, readCallExamples } from './example.ts'
import { agreeing, inBrackets, kindOf, mostly, withoutSymbols } from './plausible.ts'
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

/** Lines that assert more than an equality, in the task's language. An equality is read as an example, with the tolerance of prose. */
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
