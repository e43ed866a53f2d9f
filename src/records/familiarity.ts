import { z } from 'zod'
import { Digest } from './digest.ts'

/** What a small model was trained for. It is asked for nothing that lies farther from that than `least`, since it would answer all the same. */
export const Domain = z.strictObject({
  /** One sentence for those who see what it writes. */
  notice: z.string().min(1),
  /**
   * The log-probability, a character on average, that it gives to an instruction of a kind it knows, at least; a language that is not here is unknown
   * to it. (By the character, since a word that it never saw is cut into more tokens.)
   */
  least: z.strictObject({ python: z.number().exactOptional(), typescript: z.number().exactOptional(), javascript: z.number().exactOptional() }),
})
export type Domain = z.infer<typeof Domain>

/** How likely a task's instruction is to a model that has a domain. */
export const Familiarity = z.strictObject({
  /** As `driver/name`. */
  model: z.string(),
  prompt: Digest,
  /** Log-probability of the instruction, a character on average. */
  perCharacter: z.number().exactOptional(),
  /** The domain's own bound for the task's language. */
  least: z.number().exactOptional(),
  /** Why there is no such value. */
  unknown: z.string().exactOptional(),
})
export type Familiarity = z.infer<typeof Familiarity>

/** Whether a task is of a kind that the model knows. What could not be found out is no yes. */
export function isFamiliar({ perCharacter, least }: Familiarity): boolean {
  return perCharacter !== undefined && least !== undefined && perCharacter >= least
}
