import { z } from 'zod'
import { Digest } from './digest.ts'

/** What adaptive sampling saw after a batch: whether the leading behaviour may still be overtaken by what could be drawn. */
export const Look = z.strictObject({
  /** `settled`: no more was drawn. */
  kind: z.enum(['open', 'settled']),
  /** Programs drawn so far, and how many there would be, the direct answer among them. */
  drawn: z.int().min(1),
  most: z.int().min(1),
  /** The best program, how many programs behave like it, and how many in each other way, of those that nothing before agreement puts behind it. */
  leader: Digest.exactOptional(),
  votes: z.int().min(0).exactOptional(),
  rivals: z.array(z.int().min(1)).exactOptional(),
  /** At most how likely it is that it would not stay in front, and what of that is allowed. */
  risk: z.number().min(0).max(1).exactOptional(),
  allowed: z.number().min(0).max(1).exactOptional(),
  /** Why nobody leads. */
  because: z.string().exactOptional(),
})
export type Look = z.infer<typeof Look>
