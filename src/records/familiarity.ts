import { z } from 'zod'
import { Digest } from './digest.ts'

/** What a small model was trained for. It is asked for nothing that lies farther from that than `least`, since it would answer all the same. */
export const Domain = z.strictObject({
  /** One sentence for those who see what it writes. */
  notice: z.string().min(1),
  /** The log-probability, a token on average, that it gives to an instruction of a kind it knows, at least; a language that is not here is unknown to it. */
  least: z.strictObject({ python: z.number().exactOptional(), typescript: z.number().exactOptional(), javascript: z.number().exactOptional() }),
})
export type Domain = z.infer<typeof Domain>

/** How likely a task's instruction is to a model that has a domain. */
export const Familiarity = z.strictObject({
  /** As `driver/name`. */
  model: z.string(),
  prompt: Digest,
  tokens: z.int().min(1).exactOptional(),
  /** Log-probability of a token of the instruction on average. */
  mean: z.number().exactOptional(),
  /** The domain's own bound for the task's language. */
  least: z.number().exactOptional(),
  /** Why there is no mean. */
  unknown: z.string().exactOptional(),
})
export type Familiarity = z.infer<typeof Familiarity>

/** Whether a task is of a kind that the model knows. What could not be found out is no yes. */
export function isFamiliar({ mean, least }: Familiarity): boolean {
  return mean !== undefined && least !== undefined && mean >= least
}
