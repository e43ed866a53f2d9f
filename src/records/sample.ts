import { z } from 'zod'
import { ToolUse } from './prompt.ts'

/**
 * A token with its natural-log probability. `offset` is where the character that its first byte belongs to begins in the text
 * (UTF-16 units); null where the endpoint gives no value (the first token of a text has none).
 */
export const TokenLogProbability = z.strictObject({
  token: z.string(),
  offset: z.int().min(0),
  logProbability: z.number().max(0).nullable(),
})
export type TokenLogProbability = z.infer<typeof TokenLogProbability>

/** Tokens as the endpoint counted them. */
export const Usage = z.strictObject({ inputTokens: z.int().min(0), outputTokens: z.int().min(0) })
export type Usage = z.infer<typeof Usage>

/** How a sample ended: by itself or at a stop sequence; at the token limit; with the model's refusal; without any text. */
export const SampleEnding = z.enum(['complete', 'cut-off', 'refused', 'empty'])
export type SampleEnding = z.infer<typeof SampleEnding>

/** One answer of a model. All text in it is untrusted. */
export const Sample = z.strictObject({
  index: z.int().min(0),
  text: z.string(),
  ending: SampleEnding,
  /** The name that the model answered under, where the endpoint says so. */
  model: z.string().exactOptional(),
  /** The name is another model's than the one asked for. */
  substituted: z.literal(true).exactOptional(),
  /** Why it was refused, in the endpoint's words. */
  refusal: z.string().exactOptional(),
  /** Tools that it asks for, where some were offered to it natively. */
  toolUses: z.array(ToolUse).exactOptional(),
  /** The sampled tokens; together they spell `text`. Absent where the endpoint gives none that do. */
  tokens: z.array(TokenLogProbability).exactOptional(),
  /** Why the endpoint's log-probabilities are not to be used, where it gave some. */
  tokensRejected: z.string().exactOptional(),
})
export type Sample = z.infer<typeof Sample>

/** A sample that could not be had while others of the same call could. */
export const SampleFailure = z.strictObject({ index: z.int().min(0), code: z.string(), message: z.string() })
export type SampleFailure = z.infer<typeof SampleFailure>

/**
 * What one call gave. `usage` covers the whole call and is absent where the endpoint does not report it; `ignored` names the parts of the
 * sampling that the endpoint does not take.
 */
export const Reply = z.strictObject({
  samples: z.array(Sample),
  failures: z.array(SampleFailure),
  usage: Usage.exactOptional(),
  ignored: z.array(z.string()).exactOptional(),
})
export type Reply = z.infer<typeof Reply>

/**
 * log p(continuation | prompt): the tokens whose first character lies in the continuation, in order (a token across the border counts to
 * the prompt), with offsets in the continuation. Or why that is not to be had here.
 */
export const Scored = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scored'), tokens: z.array(TokenLogProbability), usage: Usage.exactOptional() }),
  z.strictObject({ kind: z.literal('unavailable'), reason: z.string() }),
])
export type Scored = z.infer<typeof Scored>

/** One vector for each text, or why there are none. */
export const Embedded = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded'), vectors: z.array(z.array(z.number())), usage: Usage.exactOptional() }),
  z.strictObject({ kind: z.literal('unavailable'), reason: z.string() }),
])
export type Embedded = z.infer<typeof Embedded>
