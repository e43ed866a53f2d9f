import { CountersignError } from '../errors.ts'
import type { BudgetLimits } from '../records/spend.ts'

const units = {
  usd: 'usd',
  $: 'usd',
  tokens: 'tokens',
  token: 'tokens',
  calls: 'calls',
  call: 'calls',
  s: 'seconds',
  seconds: 'seconds',
} as const
const multiples = { '': 1, k: 1000, m: 1_000_000 } as const

/** Reads a budget as it is written on a command line: `0.50usd,200k tokens,60 calls,120s`. */
export function parseLimits(text: string): BudgetLimits {
  const limits: { -readonly [Key in keyof BudgetLimits]: BudgetLimits[Key] } = {}
  for (const part of text.split(',').map((item) => item.trim().toLowerCase())) {
    const match = /^(\$?)(\d+(?:\.\d+)?)([km]?)\s*(usd|tokens?|calls?|seconds|s)?$/.exec(part)
    const unit = match?.[1] === '$' ? '$' : match?.[4]
    const name = unit === undefined ? undefined : units[unit as keyof typeof units]
    const amount = Number(match?.[2]) * multiples[(match?.[3] ?? '') as keyof typeof multiples]
    if (name === undefined || limits[name] !== undefined || ((name === 'tokens' || name === 'calls') && !Number.isInteger(amount))) {
      throw new CountersignError(
        'INPUT_INVALID',
        `cannot read the budget '${part}': write for example 0.50usd, 200k tokens, 60 calls or 120s, each once, with commas between`,
      )
    }
    limits[name] = amount
  }
  return limits
}
