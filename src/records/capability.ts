import { z } from 'zod'

/**
 * How the likelihood of a candidate can be had, best first. `exact`: the model scores any text. `cross-model`: another one scores both
 * ways. `verdict-logprob`: the log-probability of one True or False. `round-trip`: describe, write again, compare. `judge`: pairwise opinion.
 */
export const LikelihoodTier = z.enum(['exact', 'cross-model', 'verdict-logprob', 'round-trip', 'judge', 'none'])
export type LikelihoodTier = z.infer<typeof LikelihoodTier>

/** One thing that was tried, and what was seen. */
export const ProbeCheck = z.strictObject({ scorer: z.string(), check: z.string(), passed: z.boolean(), detail: z.string() })
export type ProbeCheck = z.infer<typeof ProbeCheck>

/** What a model behind an endpoint was seen to give. It holds while `versions` and the `probe` itself stay what they are. */
export const Capability = z.strictObject({
  model: z.string(),
  versions: z.record(z.string(), z.string()),
  probe: z.int().min(1),
  tier: LikelihoodTier,
  /** The way of scoring that passed every check; only with the tier `exact`. */
  scorer: z.string().exactOptional(),
  checks: z.array(ProbeCheck),
})
export type Capability = z.infer<typeof Capability>
