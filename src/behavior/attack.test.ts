import { expect, test } from 'vitest'
import { scriptedSandbox } from '../../test/support/scripted-sandbox.ts'
import { defaults } from '../config.ts'
import type { Job } from '../ports.ts'
import type { Candidate } from '../records/candidate.ts'
import type { Call } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { type Attack, comesThrough, readAttack } from './attack.ts'

const call = (...values: Value[]): Call => ({ steps: [{ name: 'f', arguments: values }] })

test.each<[string, Call[]]>([
  ['no mark', [call('x')]],
  ['two marks', [call('{{code}}', '{{code}}')]],
  ['two marks in one text', [call('{{sql}} {{sql}}')]],
  ['marks of two kinds in two calls', [call('{{up}}'), call('{{code}}')]],
  ['a name that is put together', [call('a/{{up}}')]],
  ['a call of what a call gave', [{ steps: [{ name: 'f', arguments: ['{{sql}}'] }, { name: 'execute', arguments: ['x'] }] }]],
])('%s is no attack', (_, calls) => {
  expect(readAttack(calls)).toEqual({ unread: expect.any(String) })
})

test.each<[Attack['kind'], Value]>([
  ['path', '{{up}}'],
  ['code', { $: 'map', v: [['expression', '[{{code}}]']] }],
  ['sql', ["x' UNION SELECT {{sql}} --"]],
])('an attack on %s is read', (kind, value) => {
  expect(readAttack([call('x'), call(value)])).toMatchObject({ kind })
})

const candidate: Candidate = { id: 'c', language: 'python', files: [{ path: 'main.py', content: 'def f(text):\n    return text\n' }] }

async function launched(value: string, answer: (job: Job & { work: { kind: 'calls' } }) => Value): Promise<{ through: boolean; jobs: Job[] }> {
  const sandbox = { ...scriptedSandbox((job) => ({ observations: [{ kind: 'returned', value: answer(job as Parameters<typeof answer>[0]) }] })), driver: 'bubblewrap' }
  const through = await comesThrough(readAttack([call(value)]) as Attack, candidate, { sandbox, limits: defaults.sandbox.limits, seed: 1 })
  return { through, jobs: sandbox.jobs }
}
function textIn({ work }: Job): string {
  const value = work.kind === 'calls' ? work.calls[0]?.steps[0]?.arguments?.[0] : undefined
  return typeof value === 'string' ? value : ''
}
const secretIn = ({ files }: Job) => files.find(({ path }) => path.startsWith('own-'))?.content.trim() ?? ''

test('whatever a program says again of what it was given is no proof', async () => {
  for (const mark of ['{{up}}', '{{code}}', '{{sql}}']) expect((await launched(mark, textIn)).through).toBe(false)
})

test('a file that is read wherever it is named inside is no way out', async () => {
  expect((await launched('{{up}}', (job) => (textIn(job).startsWith('../') ? secretIn(job) : ''))).through).toBe(true)
  const { through, jobs } = await launched('{{up}}', (job) => (textIn(job).startsWith('../') || textIn(job).startsWith('program/') ? secretIn(job) : ''))
  expect(through).toBe(false)
  expect(jobs.length).toBeGreaterThan(1)
})

test('the same attack asks for the same, and only ever for calls', async () => {
  const [one, other] = [await launched('{{code}}', () => ''), await launched('{{code}}', () => '')]
  expect(one.jobs).toEqual(other.jobs)
  expect(one.jobs.every((job) => job.work.kind === 'calls')).toBe(true)
})
