import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixtureFiles, fixturesOf } from '../../test/support/fixtures.ts'
import { brokenPrograms } from '../../test/support/mutation.ts'
import { scan } from './scan.ts'

test.each(['python', 'javascript', 'typescript'])('twenty thousand broken programs of %s are all answered', async (language) => {
  const programs = fixtureFiles(language === 'typescript' ? 'javascript' : language).flatMap((rule) =>
    fixturesOf(rule).map(({ code }) => code),
  )
  await fc.assert(
    fc.asyncProperty(brokenPrograms(programs), async (content) => {
      const { coverage } = await scan([{ path: 'broken', content }], { language })
      expect(coverage).toHaveLength(1)
    }),
    { numRuns: 20_000, seed: 7 },
  )
})
