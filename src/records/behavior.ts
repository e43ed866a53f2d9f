import { z } from 'zod'
import { Digest } from './digest.ts'

/** Candidates that behaved alike on everything that was run. `mass` is the number of proposals (duplicates counted). */
export const Cluster = z.strictObject({
  members: z.array(Digest).min(1),
  mass: z.number().min(0),
  /** Share of generated inputs on which the members returned a value (rather than raising or running out of time), 0 to 1. */
  wellBehaved: z.number().min(0).max(1).exactOptional(),
})
export type Cluster = z.infer<typeof Cluster>
