import { expect, test } from 'vitest'
import { aFinding, aTask, aTest, anEvidence, type Known } from '../../test/support/builders.ts'
import { defaults } from '../config.ts'
import { decide } from '../countersign.ts'
import { contentDigest } from '../records/candidate.ts'
import type { Digest } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Likelihood } from '../records/likelihood.ts'
import type { Task } from '../records/task.ts'
import type { Test } from '../records/test.ts'

const judged = (task: Task, known: Record<string, Known>, strategy = 'hybrid') => decide(anEvidence(task, known), { ...defaults, strategy })
const order = (task: Task, known: Record<string, Known>) => judged(task, known).ranking.map(({ ids }) => ids[0])

test('the one that passes the tests is chosen', () => {
  const verdict = judged(aTask({ tests: [aTest()] }), { wrong: { tests: ['failed'], calls: [3] }, right: { tests: ['passed'], calls: [2] } })
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'right' })
})

test('a test that outside evidence decides outranks any number that agree', () => {
  const known = { right: { tests: ['passed' as const], calls: [2] }, many: { ids: ['a', 'b', 'c', 'd'], tests: ['failed' as const], calls: [3] } }
  expect(order(aTask({ tests: [aTest()] }), known)).toEqual(['right', 'a'])
})

test('what only tests in its own process vouch for is chosen, and said to be weakly known', () => {
  const inside: Test = { kind: 'in-process', source: 'user', text: '', code: 'assert True' }
  const verdict = judged(aTask({ tests: [inside] }), { one: { tests: ['passed'] } })
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'one' })
  expect(verdict.unknown).toContainEqual({ what: 'public-tests', detail: "1 candidate is vouched for only by tests inside the candidate's process, which a program can forge" })
})

test('without tests the larger group that behaves alike leads', () => {
  const known = { odd: { calls: [1] }, one: { calls: [2] }, two: { calls: [2] } }
  const verdict = judged(aTask(), known)
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'one' })
  expect(verdict.clusters.map(({ mass }) => mass)).toEqual([2, 1])
})

test.each<[string, Task, Record<string, Known>, string]>([
  ['no candidate', aTask(), {}, 'no-candidates'],
  ['placeholders only', aTask(), { a: { degenerate: 'placeholder' } }, 'all-rejected'],
  ['nothing that parses', aTask(), { a: { parseErrors: 1, outcome: 'raised', error: { type: 'SyntaxError', message: '' } } }, 'all-rejected'],
  ['an import that is not there', aTask({ tests: [aTest()] }), { a: { outcome: 'unsupported', tests: ['unsupported'] } }, 'nothing-ran'],
  ['a failed test', aTask({ tests: [aTest()] }), { a: { tests: ['failed'], calls: [3] } }, 'tests-failed'],
  ['a timeout', aTask({ tests: [aTest()] }), { a: { tests: ['timed-out'], calls: [{ kind: 'timed-out' }] } }, 'tests-failed'],
  ['a test that could not be tried', aTask({ tests: [aTest(), aTest({ source: 'user' })] }), { a: { tests: ['passed', 'unsupported'], calls: [2] } }, 'tests-unknown'],
  ['a test that a program passes which does nothing', aTask({ tests: [aTest()] }), { a: { tests: ['passed'], idle: [0], calls: [2] } }, 'no-agreement'],
  ["a model's test that a program passes which does nothing", aTask({ tests: [aTest({ source: 'generated' })] }), { a: { tests: ['passed'], idle: [0], calls: [2] } }, 'no-agreement'],
  ['one candidate and no test', aTask(), { a: { calls: [2] } }, 'no-agreement'],
  ['candidates that all differ', aTask(), { a: { calls: [2] }, b: { calls: [3] } }, 'no-agreement'],
  ['one program handed in twice', aTask(), { a: { ids: ['a', 'copy'], calls: [2] } }, 'no-agreement'],
  ['nothing to compare on', aTask(), { a: {}, b: {} }, 'no-agreement'],
  ['calls that were never reached', aTask(), { a: { calls: [{ kind: 'not-run' }] }, b: { calls: [{ kind: 'not-run' }] } }, 'no-agreement'],
  ['timeouts, which agree with nothing', aTask(), { a: { calls: [{ kind: 'timed-out' }] }, b: { calls: [{ kind: 'timed-out' }] } }, 'no-agreement'],
])('%s is an abstention', (_, task, known, reason) => {
  expect(judged(task, known).choice).toMatchObject({ kind: 'abstained', reason })
})

test('a test that says nothing is told of, takes nothing from what others say, and is held against whoever fails it', () => {
  const tests = [aTest(), aTest({ source: 'user' })]
  const verdict = judged(aTask({ tests }), { fails: { tests: ['passed', 'failed'], calls: [2] }, passes: { tests: ['passed', 'passed'], idle: [1], calls: [2] } })
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'passes' })
  expect(verdict.ranking[0]?.publicTests.outside).toEqual({ passed: 1, failed: 0, unknown: 0, idle: 1 })
  expect(verdict.reasons[0]).toMatch(/^passes 1 of 1 tests \(1 more that doing nothing passes\)/)
  expect(verdict.unknown).toContainEqual({ what: 'public-tests', detail: 'a program that does nothing passes f(1) == 2, so that passing says nothing' })
})

test('tests of a model vote, and one that agrees with the other evidence is enough to choose', () => {
  const tests = [aTest({ source: 'generated' }), aTest({ source: 'generated' }), aTest({ source: 'generated', expected: 9 })]
  const verdict = judged(aTask({ tests }), { a: { tests: ['passed', 'passed', 'failed'], calls: [2] }, b: { tests: ['failed', 'failed', 'failed'], calls: [3] } })
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'a' })
})

test('a missing score is absent, and what nobody looked at is listed', () => {
  const verdict = judged(aTask(), { a: { calls: [2] }, b: { calls: [2] } })
  expect(verdict.ranking[0]).not.toHaveProperty('likelihood')
  expect(verdict.unknown.map(({ what }) => what)).toEqual(['public-tests', 'likelihood', 'opinion'])
})

test('the same evidence gives the same bytes', () => {
  const known = { a: { calls: [2], tests: ['passed' as const] }, b: { calls: [3], tests: ['failed' as const] }, c: { calls: [2], tests: ['passed' as const] } }
  const task = aTask({ tests: [aTest({ source: 'generated' })] })
  expect(JSON.stringify(judged(task, known))).toBe(JSON.stringify(judged(task, known)))
})

const first = (given: Evidence) => decide(given, defaults).ranking[0]?.ids[0]

/** Evidence in which a model scored some of the candidates. */
function scored(task: Task, known: Record<string, Known>, values: Record<string, number>): Evidence {
  const evidence = anEvidence(task, known)
  const likelihoods = evidence.screenings.flatMap(({ candidate, ids }): Likelihood[] =>
    values[ids[0]!] === undefined ? [] : [{ candidate, tier: 'exact', model: 'scripted/m', value: values[ids[0]!]!, prompts: [] }],
  )
  return { ...evidence, likelihoods }
}

const values = { a: -9, b: -5, c: -1, d: 0 }
const alike: Record<string, Known> = {
  a: { tests: ['passed'], calls: [2] },
  b: { tests: ['passed'], calls: [2] },
  c: { tests: ['passed'], calls: [7], words: 1 },
  d: { tests: ['failed'], calls: [3] },
}

test('likelihood orders those that tests and agreement leave equal, and never those that they do not', () => {
  const evidence = scored(aTask({ tests: [aTest()] }), alike, values)
  const ranked = (strategy: string) => decide(evidence, { ...defaults, strategy }).ranking.map(({ ids }) => ids[0])
  expect(ranked('hybrid')).toEqual(['b', 'a', 'c', 'd'])
  expect(ranked('coder-reviewer')).toEqual(['c', 'b', 'a', 'd'])
  expect(ranked('tests')).toEqual(['a', 'b', 'c', 'd'])
})

test('a verdict says how likelihood was found out, and for how many', () => {
  const { b: _, ...some } = values
  expect(decide(scored(aTask({ tests: [aTest()] }), alike, some), defaults).likelihood).toEqual({ tier: 'exact', model: 'scripted/m', scored: 3 })
  expect(decide(scored(aTask({ tests: [aTest()] }), alike, {}), defaults)).not.toHaveProperty('likelihood')
})

test('what a model says of a difference comes after likelihood, and the call itself is behaviour', () => {
  const known: Record<string, Known> = { a: { calls: [2] }, b: { calls: [3] } }
  const evidence = scored(aTask(), known, {})
  const [a, b] = evidence.candidates.map(contentDigest) as [Digest, Digest]
  const call = { steps: [{ name: 'f', arguments: [7] }] }
  const observations = [a, b].map((candidate, at) => ({ candidate, observation: { kind: 'returned' as const, value: at } }))
  const distinctions = [{ model: 'm', between: [a, b] as [Digest, Digest], call, observations, wanted: b, prompts: [] }]
  expect([first(evidence), first({ ...evidence, distinctions })]).toEqual(['a', 'b'])
  expect(first({ ...scored(aTask(), known, { a: -1, b: -2 }), distinctions })).toBe('a')
})

test('a program with a name that nothing defines is behind every other but those that fail a test, and said to be', () => {
  const finding = aFinding({ confidence: 'medium' })
  const known = { unbound: { undefinedNames: ['re', 'os'], calls: [2] }, weak: { undefinedNames: [], findings: [finding], calls: [2] }, unread: { calls: [2] } }
  const { ranking, reasons } = judged(aTask(), known)
  expect(ranking.map(({ ids }) => ids[0])).toEqual(['weak', 'unread', 'unbound'])
  expect(reasons[2]).toContain('uses re, os, which nothing defines')
  const tested = { unbound: { undefinedNames: ['re'], tests: ['passed' as const], calls: [2] }, failing: { undefinedNames: [], tests: ['failed' as const], calls: [2] } }
  expect(order(aTask({ tests: [aTest()] }), tested)).toEqual(['unbound', 'failing'])
})

test('a program that its runtime cannot read for its tabs does not parse', () => {
  const error = { type: 'TabError', message: 'inconsistent use of tabs and spaces' }
  expect(judged(aTask(), { tabs: { outcome: 'raised', error } }).choice).toMatchObject({ kind: 'abstained', reason: 'all-rejected' })
})

test('what is equal so far is decided by what it refuses, then by what it uses of the words that the task quotes, then by how often it was proposed', () => {
  const known = { often: { ids: ['often', 'again'], calls: [2] }, quotes: { quoted: { used: 1, of: 2 }, calls: [2] }, checks: { refusals: 1, calls: [2] } }
  expect(order(aTask(), known)).toEqual(['checks', 'quotes', 'often'])
  expect(order(aTask(), { ...known, checks: { refusals: 1, calls: [3] } })).toEqual(['quotes', 'often', 'checks'])
})

const needs = (name: string): Known => ({ outcome: 'unsupported', error: { type: 'ModuleNotFoundError', message: `No module named '${name}'` } })

test('of programs that could not run here it is said what they need, and that nothing was compared', () => {
  const { choice, unknown } = decide({ ...anEvidence(aTask({ tests: [] }), { a: needs('flask'), b: needs('flask'), c: needs('jwt') }), inputs: [{ call: { steps: [] }, reach: 'inside' }] }, defaults)
  expect(choice).toMatchObject({ kind: 'abstained', reason: 'nothing-ran' })
  expect(unknown).toContainEqual({ what: 'execution', detail: "2 candidates are in need of something that is not here (ModuleNotFoundError: No module named 'flask')" })
  expect(unknown).toContainEqual({ what: 'execution', detail: "1 candidate is in need of something that is not here (ModuleNotFoundError: No module named 'jwt')" })
  expect(unknown).toContainEqual({ what: 'agreement', detail: 'no candidate ran, so that none was compared with another' })
})
