import { z } from 'zod'
import { Digest } from './digest.ts'
import { Observation } from './execution.ts'
import { Call } from './test.ts'

/**
 * A call on which the best two ways of behaving differ (S*, arXiv:2502.14382). What the programs did on it is seen; which of them the task
 * wants is what a model says, and no more than an opinion.
 */
export const Distinction = z.strictObject({
  model: z.string(),
  /** One candidate of each of the two, the leading one first. */
  between: z.tuple([Digest, Digest]),
  /** Absent where the model named none that could be read. */
  call: Call.exactOptional(),
  /** What every candidate that ran did on the call. */
  observations: z.array(z.strictObject({ candidate: Digest, observation: Observation })),
  /** The one whose behaviour the task wants, as the model says. */
  wanted: Digest.exactOptional(),
  /** Why no opinion came of it. */
  unknown: z.string().exactOptional(),
  /** Digests of the prompts that were asked for it. */
  prompts: z.array(Digest),
})
export type Distinction = z.infer<typeof Distinction>
