import { expect, test } from 'vitest'
import type { Job } from '../ports.ts'
import type { Observation } from '../records/execution.ts'
import type { Attempt } from './attempt.ts'
import { runAttempts } from './attempt.ts'

const loaded = '{"kind":"loaded"}'
const ended = '{"kind":"ended","outcome":"completed","exitCode":0}'
const returned = (index: number) => `{"kind":"observed","index":${index},"observation":{"kind":"returned","value":${index}}}`
const exited = (index: number) => `{"kind":"observed","index":${index},"observation":{"kind":"exited"}}`

const died = { stdout: '', stderr: '', exitCode: null, signal: null, limit: null, cpuMs: 10, peakMemoryBytes: 5 }
const anAttempt = (lines: string[], more: Partial<Attempt> = {}): Attempt => ({ ...died, lines, ...more })

const job = (calls: number): Job => ({
  language: 'python',
  files: [{ path: 'a.py', content: '' }],
  work: { kind: 'calls', calls: Array.from({ length: calls }, () => ({ steps: [{ name: 'f', arguments: [] }] })) },
})
const script: Job = { ...job(0), work: { kind: 'script', stdin: '', arguments: [] } }

async function replay(what: Job, attempts: Attempt[]) {
  const starts: number[] = []
  const start = (first: number) => {
    starts.push(first)
    return Promise.resolve(attempts[starts.length - 1] as Attempt)
  }
  const run = await runAttempts(what, { wallMs: 1000, start })
  return { starts, outcome: run.outcome, error: run.error, seen: run.observations.map(({ kind }: Observation) => kind), usage: run.usage }
}

test('a program that answers everything needs one process', async () => {
  expect(await replay(job(2), [anAttempt([loaded, returned(0), returned(1), ended])])).toMatchObject({
    starts: [0],
    outcome: 'completed',
    seen: ['returned', 'returned'],
    usage: { cpuMs: 10, peakMemoryBytes: 5 },
  })
})

test('a call that hangs is observed as that, and the calls behind it are still tried', async () => {
  const attempts = [anAttempt([loaded, returned(0)], { limit: 'cpu' }), anAttempt([loaded, returned(2), ended])]
  expect(await replay(job(3), attempts)).toMatchObject({ starts: [0, 2], outcome: 'completed', seen: ['returned', 'timed-out', 'returned'] })
})

test('a call that says it left the process explains the end of that process', async () => {
  const attempts = [anAttempt([loaded, exited(0)], { exitCode: 0 }), anAttempt([loaded, returned(1), ended])]
  expect(await replay(job(2), attempts)).toMatchObject({ starts: [0, 1], outcome: 'completed', seen: ['exited', 'returned'] })
})

test('an end without a word is blamed on the call under way, once per process', async () => {
  const attempts = [anAttempt([loaded], { exitCode: 0 }), anAttempt([loaded], { exitCode: 0 })]
  expect(await replay(job(2), attempts)).toMatchObject({ starts: [0, 1], outcome: 'completed', seen: ['exited', 'exited'] })
})

test('calls that each end their process are not tried for ever', async () => {
  const attempts = Array.from({ length: 9 }, () => anAttempt([loaded], { limit: 'cpu' }))
  const { starts, outcome, seen } = await replay(job(9), attempts)
  expect({ starts: starts.length, outcome, left: seen.filter((kind) => kind === 'not-run').length }).toEqual({ starts: 2, outcome: 'timed-out', left: 7 })
})

test.each([
  ['wall', 'timed-out'],
  ['output', 'output-limit'],
] as const)('the %s limit is of the whole job: nothing is started behind it', async (limit, outcome) => {
  expect(await replay(job(2), [anAttempt([loaded], { limit })])).toMatchObject({ starts: [0], outcome, seen: [outcome, 'not-run'] })
})

test.each([
  ['exited', { exitCode: 0 }],
  ['timed-out', { limit: 'cpu' }],
  ['out-of-memory', { limit: 'memory' }],
  ['out-of-memory', { signal: 'SIGABRT', stderr: 'FATAL ERROR: JavaScript heap out of memory' }],
  ['raised', { signal: 'SIGSEGV' }],
] as const)('a process that dies at load has %s', async (outcome, more) => {
  expect(await replay(job(1), [anAttempt([], more)])).toMatchObject({ starts: [0], outcome, seen: ['not-run'] })
})

test.each([
  ['text of its own', [loaded, 'PASSED', returned(0), ended]],
  ['an answer out of turn', [loaded, returned(1), ended]],
  ['an answer twice', [loaded, returned(0), returned(0), ended]],
  ['an answer before it is loaded', [returned(0), ended]],
  ['an end before its work is done', [loaded, ended]],
])('a program that writes %s has raised', async (_what, lines) => {
  expect(await replay(job(1), [anAttempt(lines)])).toMatchObject({ starts: [0], outcome: 'raised', error: { type: 'ForgedAnswer' } })
})

test('nothing counts that comes after the end', async () => {
  expect(await replay(script, [anAttempt([ended, 'PASSED'], { exitCode: 0 })])).toMatchObject({ outcome: 'completed' })
})

test('a program killed from outside is an error, never an outcome', async () => {
  await expect(replay(script, [anAttempt([], { signal: 'SIGKILL' })])).rejects.toMatchObject({ code: 'SANDBOX_BROKEN' })
})
