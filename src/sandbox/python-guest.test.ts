import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Call } from '../records/test.ts'
import type { Value } from '../records/value.ts'

// Only programs written here run this way, outside a sandbox: what is tested is the guest's own reading and writing.
const python = '/usr/bin/python3'
const guest = fileURLToPath(new URL('guest/', import.meta.url))
const driver = `
import json, sys
sys.path.insert(0, sys.argv[1])
import work
report = lambda line: print('>' + line, flush=True)
work.work(json.loads(sys.stdin.read()), report)
`

const run = (code: string, work: object, more: object = {}): unknown[] => {
  const job = { files: [{ path: 'solution.py', content: code }], work, outputBytes: 10_000, ...more }
  const printed = execFileSync(python, ['-S', '-B', '-c', driver, guest], { input: JSON.stringify(job), encoding: 'utf8', stdio: 'pipe' })
  return printed.split('\n').flatMap((line) => (line.startsWith('>') ? [JSON.parse(line.slice(1)) as unknown] : []))
}
const call = (...values: Value[]): Call => ({ steps: [{ name: 'f', arguments: values }] })
const callOnce = (code: string, value: Value = null): unknown =>
  (run(code, { kind: 'calls', calls: [call(value)] })[1] as { observation: unknown }).observation

const plain: Value[] = [
  null,
  true,
  'text \u0000 \u{1f600}',
  7,
  { $: 'int', v: '1180591620717411303424' },
  { $: 'float', v: '-0.0' },
  { $: 'float', v: 'nan' },
  { $: 'bytes', v: 'AP8=' },
  [1, [2, []]],
  { $: 'tuple', v: [1, { $: 'tuple', v: [] }] },
  { $: 'set', v: [1, { $: 'set', v: [2] }] },
  { $: 'map', v: [['b', 1], [{ $: 'tuple', v: [1] }, { $: 'map', v: [] }]] },
]

const here = existsSync(python)
describe.skipIf(!here)(`the Python guest${here ? '' : ' (skipped: needs /usr/bin/python3)'}`, () => {
  test('plain data crosses into Python and back unchanged', () => {
    const calls = plain.map((value) => call(value))
    const observed = run('f = lambda x: x', { kind: 'calls', calls }).slice(1, -1)
    expect(observed).toEqual(plain.map((value, index) => ({ kind: 'observed', index, observation: { kind: 'returned', value } })))
  })

  test.each([
    ['a subclass that equals everything', 'class E(int):\n  __eq__ = lambda a, b: True\nf = lambda x: E(1)', { $: 'opaque', v: 'E' }],
    ['a list inside itself', 'def f(x):\n  a = []; a.append(a); return a', [{ $: 'opaque', v: 'list' }]],
    ['a Counter, as the dict it equals', 'import collections\nf = lambda x: collections.Counter("aa")', { $: 'map', v: [['a', 2]] }],
    ['a set, in an order of its own', 'f = lambda x: {"b", "a", "c"}', { $: 'set', v: ['a', 'b', 'c'] }],
  ])('%s crosses by its exact type', (_what, code, value) => {
    expect(callOnce(code)).toEqual({ kind: 'returned', value })
  })

  test.each([
    ['raised', 'def f(x): raise KeyError(1)', { kind: 'raised', error: { type: 'KeyError', message: '1' } }],
    ['exited', 'import sys\ndef f(x): sys.exit(0)', { kind: 'exited' }],
    ['unsupported for a module that is not there', 'def f(x): import nowhere_to_be_found', { kind: 'unsupported' }],
    ['raised for a name that a module has not', 'def f(x): import os.nope', { kind: 'raised', error: { type: 'ModuleNotFoundError' } }],
    ['output-limit for a value beyond it', 'f = lambda x: "x" * 20000', { kind: 'output-limit' }],
    ['out-of-memory', 'def f(x): raise MemoryError', { kind: 'out-of-memory' }],
  ])('a call is %s', (_what, code, observation) => {
    expect(callOnce(code)).toMatchObject(observation)
  })

  test('each call gets fresh arguments, and steps follow one another', () => {
    const steps = [{ name: 'S', arguments: [] }, { name: 'push', arguments: [1] }, { name: 'held' }]
    const code = 'def f(x):\n  x.append(1)\n  return x\nclass S:\n  def __init__(s): s.held = []\n  def push(s, x): s.held.append(x); return s'
    const observed = run(code, { kind: 'calls', calls: [call([]), call([]), { steps }] }).slice(1, -1)
    expect(observed.map((line) => (line as { observation: { value: Value } }).observation.value)).toEqual([[1], [1], [1]])
  })

  test('work goes on behind the call it is told to start at', () => {
    expect(run('f = lambda x: x', { kind: 'calls', calls: [call(1), call(2)] }, { first: 1 })[1]).toMatchObject({ index: 1 })
  })

  test.each([
    ['a script has the name of one and sets its status', 'import sys\nif __name__ == "__main__": sys.exit(3)', 'script', 'completed', 3],
    ['a script that raises', '1/0', 'script', 'raised', 1],
    ['an in-process test that fails', 'f = 1', 'in-process', 'raised', 1],
    ['a program that leaves before its in-process test', 'import sys; sys.exit(0)', 'in-process', 'exited', 0],
    ['an open string at the end, which cannot swallow the test', 'f = 2\nx = """', 'in-process', 'raised', 1],
    ['an in-process test that passes', 'f = 2', 'in-process', 'completed', 0],
  ])('%s ends as it should', (_what, code, kind, outcome, exitCode) => {
    const work = kind === 'script' ? { kind, stdin: '', arguments: [] } : { kind, code: 'assert f == 2\n"""end"""' }
    expect(run(code, work).at(-1)).toMatchObject({ kind: 'ended', outcome, exitCode })
  })
})
