import { basename } from 'node:path'
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

/** A pool by the name of its file. */
export interface Pool {
  name: string
  tasks: readonly PoolTask[]
}

/** Reads a pool, `.jsonl` or `.jsonl.gz`; the first `limit` tasks where one is given. */
export function readPool(path: string, limit = Infinity): Pool {
  const tasks = readLines(path, PoolTask)
  if (tasks.length === 0) throw new CountersignError('INPUT_INVALID', `${path} holds no tasks`)
  return { name: basename(path).replace(/(\.pool)?\.jsonl(\.gz)?$/, ''), tasks: tasks.slice(0, limit) }
}
