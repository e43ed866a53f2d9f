import { beforeAll, expect, test } from 'vitest'
import type { Candidate } from '../records/candidate.ts'
import type { Task } from '../records/task.ts'
import type { Call, Check, Test } from '../records/test.ts'
import { scriptedSandbox } from '../../test/support/scripted-sandbox.ts'
import { loadSyntax } from '../syntax/tree.ts'
import { observe } from './observe.ts'

beforeAll(async () => await loadSyntax())

const limits = { cpuMs: 1, wallMs: 1, memoryBytes: 1, outputBytes: 1, processes: 1, fileBytes: 1 }
const double = (value: number): Call => ({ steps: [{ name: 'double', arguments: [value] }] })
const equals = (value: number): Check => ({ kind: 'apply', operator: '==', operands: [{ kind: 'call', index: 0 }, { kind: 'value', value }] })
const callTest = (argument: number, expected: number): Test => ({ kind: 'call', source: 'public', text: '', calls: [double(argument)], check: equals(expected) })
const candidate: Candidate = { id: 'a', language: 'python', files: [{ path: 'main.py', content: 'def double(x): return x * 2' }] }
const aTask = (tests: Test[]): Task => ({ id: 't', language: 'python', instruction: 'double', tests })
const options = { limits, concurrency: 2, inputs: [] as Call[] }

test('equal calls of tests and inputs are made once, and every test is judged by its own', async () => {
  const sandbox = scriptedSandbox(() => ({ observations: [{ kind: 'returned', value: 2 }, { kind: 'returned', value: 5 }] }))
  const [execution] = await observe(aTask([callTest(1, 2), callTest(2, 4)]), [candidate], { ...options, sandbox, inputs: [double(1)] })
  expect(sandbox.jobs).toHaveLength(1)
  expect(sandbox.jobs[0]?.work).toEqual({ kind: 'calls', calls: [double(1), double(2)] })
  expect(execution?.tests).toEqual(['passed', 'failed'])
})

test('a program that did not load passes nothing, and says why', async () => {
  const sandbox = scriptedSandbox(() => ({ outcome: 'unsupported', observations: [{ kind: 'not-run' }] }))
  const [execution] = await observe(aTask([callTest(1, 2)]), [candidate], { ...options, sandbox })
  expect(execution?.tests).toEqual(['unsupported'])
})

test('a program that ends itself before the tests has not passed them', async () => {
  const sandbox = scriptedSandbox(() => ({ outcome: 'exited', exitCode: 0, observations: [{ kind: 'not-run' }] }))
  const inside: Test = { kind: 'in-process', source: 'user', text: '', code: 'assert True' }
  const [execution] = await observe(aTask([callTest(1, 2), inside]), [candidate], { ...options, sandbox })
  expect(execution?.tests).toEqual(['error', 'error'])
})

test("a program that writes the runner's summary and ends the runner has not passed", async () => {
  const sandbox = scriptedSandbox(({ work }) => (work.kind === 'calls' ? { outcome: 'exited', exitCode: 0 } : { stdout: '1 passed in 0.01s', exitCode: 0 }))
  const [execution] = await observe(aTask([{ kind: 'files', source: 'user', text: '', files: [{ path: 'test_double.py', content: '' }], runner: 'pytest' }]), [candidate], { ...options, sandbox })
  expect(execution?.tests).toEqual(['error'])
})

test('a script that writes what is wanted but fails has not passed', async () => {
  const sandbox = scriptedSandbox(({ work }) => (work.kind === 'script' ? { stdout: '4\n', exitCode: 1 } : {}))
  const [execution] = await observe(aTask([{ kind: 'stdio', source: 'public', text: '', stdin: '2', stdout: '4' }]), [candidate], { ...options, sandbox })
  expect(execution?.tests).toEqual(['failed'])
})

test("a candidate's file never stands in for a test's file", async () => {
  const sandbox = scriptedSandbox(() => ({ stdout: '1 passed' }))
  const files = [{ path: 'test_double.py', content: 'the real one' }]
  const forger: Candidate = { ...candidate, files: [...candidate.files, { path: 'test_double.py', content: 'a fake one' }] }
  await observe(aTask([{ kind: 'files', source: 'user', text: '', files, runner: 'pytest' }]), [forger], { ...options, sandbox })
  expect(sandbox.jobs[1]?.files.filter(({ path }) => path === 'test_double.py')).toEqual(files)
})

test('what surrounds a program lies beside it, where neither it nor a test has a file of that name', async () => {
  const sandbox = scriptedSandbox(() => ({ stdout: '1 passed' }))
  const test: Test = { kind: 'files', source: 'user', text: '', files: [{ path: 'test_double.py', content: 'test' }], runner: 'pytest' }
  await observe(aTask([test]), [candidate], { ...options, sandbox, surroundings: ['main.py', 'util.py', 'test_double.py'].map((path) => ({ path, content: 'beside' })) })
  expect(sandbox.jobs.slice(0, 2).map(({ files }) => files.map(({ path, content }) => (content === 'beside' ? `${path}!` : path)))).toEqual([
    ['main.py', 'util.py!', 'test_double.py!'],
    ['main.py', 'test_double.py', 'util.py!'],
  ])
})

// What passes says whether a program that does nothing passes too.
const idleOf = async (test: Test, sandbox: ReturnType<typeof scriptedSandbox>) => (await observe(aTask([test]), [candidate], { ...options, sandbox }))[0]?.idle
const sum = (operator: string, value: number): Check => ({ kind: 'apply', operator, operands: [{ kind: 'call', index: 0 }, { kind: 'value', value }] })
const checked = (check: Check): Test => ({ kind: 'call', source: 'user', text: '', calls: [double(1), double(1)], check })

test.each<[string, Check, boolean]>([
  ['asks for a value', sum('==', 2), false],
  ['is true whatever comes', { kind: 'apply', operator: 'or', operands: [sum('==', 3), { kind: 'value', value: true }] }, true],
  ['compares a program with itself', { kind: 'apply', operator: '==', operands: [{ kind: 'call', index: 0 }, { kind: 'call', index: 1 }] }, true],
  ['asks that what was given changes', sum('!=', 1), false],
])('of a test that %s it is known whether it is idle', async (_, check, isIdle) => {
  const sandbox = scriptedSandbox(() => ({ observations: [{ kind: 'returned', value: 2 }, { kind: 'returned', value: 2 }] }))
  expect(await idleOf(checked(check), sandbox)).toEqual(isIdle ? [0] : undefined)
  expect(sandbox.jobs).toHaveLength(1)
})

test('a test inside the process that every program passes is idle, and one that needs the right answer is not', async () => {
  const inside: Test = { kind: 'in-process', source: 'user', text: '', code: 'assert double(2) == 4' }
  const asserting = scriptedSandbox(({ files, work }) => (work.kind === 'in-process' && !files[0]!.content.includes('x * 2') ? { outcome: 'raised', error: { type: 'AssertionError', message: '' } } : {}))
  expect(await idleOf(inside, asserting)).toBeUndefined()
  expect(asserting.jobs.map(({ files }) => files[0]?.content).at(-1)).toBe('def double(*given, **named):\n    return None\n')
  expect(await idleOf(inside, scriptedSandbox(() => ({})))).toEqual([0])
})

const script = (stdout: string): Test => ({ kind: 'stdio', source: 'public', text: '', stdin: '', stdout })

test('output that is to be empty is written by doing nothing', async () => {
  expect(await idleOf(script('\n'), scriptedSandbox(() => ({ stdout: '' })))).toEqual([0])
  expect(await idleOf(script('4'), scriptedSandbox(() => ({ stdout: '4\n' })))).toBeUndefined()
})
