import { expect, test } from 'vitest'
import { sampledTerm } from './term.ts'

test('of the tokens of a sample only those count whose first character lies in the program', () => {
  const tokens = ['Sure:\n', 'def', ' f', '\nDone'].map((token, at) => ({ token, offset: [0, 6, 9, 11][at]!, logProbability: -1 - at }))
  expect(sampledTerm(tokens, [{ start: 6, end: 11 }])).toEqual({ sum: -5, mean: -2.5, tokens: 2 })
  expect(sampledTerm(tokens, [{ start: 7, end: 9 }])).toEqual({ unknown: 'there are no tokens' })
})
