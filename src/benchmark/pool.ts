import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import { Language } from '../records/language.ts'
import { readLines } from './lines.ts'

/**
 * A recorded task with its candidates. A foreign format, read leniently, and whatever else a line says (a verdict, a hidden test, a
 * telling id) is dropped here: what chooses sees these fields and a candidate's position, nothing more.
 */
export const PoolTask = z.object({
  task: z.object({
    id: z.string().min(1),
    /** Tasks of one group are one task given to several models. */
    group: z.string().min(1).optional(),
    language: Language,
    instruction: z.string(),
    prompt: z.string().optional(),
    entryPoint: z.string().optional(),
    /** The asserts that a model wrote, by attempt. */
    generatedTests: z.array(z.array(z.string())).optional(),
  }),
  /** Half a surrogate pair is no character of a file; it becomes U+FFFD. */
  candidates: z.array(z.object({ code: z.string().transform((code) => code.toWellFormed()) })).min(1),
})
export type PoolTask = z.infer<typeof PoolTask>

const known = z.array(z.boolean().nullable())

/** What running hidden tests said of a task's candidates, by position. `null` is not known, and counts as false. */
export const PoolVerdict = z.object({
  task: z.string(),
  functional: known,
  secure: known.optional(),
  /** Code that, appended to a candidate, reproduces `functional`. */
  hiddenTest: z.string().optional(),
})
export type PoolVerdict = z.infer<typeof PoolVerdict>

/** Reads a pool, `.jsonl` or `.jsonl.gz`; the first `limit` tasks where one is given. */
export function readPool(path: string, limit = Infinity): PoolTask[] {
  const pool = readLines(path, PoolTask)
  if (pool.length === 0) throw new CountersignError('INPUT_INVALID', `${path} holds no tasks`)
  return pool.slice(0, limit)
}

/** Reads the verdicts of a pool's tasks, which must come in the pool's order. */
export function readVerdicts(path: string, tasks: readonly { id: string; candidates: number }[]): PoolVerdict[] {
  const verdicts = readLines(path, PoolVerdict).slice(0, tasks.length)
  for (const [index, { id, candidates }] of tasks.entries()) {
    const verdict = verdicts[index]
    if (verdict?.task !== id) throw mismatch(path, `entry ${index + 1} is about ${verdict?.task ?? 'nothing'}, not about ${id}`)
    const lengths = [verdict.functional.length, verdict.secure?.length ?? candidates]
    if (lengths.some((length) => length !== candidates)) throw mismatch(path, `${id} has ${candidates} candidates, its verdict speaks of ${lengths.join(' and ')}`)
  }
  return verdicts
}

function mismatch(path: string, what: string): CountersignError {
  return new CountersignError('INPUT_INVALID', `${path} does not belong to this pool: ${what}`)
}
