import { expect, test } from 'vitest'
import { aFinding, anEvidence, aTask, aTest } from '../../../test/support/builders.ts'
import { defaults } from '../../config.ts'
import { decide } from '../../countersign.ts'
import { tallyLine } from './tally-line.ts'

test('every proposal is counted in each way in which it falls short, and those that fall short in none', () => {
  const evidence = anEvidence(aTask({ tests: [aTest()] }), {
    good: { tests: ['passed'], calls: [1], ids: ['good', 'again'] },
    weak: { tests: ['passed'], calls: [1], findings: [aFinding()] },
    wrong: { tests: ['failed'], calls: [2] },
    both: { tests: ['failed'], calls: [2], findings: [aFinding()] },
    none: { degenerate: 'placeholder' },
  })
  expect(tallyLine(decide(evidence, defaults))).toBe('of 6 proposed: 1 is no program, 2 fail a test, 2 carry a weakness, 2 do neither')
})
