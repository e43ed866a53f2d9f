import { expect, test } from 'vitest'
import { staleRulePages } from '../scripts/rules.ts'
import { staleSchemas } from '../scripts/schemas.ts'

test('the published schemas are those of the records (npm run docs writes them)', () => {
  expect(staleSchemas()).toEqual([])
})

test('the pages of the rules are those of the rules (npm run docs writes them)', () => {
  expect(staleRulePages()).toEqual([])
})
