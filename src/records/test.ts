import { z } from 'zod'
import { Value } from './value.ts'

/** One attribute access or call on what the step before it gave (the first step looks its name up in the module). */
export const Step = z.strictObject({
  name: z.string().min(1),
  arguments: z.array(Value).optional(),
  keywords: z.record(z.string(), Value).optional(),
})
export type Step = z.infer<typeof Step>

/** A call into a candidate, as plain data: `f(1)` has one step, `Stack().push(1)` two. A step without `arguments` is an attribute. */
export const Call = z.strictObject({ steps: z.array(Step).min(1) })
export type Call = z.infer<typeof Call>

/**
 * What is computed, outside the candidate's process, from the values its calls returned.
 * `call` names one of the test's calls by position; `apply` is an operator or a pure builtin of the language (`+`, `abs`, `sorted`, `==`).
 */
export type Check =
  | { kind: 'value'; value: Value }
  | { kind: 'call'; index: number }
  | { kind: 'apply'; operator: string; operands: Check[] }
  | { kind: 'raises'; index: number; type?: string }
export const Check: z.ZodType<Check> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('value'), value: Value }),
    z.strictObject({ kind: z.literal('call'), index: z.int().min(0) }),
    z.strictObject({ kind: z.literal('apply'), operator: z.string(), operands: z.array(Check) }),
    z.strictObject({ kind: z.literal('raises'), index: z.int().min(0), type: z.string().exactOptional() }),
  ]),
)

/** Where a test comes from; what a user or the task says outranks what a model wrote. */
export const TestSource = z.enum(['user', 'public', 'generated'])
export type TestSource = z.infer<typeof TestSource>

const common = { source: TestSource, text: z.string() }

/**
 * A test. `call` and `stdio` are judged outside the candidate's process; `in-process` and `files` run inside it and are weaker
 * evidence (a candidate can forge them), so they rank below.
 */
export const Test = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('call'), calls: z.array(Call).min(1), check: Check }),
  z.strictObject({ ...common, kind: z.literal('stdio'), stdin: z.string(), stdout: z.string() }),
  z.strictObject({ ...common, kind: z.literal('in-process'), code: z.string() }),
  z.strictObject({
    ...common,
    kind: z.literal('files'),
    files: z.array(z.strictObject({ path: z.string().min(1), content: z.string() })).min(1),
    runner: z.enum(['pytest', 'vitest', 'jest', 'node-test', 'command']),
    command: z.array(z.string()).optional(),
  }),
])
export type Test = z.infer<typeof Test>

/** `unsupported`: it could not be tried here (an import that is not there), which is unknown, not a failure. */
export const TestOutcome = z.enum(['passed', 'failed', 'error', 'timed-out', 'out-of-memory', 'output-limit', 'unsupported'])
export type TestOutcome = z.infer<typeof TestOutcome>
