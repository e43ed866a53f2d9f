import type { Price } from '../records/spend.ts'

// OpenAI: a prompt above 272,000 tokens makes the whole call cost twice as much for what is read and half as much again for what is written.
function openAi(model: string, inputUsd: number, outputUsd: number): Price {
  return { model, inputUsd, outputUsd, longPrompt: { aboveTokens: 272_000, inputUsd: 2 * inputUsd, outputUsd: 1.5 * outputUsd } }
}

/**
 * List prices of plain calls (no caching, no batches, no priority), looked up on 2026-11-24: Anthropic's from the model pages of its own
 * documentation, some through a public list of such prices; OpenAI's from pages that quote its price list of September to November 2026.
 * Where they did not agree nothing is said, and the price is unknown. A user's own entries come first and win.
 */
export const listPrices: readonly Price[] = [
  { model: 'llama/*', inputUsd: 0, outputUsd: 0 },
  { model: 'scripted/*', inputUsd: 0, outputUsd: 0 },
  openAi('gpt-6-astra', 10, 50),
  openAi('gpt-6.1-sol', 2, 10),
  openAi('gpt-6.1-terra', 1, 5),
  openAi('gpt-6-sol', 2, 10),
  openAi('gpt-6-luna', 0.1, 0.5),
  openAi('gpt-5.6-terra', 2, 12),
  openAi('gpt-5.6-luna', 0.2, 1.2),
  openAi('gpt-5.5', 5, 30),
  openAi('gpt-5.4', 2.5, 15),
  { model: 'gpt-5.4-mini', inputUsd: 0.75, outputUsd: 4.5 },
  { model: 'gpt-5.4-nano', inputUsd: 0.2, outputUsd: 1.25 },
  { model: 'gpt-5.1', inputUsd: 1.25, outputUsd: 10 },
  { model: 'gpt-5', inputUsd: 1.25, outputUsd: 10 },
  { model: 'gpt-5-mini', inputUsd: 0.25, outputUsd: 2 },
  { model: 'gpt-5-nano', inputUsd: 0.05, outputUsd: 0.4 },
  { model: 'gpt-4.1', inputUsd: 2, outputUsd: 8 },
  { model: 'gpt-4.1-mini', inputUsd: 0.4, outputUsd: 1.6 },
  { model: 'gpt-4o', inputUsd: 2.5, outputUsd: 10 },
  { model: 'gpt-4o-mini', inputUsd: 0.15, outputUsd: 0.6 },
  { model: 'claude-fable-5-2', inputUsd: 8, outputUsd: 40 },
  { model: 'claude-fable-5-1', inputUsd: 10, outputUsd: 50 },
  { model: 'claude-opus-5-5', inputUsd: 4, outputUsd: 20 },
  { model: 'claude-opus-5', inputUsd: 5, outputUsd: 25 },
  { model: 'claude-opus-4-5', inputUsd: 5, outputUsd: 25 },
  { model: 'claude-sonnet-5-5', inputUsd: 2, outputUsd: 10 },
  { model: 'claude-sonnet-5', inputUsd: 2, outputUsd: 10 },
  { model: 'claude-sonnet-4-5', inputUsd: 3, outputUsd: 15, longPrompt: { aboveTokens: 200_000, inputUsd: 6, outputUsd: 22.5 } },
  { model: 'claude-haiku-5-5', inputUsd: 0.1, outputUsd: 0.5, longPrompt: { aboveTokens: 100_000, inputUsd: 0.5, outputUsd: 2.5 } },
  { model: 'claude-haiku-4-5', inputUsd: 1, outputUsd: 5 },
]

// `gpt-4o-2024-08-06`, `claude-haiku-4-5-20251001`: the same model, pinned to a day.
const day = /-\d{4}-?\d{2}-?\d{2}$/

/** The price of `driver/name`: the first entry that names it, pinned to a day or not; else the longest `*` entry. Undefined: not known. */
export function priceOf(prices: readonly Price[], model: string): Price | undefined {
  const names = [model, model.slice(model.indexOf('/') + 1)]
  const exact = new Set([...names, ...names.map((name) => name.replace(day, ''))])
  const open = prices.filter((price) => price.model.endsWith('*') && names.some((name) => name.startsWith(price.model.slice(0, -1))))
  return prices.find((price) => exact.has(price.model)) ?? open.sort((a, b) => b.model.length - a.model.length)[0]
}

/** What tokens cost, in whole billionths of a dollar, rounded up: sums are exact and do not depend on the order of calls. */
export function costOf({ longPrompt, ...price }: Price, tokens: { inputTokens: number; outputTokens: number }): number {
  const { inputUsd, outputUsd } = longPrompt !== undefined && tokens.inputTokens > longPrompt.aboveTokens ? longPrompt : price
  return Math.ceil(tokens.inputTokens * inputUsd * 1000) + Math.ceil(tokens.outputTokens * outputUsd * 1000)
}
