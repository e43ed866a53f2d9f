import type { Candidate, ChangedFile } from '../records/candidate.ts'
import type { Observation } from '../records/execution.ts'
import type { Language } from '../records/language.ts'
import type { Call, Test, TestOutcome } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { readOutline } from '../syntax/outline.ts'
import { isExpectedOutput, judgeCheck } from './check.ts'

/** What a program that does nothing answers, whatever it is asked: nothing, a text, a number, or what it was given. */
const answers = ['nothing', 'text', 'number', 'given'] as const
type Answer = (typeof answers)[number]

const TEXT = 'an answer to nothing'
const NUMBER = 7919

const written: Record<'python' | 'javascript', Record<Answer, string>> = {
  python: { nothing: 'None', text: `'${TEXT}'`, number: String(NUMBER), given: 'given[0] if given else None' },
  javascript: { nothing: 'undefined', text: `'${TEXT}'`, number: String(NUMBER), given: 'given[0]' },
}

/**
 * Whether programs that do nothing pass a test that a program has passed: then it asserts nothing, never calls the program, or catches
 * whatever goes wrong, and passing it says nothing (law 1). `passes` runs one such program on a test that runs inside the process.
 */
export async function isIdle(test: Test, candidate: Candidate, passes: (program: Candidate) => Promise<TestOutcome>): Promise<boolean> {
  if (test.kind === 'stdio') return isExpectedOutput('', test.stdout)
  for (const answer of answers) {
    const outcome = test.kind === 'call' ? judgeCheck(candidate.language, test.check, test.calls.map((call) => answering(call, { answer, language: candidate.language }))) : await passes(idleProgram(candidate, answer))
    if (outcome !== 'passed') return false
  }
  return true
}

function answering({ steps }: Call, { answer, language }: { answer: Answer; language: Language }): Observation {
  const nothing: Value = language === 'python' ? null : { $: 'undefined' }
  const values: Record<Answer, Value> = { nothing, text: TEXT, number: NUMBER, given: steps.at(-1)?.arguments?.[0] ?? nothing }
  return { kind: 'returned', value: values[answer] }
}

/** The same files, in which every function and class is a function that does nothing. What is no program stays as it is. */
function idleProgram(candidate: Candidate, answer: Answer): Candidate {
  return { ...candidate, files: candidate.files.map((file, position) => (position === 0 || sources.test(file.path) ? idleFile(file, candidate.language, answer) : file)) }
}

const sources = /\.(?:py|[cm]?[jt]sx?)$/

function idleFile({ path, content }: ChangedFile, language: Language, answer: Answer): ChangedFile {
  const names = [...new Set(readOutline(language, content)?.signatures.map(({ name }) => name))]
  const lines = language === 'python' ? names.map((name) => `def ${name}(*given, **named):\n    return ${written.python[answer]}\n`) : scriptLines(names, { content, answer })
  return { path, content: lines.join('\n') }
}

function scriptLines(names: readonly string[], { content, answer }: { content: string; answer: Answer }): string[] {
  const isModule = /^\s*(?:export|import)\b/m.test(content)
  const body = `(...given) { return ${written.javascript[answer]} }`
  const exported = isModule ? [`export { ${names.join(', ')} }`, `export default function ${body}`] : [`if (typeof module !== 'undefined') module.exports = { ${names.join(', ')} }`]
  return [...names.map((name) => `function ${name}${body}`), ...exported]
}
