import { expect, test } from 'vitest'
import { staleSchemas } from '../scripts/schemas.ts'

test('the published schemas are those of the records (npm run docs writes them)', () => {
  expect(staleSchemas()).toEqual([])
})
