import { expect, test } from 'vitest'
import { aFinding, anEvidence, aTask, aTest, type Known } from '../../test/support/builders.ts'
import { defaults } from '../config.ts'
import { decide } from '../countersign.ts'
import type { TestOutcome } from '../records/test.ts'

const confidence = (known: Record<string, Known>, tests = [aTest()]) => decide(anEvidence(aTask({ tests }), known), defaults).confidence

const alone: Record<string, Known> = { a: { tests: ['passed'], calls: [1, 2] }, b: { tests: ['failed'], calls: [3, 4] }, c: { tests: ['failed'], calls: [5, 6] } }

test('whoever passes every test is trusted more than any agreement without one', () => {
  const agreeing: Record<string, Known> = { a: { tests: ['failed'], calls: [1, 2] }, b: { tests: ['failed'], calls: [1, 2] } }
  expect(confidence(alone)).toBeGreaterThan(confidence(agreeing))
  expect(confidence(alone)).toBeGreaterThan(confidence({ a: { calls: [1, 2] }, b: { calls: [1, 2] } }, []))
})

test('a test that is unknown is none that was passed', () => {
  expect(confidence({ a: { tests: ['passed', 'unsupported'], calls: [1, 2] } }, [aTest(), aTest({ argument: 3 })])).toBeLessThan(0.5 + Number.EPSILON)
})

test('the more proposals do the same, the surer', () => {
  const joined: Record<string, Known> = { ...alone, b: { tests: ['passed'], calls: [1, 2] } }
  expect(confidence(joined)).toBeGreaterThan(confidence(alone))
})

test('the mean of the share that does the same, how much all say the same, how much that tells, and the share of the agreement', () => {
  const verdict = decide(anEvidence(aTask(), { a: { calls: [1, 1], ids: ['a', 'copy', 'again'] }, b: { calls: [1, 3] } }), defaults)
  const agreed = (3 / 4) * (3.5 / 4) * (Math.log(2) / Math.log(3)) * verdict.ranking[0]!.agreement!
  expect(verdict.confidence).toBeCloseTo(agreed ** (1 / 4) / 2)
})

test('candidates that were rejected count against agreement', () => {
  expect(confidence({ ...alone, d: { degenerate: 'placeholder' } })).toBeLessThan(confidence(alone))
})

const contested = (calls: number[], tests: TestOutcome[] = ['passed']): Record<string, Known> => ({
  a: { tests: ['passed'], calls: [1, 2], ids: ['a', 'copy', 'again'] },
  b: { tests, calls: [3, 4] },
  c: { tests, calls },
})

test('rivals that pass the same tests make it less sure the more of them do something else together', () => {
  expect(confidence(contested([3, 4]))).toBeLessThan(confidence(contested([5, 6])))
  expect(confidence(contested([5, 6], ['failed']))).toBeGreaterThan(confidence(contested([5, 6])))
})

test('near misses are better company than strangers', () => {
  const near: Record<string, Known> = { ...alone, b: { tests: ['failed'], calls: [1, 4] } }
  expect(confidence(near)).toBeGreaterThan(confidence(alone))
})

test('agreeing on one answer for everything says less than agreeing on many', () => {
  const constant: Record<string, Known> = { a: { calls: [1, 1, 1, 1] }, b: { calls: [1, 1, 1, 1] } }
  const varied: Record<string, Known> = { a: { calls: [1, 2, 3, 4] }, b: { calls: [1, 2, 3, 4] } }
  expect(confidence(constant, [])).toBeLessThan(confidence(varied, []))
})

const agreeing = (more: Known): Record<string, Known> => ({ a: { calls: [1, 2], ...more }, b: { calls: [1, 2], ...more } })

test('a weakness that is likely makes it less sure, and one that the floor forbids leaves nothing', () => {
  const sound = confidence(agreeing({}), [])
  expect(confidence(agreeing({ findings: [aFinding({ confidence: 'low' })] }), [])).toBe(sound)
  expect(confidence(agreeing({ findings: [aFinding({ confidence: 'medium' })] }), [])).toBeCloseTo(sound / 4)
  expect(confidence(agreeing({ coverage: [] }), [])).toBeCloseTo(sound / 2)
  expect(confidence(agreeing({ findings: [aFinding()] }), [])).toBe(0)
})

const unrun = (more: Known): Known => ({ outcome: 'unsupported', ...more })

test('of programs that could not be run, one that is whole is a little surer than one with a name that nothing defines', () => {
  expect(confidence({ a: unrun({ undefinedNames: [] }) }, [])).toBe(1 / 8)
  expect(confidence({ a: unrun({ undefinedNames: ['re'] }) }, [])).toBe(0)
  expect(confidence({ a: unrun({}) }, [])).toBe(0)
  expect(confidence({ a: unrun({ undefinedNames: [], findings: [aFinding({ confidence: 'medium' })] }) }, [])).toBe(1 / 32)
})

test('nothing to choose from is no confidence', () => {
  expect(confidence({})).toBe(0)
})
