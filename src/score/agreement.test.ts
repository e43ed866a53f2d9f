import { expect, test } from 'vitest'
import { anEvidence, aTask, aTest, type Known } from '../../test/support/builders.ts'
import { cluster } from '../behavior/cluster.ts'
import type { Test } from '../records/test.ts'
import { scoreByAgreement, scoreByDualAgreement } from './agreement.ts'

// Shares by the candidates' first ids.
function shares(score: typeof scoreByAgreement, known: Record<string, Known>, tests: Test[] = []): Record<string, number> {
  const evidence = anEvidence(aTask({ tests }), known)
  const agreement = score({ tests, executions: evidence.executions, behaviors: cluster(evidence).behaviors })
  return Object.fromEntries(evidence.screenings.map(({ candidate, ids }) => [ids[0], agreement.get(candidate) ?? 0]))
}

const first = aTest({ source: 'generated' })
const second = aTest({ source: 'generated', argument: 2, expected: 3 })

test('CodeT: the root of the size times the tests passed, as shares', () => {
  const known: Record<string, Known> = {
    one: { tests: ['passed', 'failed'], calls: [2, 2] },
    two: { tests: ['passed', 'failed'], calls: [2, 4] },
    three: { tests: ['passed', 'passed'], calls: [2, 3] },
  }
  const { one, two, three } = shares(scoreByDualAgreement, known, [first, second])
  expect(one).toBe(two)
  expect(three! / one!).toBeCloseTo(2 / Math.SQRT2)
  expect(one! + three!).toBeCloseTo(1)
})

test('CodeT says nothing where no model wrote a test', () => {
  expect(shares(scoreByDualAgreement, { one: { tests: ['passed'], calls: [2] } }, [aTest()])).toEqual({ one: 0 })
})

test('the larger of two clusters leads', () => {
  const { most, least } = shares(scoreByAgreement, { least: { calls: [1] }, most: { calls: [2] }, too: { calls: [2] } })
  expect(most).toBeGreaterThan(least!)
})

test('the root of a voice, the voices near it, and the tests it passes make the score', () => {
  // Voices 8 (4 proposals of 16 words) and 4; alike on one call of two; a test passed by a third of the voices, written four times.
  const known: Record<string, Known> = { most: { calls: [1, 2], words: 16, ids: ['most', 'b', 'c', 'd'], tests: ['failed'] }, least: { calls: [1, 3], words: 16, tests: ['passed'] } }
  const { most, least } = shares(scoreByAgreement, known, [first, first, first, first])
  expect(least! / most!).toBeCloseTo((Math.sqrt(4) * (1 + 4 + 8 / 4) * (0.5 + Math.sqrt(4 / 3))) / (Math.sqrt(8) * (1 + 8 + 4 / 4) * 0.5))
})

test('among clusters of one size the one leads that answers most like all the others', () => {
  const { near, far } = shares(scoreByAgreement, { far: { calls: [7, 8, 9] }, near: { calls: [1, 2, 3] }, other: { calls: [1, 2, 4] } })
  expect(near).toBeGreaterThan(far!)
})

test('errors are agreed on less than values', () => {
  const error = { kind: 'raised' as const, error: { type: 'TypeError', message: '' } }
  const { failing, working } = shares(scoreByAgreement, { failing: { calls: [error, error] }, too: { calls: [error, error] }, working: { calls: [1, 2] }, also: { calls: [1, 2] } })
  expect(working).toBeGreaterThan(failing!)
})

test('model-written tests decide between clusters of one size, and the same test written again says more', () => {
  const known: Record<string, Known> = { right: { tests: ['passed', 'passed', 'failed'], calls: [2, 4] }, wrong: { tests: ['failed', 'failed', 'passed'], calls: [5, 3] } }
  const { right, wrong } = shares(scoreByAgreement, known, [first, first, second])
  expect(right).toBeGreaterThan(wrong!)
})

test('a test that no program passes changes nothing', () => {
  const known: Record<string, Known> = { one: { tests: ['failed'], calls: [1] }, two: { tests: ['failed'], calls: [2] }, three: { tests: ['failed'], calls: [2] } }
  expect(shares(scoreByAgreement, known, [first])).toEqual(shares(scoreByAgreement, known))
})

test('a public test is no vote here: it ranks above all agreement', () => {
  const known: Record<string, Known> = { one: { tests: ['passed'], calls: [1] }, two: { tests: ['failed'], calls: [2] } }
  const { one, two } = shares(scoreByAgreement, known, [aTest()])
  expect(one).toBe(two)
})

test('proposing the same program again counts less than another program that does the same', () => {
  const { copied, shared } = shares(scoreByAgreement, { copied: { calls: [1], ids: ['copied', 'b', 'c'] }, shared: { calls: [2] }, like: { calls: [2] }, alike: { calls: [2] } })
  expect(shared).toBeGreaterThan(copied!)
})

test('long programs that agree say more than short ones', () => {
  const { short, long } = shares(scoreByAgreement, { short: { calls: [1], words: 4 }, too: { calls: [1], words: 4 }, long: { calls: [2], words: 60 }, like: { calls: [2], words: 60 } })
  expect(long).toBeGreaterThan(short!)
})
