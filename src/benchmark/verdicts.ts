import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import { readLines } from './lines.ts'

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
