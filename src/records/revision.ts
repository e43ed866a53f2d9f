import { z } from 'zod'
import { Digest } from './digest.ts'

/** How a program came to be: what its writer was asked, and what it took of what it was shown. */
export const Revision = z.strictObject({
  /** The candidate's name, and its content. */
  id: z.string().min(1),
  candidate: Digest,
  /** The round in which it was written; in the first one nothing was there to be revised. */
  round: z.int().min(1),
  /** The program that it is to be better than (law 4); absent in the first round. */
  of: Digest.exactOptional(),
  prompt: Digest,
  plan: Digest.exactOptional(),
  /** Its writer was shown parts of programs: which way of behaving is right is said by those, and it does not say it again. */
  voice: z.literal('inherited').exactOptional(),
  /** Modules that were offered and are part of it: as they were, or under the same name in another form. */
  reused: z.array(Digest).exactOptional(),
  adapted: z.array(Digest).exactOptional(),
})
export type Revision = z.infer<typeof Revision>
