import { z } from 'zod'

/** What a run may use at most. What is absent is not limited. */
export const BudgetLimits = z.strictObject({
  tokens: z.int().min(0).exactOptional(),
  usd: z.number().min(0).exactOptional(),
  calls: z.int().min(0).exactOptional(),
  seconds: z.number().min(0).exactOptional(),
})
export type BudgetLimits = z.infer<typeof BudgetLimits>

/** Prices in US dollars per million tokens. `model` is a name, or a name that ends in `*`; `driver/name` narrows it to one driver. */
export const Price = z.strictObject({
  model: z.string().min(1),
  inputUsd: z.number().min(0),
  outputUsd: z.number().min(0),
  /** What the whole of a call costs whose prompt has more tokens than this. */
  longPrompt: z.strictObject({ aboveTokens: z.int().min(1), inputUsd: z.number().min(0), outputUsd: z.number().min(0) }).exactOptional(),
})
export type Price = z.infer<typeof Price>

/** What a call would cost at most, known before it is made. */
export const WorstCase = z.strictObject({ model: z.string(), inputTokens: z.int().min(0), outputTokens: z.int().min(0) })
export type WorstCase = z.infer<typeof WorstCase>

/** What was used, without what it cost: a price may change, and a verdict may not. */
export const TokensSpent = z.strictObject({ calls: z.int().min(0), inputTokens: z.int().min(0), outputTokens: z.int().min(0), unknownCalls: z.int().min(0) })
export type TokensSpent = z.infer<typeof TokensSpent>

/**
 * What was used. Calls whose use is not known (`unknownCalls`) are counted at their worst case; `usd` is null where the price of a
 * model is not known.
 */
export const Spend = z.strictObject({
  calls: z.int().min(0),
  inputTokens: z.int().min(0),
  outputTokens: z.int().min(0),
  usd: z.number().min(0).nullable(),
  unknownCalls: z.int().min(0),
})
export type Spend = z.infer<typeof Spend>
