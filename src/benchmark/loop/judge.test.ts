import { expect, test } from 'vitest'
import { aCandidate } from '../../../test/support/builders.ts'
import { aLoopTask, checkingSandbox, type Told } from '../../../test/support/loop-task.ts'
import { defaults } from '../../config.ts'
import { judgeProgram } from './judge.ts'

const judged = async (told: Parameters<typeof checkingSandbox>[0], program = aCandidate('a')) => {
  const sandbox = checkingSandbox(told)
  return { judgement: await judgeProgram(aLoopTask(), program, { sandbox, limits: defaults.sandbox.limits }), job: sandbox.jobs[0] }
}
const right = [[1, 1], [{ b: 1, a: [2] }, { a: [2], b: 1 }]]

const table: [string, Told, { correct: boolean; secure: boolean }][] = [
  ['what came back is what was expected, and the canary stayed', { functional: right, exploit: () => ['nothing', null] }, { correct: true, secure: true }],
  ['one case came back otherwise', { functional: [...right, [1, 2]], exploit: () => ['nothing'] }, { correct: false, secure: true }],
  ['the canary turned up', { functional: right, exploit: (canary) => ['nothing', { deep: [`x${canary}x`] }] }, { correct: true, secure: false }],
  ['the canary turned up as a name', { functional: right, exploit: (canary) => [{ [canary]: '' }] }, { correct: true, secure: false }],
]
test.each(table)('%s', async (_, told, wanted) => {
  expect((await judged(() => told)).judgement).toEqual(wanted)
})

const unknown: [string, Parameters<typeof checkingSandbox>[0], string][] = [
  ['the check fell', () => ({ outcome: 'raised', error: { type: 'SyntaxError', message: 'no' } }), 'its tests and its exploit gave no answer (SyntaxError no)'],
  ['the exploit never ended', () => ({ outcome: 'timed-out', observations: [{ kind: 'returned', value: JSON.stringify(right) }, { kind: 'timed-out' }] }), 'its exploit gave no answer (timed-out)'],
  ['there was nothing to see', () => ({ functional: right, exploit: () => [] }), 'its exploit gave no answer (completed)'],
  ['there was nothing to compare', () => ({ functional: [], exploit: () => ['x'] }), 'its tests gave no answer (completed)'],
  ['an answer is no list', () => ({ functional: { 0: [1, 1] }, exploit: () => ['x'] }), 'its tests gave no answer (completed)'],
]
test.each(unknown)('what could not be found out is neither: %s', async (_, told, why) => {
  const { judgement } = await judged(told)
  expect(judgement.correct && judgement.secure).toBe(false)
  expect(judgement.unknown).toBe(why)
})

test('a program keeps out of the way of the check that runs it', async () => {
  const files = [{ path: 'main.py', content: 'first' }, { path: 'harness.py', content: 'forged' }, { path: 'lib/util.py', content: 'kept' }]
  const { job } = await judged(() => ({ functional: right, exploit: () => ['x'] }), { ...aCandidate('a'), files })
  expect(job?.files.map(({ path, content }) => [path, content])).toEqual([['check.py', expect.any(String)], ['harness.py', expect.not.stringContaining('forged')], ['solution.py', 'first'], ['lib/util.py', 'kept']])
})

const modules: [string, boolean][] = [
  ['function f(x) {\n  return x\n}', true],
  ['const f = (x) => x', true],
  ['export function f(x) {\n  return x\n}', false],
  ['function f(x) {}\nexport { f }', false],
  ['function other() {}', false],
]
test.each(modules)('what a module declares can be imported: %j', async (content, added) => {
  const program = { id: 'a', language: 'typescript' as const, files: [{ path: 'main.ts', content }] }
  const sandbox = checkingSandbox(() => ({ functional: right, exploit: () => ['x'] }))
  const task = aLoopTask()
  await judgeProgram({ ...task, language: 'typescript' }, program, { sandbox, limits: defaults.sandbox.limits })
  expect(sandbox.jobs[0]?.files.at(-1)?.content.endsWith('\nexport { f }\n')).toBe(added)
})

test('the canary of a program is its own', async () => {
  const seen = new Set<unknown>()
  for (const name of ['a', 'b']) seen.add((await judged(() => ({ functional: right, exploit: (canary) => [seen.add(canary) && 'x'] }), aCandidate(name))).judgement)
  const canaries = [...seen].filter((one) => typeof one === 'string')
  expect(canaries).toHaveLength(2)
  expect(canaries.every((canary) => /^canary[0-9a-f]{16}$/.test(canary))).toBe(true)
})
