import type { Spend } from '../../records/spend.ts'

/** What was spent, in a few words: for a line that changes while it is. */
export function shortSpend({ calls, inputTokens, outputTokens, usd }: Spend): string {
  const tokens = inputTokens + outputTokens
  const count = tokens < 10_000 ? String(tokens) : `${(tokens / 1000).toFixed(1)}k`
  return `${counted(calls)}, ${count} tokens${usd === null || usd === 0 ? '' : `, $${usd.toFixed(4)}`}`
}

/** What was spent, and what of it is not known. */
export function spendLine({ calls, inputTokens, outputTokens, usd, unknownCalls }: Spend): string {
  const price = usd === null ? 'price not known' : usd === 0 ? '$0' : `$${usd.toFixed(6)}`
  const unknown = unknownCalls === 0 ? '' : ` (${unknownCalls} calls did not say what they used and count at their worst case)`
  return `${counted(calls)}, ${inputTokens} tokens read and ${outputTokens} written, ${price}${unknown}`
}

function counted(calls: number): string {
  return calls === 1 ? '1 call' : `${calls} calls`
}
