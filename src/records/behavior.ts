import { z } from 'zod'
import { Digest } from './digest.ts'

/** Candidates that behaved alike on everything that was run. */
export const Cluster = z.strictObject({
  members: z.array(Digest).min(1),
  /** Proposals in it that were drawn on their own, duplicates counted; 1 where there are only such as were written from parts of others. */
  mass: z.int().min(1),
  /** Share of the calls on which the members returned a value (rather than raising or running out of a limit), 0 to 1. */
  returned: z.number().min(0).max(1),
})
export type Cluster = z.infer<typeof Cluster>

/**
 * What one candidate did, made comparable: for each call of the plan the number of its answer. Equal numbers are equal answers; a
 * negative number is no value (-1 raised, -2 a limit met or never run).
 */
export interface Behavior {
  candidate: Digest
  /** Proposals that are this candidate, as far as they were drawn on their own. */
  weight: number
  /** How long it is (`Screening.words`). */
  words: number
  answers: readonly number[]
  /** Position of its cluster. */
  cluster: number
}
