import { z } from 'zod'
import { Cluster } from './behavior.ts'
import { LikelihoodTier } from './capability.ts'
import { Absence } from './critique.ts'
import { Digest } from './digest.ts'
import { Look } from './look.ts'
import { RoundsEnd } from './round.ts'
import { Score } from './score.ts'
import { TokensSpent } from './spend.ts'

/** Something the verdict does not know, and what that concerns. An unknown is never a pass. */
export const Unknown = z.strictObject({
  what: z.enum(['candidates', 'generated-tests', 'parse', 'types', 'security-floor', 'public-tests', 'agreement', 'likelihood', 'opinion', 'execution', 'plans', 'modules']),
  detail: z.string(),
})
export type Unknown = z.infer<typeof Unknown>

export const Choice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('chosen'), candidate: Digest, id: z.string() }),
  z.strictObject({
    kind: z.literal('abstained'),
    reason: z.enum(['unfamiliar', 'no-candidates', 'all-rejected', 'below-floor', 'floor-unknown', 'nothing-ran', 'tests-failed', 'tests-unknown', 'no-agreement', 'no-likelihood']),
    detail: z.string(),
    /** The best of what there was, for `--best-effort`. */
    best: z.strictObject({ candidate: Digest, id: z.string() }).exactOptional(),
  }),
])
export type Choice = z.infer<typeof Choice>

/** What a round of writing came to. */
export const RoundResult = z.strictObject({
  number: z.int().min(1),
  kind: z.string(),
  written: z.int().min(0),
  /** Those that lose what the best program before them had (law 4): they cannot be chosen. */
  rejected: z.int().min(0),
  /** Sub-modules that were offered to it. */
  offered: z.int().min(0),
  /** The best program after it is one of its own. */
  gained: z.boolean(),
})
export type RoundResult = z.infer<typeof RoundResult>

/** Who spoke in a role of the dialogues, and who was asked and did not. */
export const RoleResult = z.strictObject({ role: z.enum(['safety', 'helpfulness', 'summariser', 'actor']), answered: z.array(z.string()), absent: z.array(Absence) })
export type RoleResult = z.infer<typeof RoleResult>

/**
 * The choice among candidates with everything it rests on. Holds no times and no run id: the same evidence, seed and configuration
 * give the same bytes (law 7).
 */
export const Verdict = z.strictObject({
  task: Digest,
  strategy: z.string(),
  configuration: Digest,
  seed: z.int(),
  choice: Choice,
  /** How sure the ranking is of its first place, 0 to 1: orders runs by risk; not a probability unless calibrated. */
  confidence: z.number().min(0).max(1),
  /** Best first; each distinct candidate once. */
  ranking: z.array(Score),
  clusters: z.array(Cluster),
  /** One sentence for each candidate of the ranking: why it stands where it stands. */
  reasons: z.array(z.string()),
  unknown: z.array(Unknown),
  /** How likelihood was found out, and for how many of the candidates that were left equal. */
  likelihood: z.strictObject({ tier: LikelihoodTier, model: z.string(), scorer: z.string().exactOptional(), scored: z.int().min(1) }).exactOptional(),
  /** Where programs were drawn in batches: what was seen after the last one, and so why there were no more, or all of them. */
  look: Look.exactOptional(),
  /** Where the strategy writes in rounds: what each came to, and why there was no further one. */
  rounds: z.array(RoundResult).exactOptional(),
  roundsEnd: RoundsEnd.exactOptional(),
  spent: TokensSpent.exactOptional(),
  /** Where critics spoke: who did, and how many revisions were asked for and took their parent's place. */
  roles: z.array(RoleResult).exactOptional(),
  repairs: z.strictObject({ asked: z.int().min(0), accepted: z.int().min(0) }).exactOptional(),
  stop: z.enum(['all-examined', 'settled', 'budget', 'interrupted']),
})
export type Verdict = z.infer<typeof Verdict>
