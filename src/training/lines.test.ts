import { expect, test } from 'vitest'
import { aFinding, anEvidence, aTask, aTest, type Known } from '../../test/support/builders.ts'
import { extractCode } from '../candidate/extract-code.ts'
import { defaults } from '../config.ts'
import { contentDigest } from '../records/candidate.ts'
import type { Repair } from '../records/repair.ts'
import type { Task } from '../records/task.ts'
import { PreferencePair, VerifiedSolution } from '../records/training.ts'
import { decide } from '../countersign.ts'
import type { RecordedRun } from '../store/recorded-run.ts'
import { lineIdentity, trainingLines } from './lines.ts'

const plain = { chat: false, secrets: [] }

/** A finished run about candidates by id, judged as it would have been. */
function aRun(task: Task, known: Record<string, Known>, given: Partial<RecordedRun> = {}): RecordedRun {
  const evidence = anEvidence(task, known)
  const { inputs: _, ...seen } = evidence
  const lists = { steps: [], prompts: [], plans: [], revisions: [], rounds: [], modules: [], looks: [], clusterings: [], representatives: [], keptModules: [], dialogues: [], repairs: [], exchanges: [] }
  const summary = { id: 'run-1', title: 't', started: '2026-01-01T00:00:00.000Z', ended: '2026-01-01T00:00:01.000Z', ending: { stop: 'finished' as const }, versions: { countersign: '0.1.0' } }
  return { ...summary, ...lists, ...seen, configuration: defaults, verdict: decide(evidence, defaults), ...given }
}

const preferences = (run: RecordedRun) => trainingLines(run, { format: 'dpo', ...plain }).map((line) => PreferencePair.parse(line))
const solutions = (run: RecordedRun) => trainingLines(run, { format: 'sft', ...plain }).map((line) => VerifiedSolution.parse(line))

const tested = aTask({ tests: [aTest(), aTest({ argument: 2, expected: 3 })] })
const right: Known = { tests: ['passed', 'passed'], calls: [2, 3] }

test('a program that fails a test is rejected for one that passes all, with the test as the reason', () => {
  const run = aRun(tested, { wrong: { tests: ['passed', 'failed'], calls: [2, 9] }, right })
  const [pair, ...more] = preferences(run)
  expect(more).toEqual([])
  expect(pair).toMatchObject({ chosen: '```python\n# right\n```', rejected: '```python\n# wrong\n```', reason: [{ kind: 'test', text: 'f(2) == 3', outcome: 'failed' }] })
  expect(pair?.prompt).toContain('write f')
  expect(pair?.provenance).toMatchObject({ run: 'run-1', strategy: 'hybrid', tool: 'countersign 0.1.0', licence: 'unknown', verdict: expect.stringMatching(/^sha256:/) })
})

test('a weakness below the floor is a reason, with its rule and CWE', () => {
  const [pair] = preferences(aRun(tested, { weak: { ...right, findings: [aFinding()] }, right }))
  expect(pair?.reason).toEqual([{ kind: 'finding', rule: 'python/a-rule', cwe: 89, severity: 'high', confidence: 'high', path: 'main.py', line: 1, message: 'It is wrong. Write it right.' }])
})

const none: [string, Task, Record<string, Known>][] = [
  ['both pass, whatever agreement or likelihood says', tested, { right, other: { ...right, calls: [2, 4] } }],
  ['what could not be tried is no failure', tested, { right, other: { tests: ['passed', 'unsupported'], calls: [2] } }],
  ['a program that never ran has failed nothing', tested, { right, other: { degenerate: 'empty' } }],
  ['nothing is sound', tested, { wrong: { tests: ['failed', 'passed'] }, weak: { ...right, findings: [aFinding()] } }],
  ['a test that a model wrote vouches for nothing', aTask({ tests: [aTest({ source: 'generated' })] }), { right: { tests: ['passed'], calls: [2] }, wrong: { tests: ['failed'], calls: [3] } }],
  ['a habit above the floor', tested, { right, other: { ...right, findings: [aFinding({ tier: 'hygiene', severity: 'low' })] } }],
  ['without tests: a weak program that does something else', aTask(), { right: { calls: [2] }, weak: { calls: [3], findings: [aFinding()] } }],
  ['what was not read to its end is not clear of the floor', tested, { right: { ...right, coverage: [{ kind: 'incomplete', path: 'main.py', language: 'python', reason: 'too deep' }] }, wrong: { tests: ['failed', 'failed'] } }],
]
test.each(none)('no pair: %s', (_, task, known) => {
  expect(preferences(aRun(task, known))).toEqual([])
})

test('without tests a weakness separates two programs that do the same', () => {
  const [pair] = preferences(aRun(aTask(), { right: { calls: [2] }, weak: { calls: [2], findings: [aFinding()] } }))
  expect(pair?.reason).toMatchObject([{ kind: 'finding', cwe: 89 }])
})

/** A run in which `child` was asked for as a revision of `parent`. */
function revised(known: Record<'parent' | 'child', Known>, given: Pick<Repair, 'fate' | 'objections' | 'mended'>): RecordedRun {
  const run = aRun(tested, known)
  const [parent, child] = ['parent', 'child'].map((id) => run.candidates.find((candidate) => candidate.id === id)!)
  const digest = contentDigest(child!)
  const of = <Item extends { candidate: string }>(items: readonly Item[]) => items.find(({ candidate }) => candidate === digest)!
  const examined = { candidate: child!, screening: of(run.screenings), scan: of(run.scans), execution: of(run.executions) }
  const repair: Repair = { id: 'child', of: 'parent', parent: contentDigest(parent!), child: examined, round: 1, stage: 'post-hoc', actor: 'm/m', targets: given.mended, ...given }
  if (given.fate === 'accepted') return { ...run, repairs: [repair] }
  const others = <Item extends { candidate: string }>(items: readonly Item[]) => items.filter(({ candidate }) => candidate !== digest)
  const kept = { candidates: run.candidates.filter(({ id }) => id !== 'child'), screenings: others(run.screenings), scans: others(run.scans), executions: others(run.executions) }
  return { ...run, ...kept, repairs: [repair] }
}

test('a refused revision is rejected for its parent, and an accepted one chosen over it', () => {
  const objections = [{ check: 'tests' as const, detail: 'f(2) == 3 passed before' }]
  const [refused] = preferences(revised({ parent: right, child: { tests: ['passed', 'failed'] } }, { fate: 'refused', objections, mended: [] }))
  expect(refused).toMatchObject({ chosen: expect.stringContaining('# parent'), rejected: expect.stringContaining('# child'), reason: [{ kind: 'refused-revision', id: 'child', objections }, { kind: 'test' }] })
  const mended = [{ kind: 'test' as const, test: 1, text: 'f(2) == 3' }]
  const [accepted] = preferences(revised({ parent: { tests: ['passed', 'failed'] }, child: right }, { fate: 'accepted', objections: [], mended }))
  expect(accepted).toMatchObject({ chosen: expect.stringContaining('# child'), rejected: expect.stringContaining('# parent'), reason: [{ kind: 'accepted-revision', id: 'child', mended }, { kind: 'test' }] })
})

test('a solution is chosen, clear and tested; without any of it there is none', () => {
  expect(solutions(aRun(tested, { right, wrong: { tests: ['failed', 'failed'] } }))).toMatchObject([{ completion: '```python\n# right\n```' }])
  expect(solutions(aRun(aTask(), { right: { calls: [2] } }))).toEqual([])
  expect(solutions(aRun(tested, { wrong: { tests: ['failed', 'failed'] } }))).toEqual([])
  const { verdict: _, ...killed } = aRun(tested, { right })
  expect(solutions(killed)).toEqual([])
})

test('a run that was killed gives the pairs that were seen, and one killed at once nothing', () => {
  const { verdict: _, ended: __, ending: ___, ...killed } = aRun(tested, { right, wrong: { tests: ['failed', 'failed'], calls: [3, 3] } })
  const [pair] = preferences(killed)
  expect(pair?.provenance).not.toHaveProperty('verdict')
  const { configuration: ____, ...bare } = killed
  expect(trainingLines({ ...bare, candidates: [], screenings: [], scans: [], executions: [] }, { format: 'dpo', ...plain })).toEqual([])
})

test('as a chat the answer is what a product of ours reads the program from', () => {
  const [line] = trainingLines(aRun(tested, { right }), { format: 'sft', chat: true, secrets: [] })
  const messages = line !== undefined && 'messages' in line ? line.messages : []
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant'])
  expect(extractCode({ text: messages[2]?.content ?? '', ending: 'complete' }, { language: 'python', continues: false, workspace: false })).toMatchObject({ files: [{ content: '# right\n' }] })
})

test('what looks like a secret, is known to be one, or was found to be one by the scan is in no part of a line', () => {
  const key = ['ghp', '0123456789abcdefghijklmnopqrstuvwxyz'].join('_')
  const run = aRun({ ...tested, instruction: `write f with ${key} and the-known-one` }, { right, wrong: { tests: ['failed', 'failed'], calls: [3, 3] } })
  const secretAt = 'token = "'.length
  const [old, bad] = [run.candidates[0]!, run.candidates[1]!]
  const now = { ...old, files: [{ path: 'main.py', content: 'token = "found-by-scan-1"\n' }] }
  const moved = <Item extends { candidate: string }>(items: readonly Item[]) => items.map((item) => (item.candidate === contentDigest(old) ? { ...item, candidate: contentDigest(now) } : item))
  const span = { ...aFinding().span, start: secretAt, end: secretAt + 'found-by-scan-1'.length }
  const scans = moved(run.scans)
  scans.find((scan) => scan.candidate === contentDigest(now))!.findings = [aFinding({ rule: 'secret/assigned', tier: 'hygiene', severity: 'low', span })]
  const { verdict: _, ...killed } = run
  const [line] = trainingLines({ ...killed, candidates: [now, bad], screenings: moved(run.screenings), executions: moved(run.executions), scans }, { format: 'dpo', chat: false, secrets: ['the-known-one'] })
  expect(line?.provenance.redacted).toBe(true)
  expect(JSON.stringify(line)).not.toMatch(/ghp_|the-known-one|found-by-scan/)
  expect(JSON.stringify(line)).toContain('REDACTED_')
})

test('the same texts are one line, whatever run they come from', () => {
  const known = { right, wrong: { tests: ['failed' as const, 'failed' as const], calls: [3, 3] } }
  const [one, other] = [aRun(tested, known), aRun(tested, known, { id: 'run-2' })].map((run) => trainingLines(run, { format: 'dpo', ...plain })[0]!)
  expect(lineIdentity(one!)).toBe(lineIdentity(other!))
  expect(one).not.toEqual(other)
})

test('a test that a program passes which does nothing verifies no solution', () => {
  const known: Record<string, Known> = { one: { tests: ['passed'], idle: [0], calls: [2] }, two: { ids: ['two', 'more'], tests: ['passed'], idle: [0], calls: [2] } }
  const run = aRun(aTask({ tests: [aTest()] }), known)
  expect(run.verdict?.choice.kind).toBe('chosen')
  expect(solutions(run)).toEqual([])
})
