import type { Price } from '../records/spend.ts'

/** List prices as their vendors published them (January 2026). A user's own entries come first and win. */
export const listPrices: readonly Price[] = [
  { model: 'llama/*', inputUsd: 0, outputUsd: 0 },
  { model: 'scripted/*', inputUsd: 0, outputUsd: 0 },
  { model: 'gpt-4o', inputUsd: 2.5, outputUsd: 10 },
  { model: 'gpt-4o-mini', inputUsd: 0.15, outputUsd: 0.6 },
  { model: 'gpt-4.1', inputUsd: 2, outputUsd: 8 },
  { model: 'gpt-4.1-mini', inputUsd: 0.4, outputUsd: 1.6 },
  { model: 'gpt-4.1-nano', inputUsd: 0.1, outputUsd: 0.4 },
  { model: 'gpt-5', inputUsd: 1.25, outputUsd: 10 },
  { model: 'gpt-5-mini', inputUsd: 0.25, outputUsd: 2 },
  { model: 'gpt-5-nano', inputUsd: 0.05, outputUsd: 0.4 },
  { model: 'gpt-3.5-turbo-instruct', inputUsd: 1.5, outputUsd: 2 },
  { model: 'claude-haiku-4-5', inputUsd: 1, outputUsd: 5 },
  { model: 'claude-sonnet-4-5', inputUsd: 3, outputUsd: 15 },
  { model: 'claude-opus-4-5', inputUsd: 5, outputUsd: 25 },
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
export function costOf(price: Price, tokens: { inputTokens: number; outputTokens: number }): number {
  return Math.ceil(tokens.inputTokens * price.inputUsd * 1000) + Math.ceil(tokens.outputTokens * price.outputUsd * 1000)
}
