import { expect, test } from 'vitest'
import { parseLimits } from './parse-limits.ts'

test.for([
  ['0.50usd', { usd: 0.5 }],
  ['$2', { usd: 2 }],
  ['200k tokens, 60 calls,120s', { tokens: 200_000, calls: 60, seconds: 120 }],
  ['1.5m tokens', { tokens: 1_500_000 }],
  ['0 tokens', { tokens: 0 }],
])('%s', ([text, limits]) => {
  expect(parseLimits(text as string)).toEqual(limits)
})

test.for(['', '5', 'ten calls', '1 usd, 2 usd', '1.5 calls', '-1 calls', '5 minutes', '1e9 calls', 'NaN usd'])('refuses %j', (text) => {
  expect(() => parseLimits(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
})
