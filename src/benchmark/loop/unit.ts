import { z } from 'zod'
import { Digest } from '../../records/digest.ts'

const share = z.number().min(0).max(1)

/** How one way of answering did on one task with one seed. Shares, for what is drawn at random is judged by its expectation. */
export const Result = z.strictObject({
  correct: share,
  secure: share,
  /** Correct and secure in the same program. */
  both: share,
  /** Nothing was delivered, and why: it counts as neither. */
  abstained: z.string().exactOptional(),
  /** What could not be found out, and counts as neither. */
  unknown: z.string().exactOptional(),
  /** Absent where nothing of its own was drawn. */
  cost: z.strictObject({ tokens: z.int().min(0), calls: z.int().min(0), seconds: z.number().min(0) }).exactOptional(),
})
export type Result = z.infer<typeof Result>

/** A task with a seed, answered by one strategy; `controls` are ways to choose among the same candidates without looking at anything. */
export const Unit = z.strictObject({
  /** Digest of all that it depends on: the task, the model and its versions, the configuration, and the seed. */
  key: Digest,
  task: z.string(),
  way: z.string(),
  seed: z.int().min(0),
  result: Result,
  controls: z.strictObject({ longest: Result, random: Result }).exactOptional(),
})
export type Unit = z.infer<typeof Unit>
