import { expect, test } from 'vitest'
import { aFinding, anEvidence, aTask, aTest, type Known } from '../../test/support/builders.ts'
import { type Configuration, defaults } from '../config.ts'
import { decide } from '../countersign.ts'

const judged = (known: Record<string, Known>, { tests = [aTest()], ...given }: Partial<Configuration> & { tests?: ReturnType<typeof aTest>[] } = {}) =>
  decide(anEvidence(aTask({ tests }), known), { ...defaults, ...given })
const passes: Known = { tests: ['passed'], calls: [2] }
const skipped = { kind: 'skipped', path: 'main.py', reason: 'no front end for this language' } as const

test('a clear program is chosen over one below the floor, whatever that one passes', () => {
  const { choice, ranking, reasons } = judged({ insecure: { ...passes, findings: [aFinding()] }, clear: passes })
  expect(choice).toMatchObject({ kind: 'chosen', id: 'clear' })
  expect(ranking.map(({ floor }) => floor)).toEqual(['clear', 'below'])
  expect(reasons[1]).toContain('below the security floor: python/a-rule (CWE-89) at main.py:1: It is wrong;')
})

test('when only programs below the floor pass, nothing is chosen', () => {
  const known = { insecure: { ...passes, findings: [aFinding()] }, wrong: { tests: ['failed' as const], calls: [3] } }
  expect(judged(known).choice).toMatchObject({ kind: 'abstained', reason: 'tests-failed', detail: expect.stringContaining('no candidate above the security floor') as string })
  expect(judged({ insecure: known.insecure }).choice).toMatchObject({ kind: 'abstained', reason: 'below-floor', best: { id: 'insecure' }, detail: 'no candidate is above the security floor: the best of them has python/a-rule (CWE-89) at main.py:1' })
})

test('what the floor forbids is told before what is surer but lesser', () => {
  const floor = { ...defaults.floor, severity: 'critical', confidence: 'medium' } as const
  const findings = [aFinding({ rule: 'python/surer' }), aFinding({ rule: 'python/forbidden', severity: 'critical', confidence: 'medium' })]
  expect(judged({ a: { ...passes, findings } }, { floor }).reasons[0]).toMatch(/^below the security floor: python\/forbidden .* \(and 1 more\)/)
  const habit = aFinding({ rule: 'python/habit', tier: 'hygiene' })
  expect(judged({ a: { ...passes, findings: [habit] } }, { floor: { ...defaults.floor, tier: 'hygiene' } }).reasons[0]).toMatch(/^below the security floor: python\/habit/)
})

test.each([
  ['severity', { severity: 'medium' }],
  ['confidence', { confidence: 'medium' }],
  ['tier', { tier: 'hygiene' }],
] as const)('a finding that is lesser in %s alone is not below the floor', (_, lesser) => {
  expect(judged({ a: { ...passes, findings: [aFinding(lesser)] } }).choice).toMatchObject({ kind: 'chosen' })
  expect(judged({ a: { ...passes, findings: [aFinding(lesser)] } }, { floor: { ...defaults.floor, ...lesser } }).choice).toMatchObject({ reason: 'below-floor' })
})

test.each<[string, Known['coverage'] & object]>([
  ['no front end', [skipped]],
  ['a budget that ran out', [{ kind: 'incomplete', path: 'main.py', language: 'python', reason: 'steps' }]],
  ['a stretch that no grammar explains', [{ kind: 'read', path: 'main.py', language: 'python', parseErrors: 1 }]],
  ['one file of several unread', [{ kind: 'read', path: 'main.py', language: 'python', parseErrors: 0 }, { ...skipped, path: 'other.rb' }]],
  ['no file at all', []],
])('%s leaves the floor unknown, which never passes by itself', (_, coverage) => {
  const { choice, ranking, unknown } = judged({ a: { ...passes, coverage } })
  expect(ranking[0]?.floor).toBe('unknown')
  expect(unknown.map(({ what }) => what)).toContain('security-floor')
  expect(choice).toMatchObject({ kind: 'abstained', reason: 'floor-unknown' })
})

test('policy may let what could not be read pass, and the verdict says that it is not known', () => {
  const floor = { ...defaults.floor, unknown: { ...defaults.floor.unknown, python: 'allow' as const } }
  const unread = { ...passes, coverage: [skipped] }
  const { choice, unknown } = judged({ wrong: { tests: ['failed'], calls: [3] }, unread }, { floor })
  expect(choice).toMatchObject({ kind: 'chosen', id: 'unread' })
  expect(unknown[0]).toEqual({ what: 'security-floor', detail: '1 candidate is not read to its end for weaknesses (no front end for this language)' })
  expect(judged({ unread, read: { ...passes, calls: [4] } }, { floor }).choice).toMatchObject({ id: 'read' })
})

test('a finding in what could not be read to its end counts all the same', () => {
  expect(judged({ a: { ...passes, coverage: [skipped], findings: [aFinding()] } }).ranking[0]?.floor).toBe('below')
})

test('of those that pass the same tests, the one with the lesser findings leads, however many agree', () => {
  const likely = aFinding({ confidence: 'medium' })
  const known = { many: { ...passes, ids: ['a', 'b', 'c'], calls: [2, 5], findings: [likely] }, more: { ...passes, calls: [2, 5], findings: [likely, likely] }, odd: { ...passes, calls: [2, 6] } }
  expect(judged(known).ranking.map(({ ids }) => ids[0])).toEqual(['odd', 'a', 'more'])
})

test('one sure finding is worse than many that are likely, and habits decide only what agreement leaves open', () => {
  const critical = aFinding({ severity: 'critical', confidence: 'medium' })
  const sure = aFinding({ severity: 'medium' })
  expect(judged({ sure: { ...passes, findings: [sure] }, likely: { ...passes, findings: [critical, critical] } }).choice).toMatchObject({ id: 'likely' })
  const habit = aFinding({ tier: 'hygiene' })
  const known = { odd: { ...passes, calls: [3] }, untidy: { ...passes, findings: [habit] }, tidy: passes }
  expect(judged(known).ranking.map(({ ids }) => ids[0])).toEqual(['tidy', 'untidy', 'odd'])
})

test('a test that fails outweighs findings above the floor', () => {
  const known: Record<string, Known> = { wrong: { tests: ['failed'], calls: [3] }, right: { ...passes, findings: [aFinding({ confidence: 'medium' })] } }
  expect(judged(known).choice).toMatchObject({ kind: 'chosen', id: 'right' })
})
