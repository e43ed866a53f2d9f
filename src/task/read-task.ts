import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import { Language } from '../records/language.ts'
import { Task, Workspace } from '../records/task.ts'
import type { Test, TestSource } from '../records/test.ts'
import { readOutline } from '../syntax/outline.ts'
import { loadSyntax } from '../syntax/tree.ts'
import { readAskedCode } from './asked-code.ts'
import { readAssertion } from './assertion.ts'
import { readProse } from './prose.ts'
import { findPublicTests } from './public-tests.ts'
import type { ReadTest, Scope } from './scope.ts'
import { readSampleRuns } from './sample-run.ts'
import { readSubject, type Subject } from './subject.ts'
import { readTestFiles, readUserAsserts } from './user-tests.ts'

/** What is asked for, as a user, a pool or an endpoint says it. */
export const TaskRequest = z.strictObject({
  id: z.string().min(1),
  language: Language,
  instruction: z.string(),
  /** The program's beginning, where candidates continue it. */
  prompt: z.string().optional(),
  entryPoint: z.string().min(1).optional(),
  workspace: Workspace.optional(),
  tests: z
    .strictObject({
      asserts: z.string().optional(),
      files: z.array(z.strictObject({ path: z.string().min(1), content: z.string() })).optional(),
      runner: z.enum(['pytest', 'vitest', 'jest', 'node-test']).optional(),
      command: z.array(z.string()).min(1).optional(),
      /** What the project depends on, to tell which runner its test files are for. */
      dependencies: z.array(z.string()).optional(),
    })
    .optional(),
  /** The asserts that a model wrote, by attempt. */
  generatedTests: z.array(z.array(z.string())).optional(),
})
export type TaskRequest = z.infer<typeof TaskRequest>

/** An assertion that could not be taken as a test, with the reason. It is known to be missing, not silently gone. */
export interface UnreadTest {
  source: TestSource
  text: string
  /** `too-long`: the task's text was searched for tests only in its first part. */
  reason: (ReadTest & { kind: 'unreadable' })['reason'] | 'too-long'
}

// In characters. Longer texts are documents or attacks, and the examples of a task stand near its beginning.
const longestText = 60_000

/**
 * Reads a request into a task with every test that can be found in it: the user's, those that its own text shows, and a model's.
 * A model's assert stays as often as it was written: how often is evidence too.
 */
export async function readTask(request: TaskRequest): Promise<{ task: Task; unread: UnreadTest[] }> {
  const { tests: given, generatedTests = [], ...asked } = TaskRequest.parse(request)
  if (asked.instruction.trim() === '' && (asked.prompt ?? '').trim() === '') throw new CountersignError('INPUT_INVALID', `task ${asked.id} asks for nothing: give it an instruction or a prompt`)
  await loadSyntax()
  const code = asked.prompt ?? readAskedCode(asked.language, asked.instruction.slice(0, longestText))
  const subject = readSubject(asked.language, code, asked.entryPoint)
  const scope = scopeOf(subject, code)
  const own = given?.asserts === undefined ? [] : readUserAsserts(scope, given.asserts)
  const written = generatedTests.flat().map((text) => readAssertion(scope, text, 'generated'))
  const files = given?.files === undefined ? [] : [readTestFiles(given.files, given)]
  const tests = [...own, ...files, ...publicTests(subject, asked), ...testsOf(written)]
  const beyond = asked.instruction.length > longestText ? [{ source: 'public' as const, text: `what stands beyond ${longestText} characters of the task`, reason: 'too-long' as const }] : []
  const { entryPoint, signature } = subject
  const known = { ...(entryPoint === undefined ? {} : { entryPoint }), ...(signature === undefined ? {} : { signature }) }
  return { task: Task.parse({ ...asked, ...known, tests }), unread: [...beyond, ...unread(written, 'generated')] }
}

function publicTests(subject: Subject, asked: { language: Language; instruction: string; prompt?: string | undefined }): Test[] {
  const texts = asked.prompt === undefined || asked.instruction.includes(asked.prompt.trim()) ? [asked.instruction] : [asked.instruction, asked.prompt]
  const prose = texts.map((text) => readProse(asked.language, text.slice(0, longestText))).join('\n\n')
  return subject.entryPoint === undefined ? readSampleRuns(prose) : findPublicTests(subject, prose)
}

/** What assertions about the task may name. A program that fails to say leaves only the entry point. */
function scopeOf(subject: Subject, code: string | undefined): Scope {
  const outline = code === undefined ? undefined : readOutline(subject.language, code)
  const defined = outline?.signatures.map(({ name }) => name) ?? []
  return { language: subject.language, names: new Set([...subject.names, ...defined]), known: new Set(outline?.imported ?? []) }
}

function testsOf(read: ReadTest[]): Test[] {
  return read.flatMap((found) => (found.kind === 'test' ? [found.test] : []))
}

function unread(read: ReadTest[], source: TestSource): UnreadTest[] {
  return read.flatMap((found) => (found.kind === 'unreadable' ? [{ source, text: found.text, reason: found.reason }] : []))
}
