import { z } from 'zod'
import { Digest } from './digest.ts'
import { TestOutcome } from './test.ts'
import { Value } from './value.ts'

/** What a raised error said of itself: its type's name and its message (both untrusted text, cut to 200 characters). */
export const Raised = z.strictObject({ type: z.string(), message: z.string() })
export type Raised = z.infer<typeof Raised>

/** What one call into a candidate did. A call that was never reached is `not-run`. */
export const Observation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('returned'), value: Value }),
  z.strictObject({ kind: z.literal('raised'), error: Raised }),
  z.strictObject({ kind: z.enum(['timed-out', 'out-of-memory', 'output-limit', 'unsupported', 'exited', 'not-run']) }),
])
export type Observation = z.infer<typeof Observation>

/**
 * How a program as a whole ended. `completed`: loaded, and every call was tried. `raised`: an error left it (at load, or from the
 * script). `exited`: it ended itself before its work was done. `unsupported`: needs something that is not here.
 */
export const RunOutcome = z.enum(['completed', 'raised', 'exited', 'timed-out', 'out-of-memory', 'output-limit', 'unsupported'])
export type RunOutcome = z.infer<typeof RunOutcome>

const unreadable: ReadonlySet<string> = new Set(['SyntaxError', 'IndentationError', 'TabError'])

/** Whether a runtime could not even read its program. A program that raises such an error by itself is believed: it is no better than what it claims. */
export function isUnreadable(error: Raised | undefined): boolean {
  return error !== undefined && unreadable.has(error.type)
}

/** One run of one program in a sandbox. `usage` is for people and benchmarks and never decides anything. */
export const Run = z.strictObject({
  outcome: RunOutcome,
  error: Raised.optional(),
  observations: z.array(Observation),
  stdout: z.string(),
  stderr: z.string(),
  exitCode: z.int().nullable(),
  usage: z.strictObject({ cpuMs: z.number(), wallMs: z.number(), peakMemoryBytes: z.number().nullable() }),
})
export type Run = z.infer<typeof Run>

/** What a sandbox showed of its confinement before its first use: one line per attempt to break out, each refused. */
export const Confinement = z.strictObject({
  driver: z.string(),
  languages: z.array(z.string()),
  attempts: z.array(z.strictObject({ language: z.string(), attempt: z.string(), refused: z.boolean(), detail: z.string() })),
})
export type Confinement = z.infer<typeof Confinement>

/** Everything that was seen of one candidate: its tests' outcomes, and what each call of the plan (tests' calls, then inputs) did, by position. */
export const Execution = z.strictObject({
  candidate: Digest,
  sandbox: z.string(),
  outcome: RunOutcome,
  error: Raised.optional(),
  tests: z.array(TestOutcome),
  /** Tests, by position, that passed and that a program which does nothing passes too: passing these says nothing. */
  idle: z.array(z.int().min(0)).exactOptional(),
  calls: z.array(Observation),
})
export type Execution = z.infer<typeof Execution>
