import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixtureFiles, fixturesOf } from '../../test/support/fixtures.ts'
import { brokenPrograms } from '../../test/support/mutation.ts'
import { scan } from './scan.ts'

const programs = fixtureFiles('python').flatMap((rule) => fixturesOf(rule, 'py').map(({ code }) => code))

test('twenty thousand broken programs are all answered', async () => {
  await fc.assert(
    fc.asyncProperty(brokenPrograms(programs), async (content) => {
      const { coverage } = await scan([{ path: 'broken.py', content }])
      expect(coverage).toHaveLength(1)
    }),
    { numRuns: 20_000, seed: 7 },
  )
})
