import { z } from 'zod'
import { LikelihoodTier } from './capability.ts'
import { Digest } from './digest.ts'

/** The log-probability of a text after another, in nats: over its own tokens alone. */
export const LikelihoodTerm = z.strictObject({ sum: z.number().max(0), mean: z.number().max(0), tokens: z.int().min(1) })
export type LikelihoodTerm = z.infer<typeof LikelihoodTerm>

/**
 * How likely a candidate is for its task, and how that was found out. `value` orders candidates of one task within one tier and is absent
 * where it is not known; `unknown` then says why.
 */
export const Likelihood = z.strictObject({
  candidate: Digest,
  tier: LikelihoodTier,
  /** The model that scored, and its way of scoring. */
  model: z.string(),
  scorer: z.string().exactOptional(),
  /** log p(program | instruction). */
  coder: LikelihoodTerm.exactOptional(),
  /** log p(instruction | program). */
  reviewer: LikelihoodTerm.exactOptional(),
  value: z.number().exactOptional(),
  unknown: z.string().exactOptional(),
  /** Digests of the prompts that were asked for it. */
  prompts: z.array(Digest),
})
export type Likelihood = z.infer<typeof Likelihood>
