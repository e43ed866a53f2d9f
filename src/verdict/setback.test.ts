import { expect, test } from 'vitest'
import { aCandidate, aFinding, aTask, aTest, anEvidence, type Known } from '../../test/support/builders.ts'
import { defaults } from '../config.ts'
import { contentDigest } from '../records/candidate.ts'
import { setbacksIn } from './setback.ts'

const task = aTask({ tests: [aTest(), aTest({ argument: 2, expected: 3 }), aTest({ source: 'generated', argument: 5, expected: 6 })] })
const likely = { confidence: 'medium' } as const
const digest = (id: string) => contentDigest(aCandidate(id))

function lost(before: Known, after: Known, { ids = ['after'] } = {}): string | undefined {
  const evidence = anEvidence(task, { before, after: { ids, ...after } })
  const revision = { id: 'after', candidate: digest('after'), round: 2, of: digest('before'), prompt: digest('p') }
  return setbacksIn({ ...evidence, revisions: [revision] }, defaults.floor).get(digest('after'))
}

test.each<[string, Known, Known, string | undefined]>([
  ['a test that it passed', { tests: ['passed', 'failed', 'failed'] }, { tests: ['failed', 'passed', 'passed'] }, 'fails a test that the best program before it passes: f(1) == 2'],
  ['a test of which it is not known any more', { tests: ['passed', 'failed', 'failed'] }, { tests: ['unsupported', 'passed', 'passed'] }, 'fails a test that the best program before it passes: f(1) == 2'],
  ['its standing above the floor', {}, { findings: [aFinding()] }, 'falls below the security floor'],
  ['its being read to the end', {}, { coverage: [{ kind: 'skipped', path: 'main.py', reason: 'too large' }] }, 'is not known to be above the security floor any more'],
  ['its freedom from a likely weakness', {}, { findings: [aFinding(likely)] }, 'adds a weakness that the best program before it does not have: python/a-rule'],
  ['nothing by failing what a model wrote', { tests: ['passed', 'passed', 'passed'] }, { tests: ['passed', 'passed', 'failed'] }, undefined],
  ['nothing by keeping a weakness', { findings: [aFinding(likely)] }, { findings: [aFinding(likely)] }, undefined],
  ['nothing by a bad habit', {}, { findings: [aFinding({ tier: 'hygiene' })] }, undefined],
  ['nothing by rising', { findings: [aFinding()], tests: ['failed', 'failed', 'failed'] }, { tests: ['passed', 'passed', 'passed'] }, undefined],
])('a revision that loses %s', (_what, before, after, expected) => {
  expect(lost(before, after)).toBe(expected)
})

test('what was proposed before it was a revision is none', () => {
  expect(lost({ tests: ['passed', 'passed', 'passed'] }, { tests: ['failed', 'failed', 'failed'] }, { ids: ['earlier', 'after'] })).toBeUndefined()
})
