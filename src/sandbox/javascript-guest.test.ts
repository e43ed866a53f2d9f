import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import type { Job } from '../ports.ts'
import type { Call } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { openTransformer } from './transform.ts'

// Only programs written here run this way, outside a sandbox: what is tested is the guest's own reading and writing.
const guest = fileURLToPath(new URL('guest/javascript.mjs', import.meta.url))
const mark = '\u001emark'
const transformer = openTransformer()
afterAll(() => transformer.close())

const runFiles = async (files: Job['files'], work: Job['work'], more: object = {}): Promise<Record<string, unknown>[]> => {
  const transformed = await transformer.transformProgram({ language: 'typescript', files, work })
  if (transformed.kind === 'raised') return [{ kind: 'ended', outcome: 'raised', error: transformed.error }]
  const job = { files: transformed.files, work, cpuMs: 2000, outputBytes: 10_000, root: '/program', answers: 1, mark, ...more }
  const text = Buffer.from(JSON.stringify(job))
  const stdin = work.kind === 'script' ? work.stdin : ''
  const { stdout } = spawnSync(process.execPath, [guest], { input: `${text.length}\n${text}${stdin}`, encoding: 'utf8', env: {} })
  return stdout.split('\n').flatMap((line) => (line.startsWith(mark) ? [JSON.parse(line.slice(mark.length)) as Record<string, unknown>] : []))
}
const run = (content: string, work: Job['work'], more: object = {}) => runFiles([{ path: 'main.js', content }], work, more)
const call = (...values: Value[]): Call => ({ steps: [{ name: 'f', arguments: values }] })
const callOnce = async (content: string, path = 'main.js') => {
  const lines = await runFiles([{ path, content }], { kind: 'calls', calls: [call(null)] })
  return lines[2]?.observation ?? lines.at(-1)
}

const plain: Value[] = [
  null,
  true,
  'text \u0000 \u{1f600} \ud800',
  7.5,
  { $: 'undefined' },
  { $: 'int', v: '1180591620717411303424' },
  { $: 'float', v: '-0' },
  { $: 'float', v: 'NaN' },
  { $: 'bytes', v: 'AP8=' },
  [1, [2, []]],
  { $: 'set', v: [1, { $: 'set', v: [2] }] },
  { $: 'map', v: [['b', 1], ['__proto__', { $: 'map', v: [] }]] },
  { $: 'map', v: [[[1], 1]] },
]

describe('the JavaScript guest', () => {
  test('plain data crosses into JavaScript and back unchanged', async () => {
    const observed = await run('const f = (x) => x', { kind: 'calls', calls: plain.map((value) => call(value)) })
    expect(observed.slice(2, -1)).toEqual(plain.map((value, index) => ({ kind: 'observed', index, observation: { kind: 'returned', value } })))
  })

  test.each<[string, string, Value]>([
    ['a Proxy', 'const f = () => new Proxy([], {})', { $: 'opaque', v: 'Proxy' }],
    ['an object with a toJSON', 'const f = () => ({ toJSON: () => 1 })', { $: 'map', v: [['toJSON', { $: 'opaque', v: 'function' }]] }],
    ['an object with a valueOf of its own class', 'class E { valueOf() { return 1 } }; const f = () => new E()', { $: 'opaque', v: 'E' }],
    ['a subclass of Array', 'class A extends Array {}; const f = () => A.of(1)', { $: 'opaque', v: 'A' }],
    ['a getter', 'const f = () => ({ get x() { return 1 } })', { $: 'map', v: [['x', { $: 'opaque', v: 'accessor' }]] }],
    ['a boxed string in disguise', 'const f = () => Object.setPrototypeOf(new String("a"), Object.prototype)', { $: 'opaque', v: 'Object' }],
    ['an array inside itself', 'function f() { const a = []; a.push(a); return a }', [{ $: 'opaque', v: 'Array' }]],
    ['a hole', 'const f = () => [, 1]', [{ $: 'undefined' }, 1]],
    ['a value after prototypes were patched', 'Object.prototype.toJSON = () => 1; Array.prototype.toJSON = () => 1; const f = () => [{}]', [{ $: 'map', v: [] }]],
    ['a promise, as what it gives', 'const f = async () => 1', 1],
  ])('%s crosses by what it is', async (_what, code, value) => {
    expect(await callOnce(code)).toEqual({ kind: 'returned', value })
  })

  test.each([
    ['raised', 'class Odd extends Error {}; function f() { throw new Odd("x") }', { kind: 'raised', error: { type: 'Odd', message: 'x' } }],
    ['raised by an error in a timer', 'const f = () => new Promise(() => setTimeout(() => null.x))', { kind: 'raised', error: { type: 'TypeError' } }],
    ['left to be known by being the next when it ends the process', 'const f = () => process.exit(0)', { kind: 'loaded' }],
    ['unsupported for a module that is not there', 'const f = () => require("nowhere")', { kind: 'unsupported' }],
    ['unsupported for an import that is not there', 'const f = () => import("nowhere")', { kind: 'unsupported' }],
    ['output-limit for a value beyond it', 'const f = () => "x".repeat(20000)', { kind: 'output-limit' }],
    ['output-limit for an endless sparse array', 'const f = () => new Array(4e9)', { kind: 'output-limit' }],
    ['timed-out for a promise that can never settle', 'const f = () => new Promise(() => {})', { kind: 'timed-out' }],
    ['raised for a name that is not there', 'const g = 1', { kind: 'raised', error: { type: 'ReferenceError', message: 'f is not defined' } }],
  ])('a call is %s', async (_what, code, observation) => {
    expect(await callOnce(code)).toMatchObject(observation)
  })

  test.each([
    ['a function that is not exported', 'main.js', 'function f() { return 1 }'],
    ['a function in strict mode', 'main.js', '"use strict"; const f = () => 1'],
    ['module.exports', 'main.js', 'module.exports = { f: () => 1 }'],
    ['a function as module.exports', 'main.js', 'module.exports = () => 1'],
    ['an export', 'main.js', 'export const f = () => 1'],
    ['a default export', 'main.mjs', 'import assert from "node:assert"; export default function () { assert(true); return 1 }'],
    ['a function of an ES module that is not exported', 'main.js', 'import { sep as s } from "path"; const f = () => s.length'],
    ['a module with a require of its own', 'main.mjs', 'import { createRequire } from "module"; const require = createRequire(import.meta.url); export const f = () => require("path").sep.length'],
    ['types, a namespace and parameter properties', 'main.ts', 'namespace N { export const one: number = 1 }\nclass C { constructor(readonly x: number) {} }\nconst f = () => new C(N.one).x'],
    ['an enum', 'main.ts', 'enum E { A = 1, B }\nexport const f = (): E => E.A'],
    ['a decorator', 'main.ts', 'const one = (t: object, k: string, d: PropertyDescriptor) => ({ ...d, value: () => 1 })\nclass C { @one m() { return 2 } }\nconst f = () => new C().m()'],
    ['a standard decorator', 'main.ts', 'const one = (m: () => number, context: ClassMethodDecoratorContext) => () => 1\nclass C { @one m() { return 2 } }\nconst f = () => new C().m()'],
    ['JSX with its own factory', 'main.jsx', '/** @jsx h */\nconst h = (tag, props, child) => child\nexport const f = () => <b>{1}</b>'],
    ['JSX without React', 'main.tsx', 'export const f = (): number => (<b>{1}</b>).props.children'],
  ])('%s can be called', async (_what, path, code) => {
    expect(await callOnce(code, path)).toEqual({ kind: 'returned', value: 1 })
  })

  test('files import one another, in circles and as data', async () => {
    const files = [
      { path: 'main.ts', content: 'import { g } from "./lib/g.js"\nimport data from "./data.json"\nexport const one = data.one\nexport const f = () => g()' },
      { path: 'lib/g.ts', content: 'import { one } from "../main"\nconst c = require("./c.cjs")\nexport const g = () => one + c' },
      { path: 'lib/c.cjs', content: 'module.exports = 2' },
      { path: 'data.json', content: '{"one": 1}' },
    ]
    expect(await runFiles(files, { kind: 'calls', calls: [call()] })).toContainEqual({ kind: 'observed', index: 0, observation: { kind: 'returned', value: 3 } })
  })

  test('each call gets fresh arguments, steps follow one another, and work starts where it is told', async () => {
    const steps = [{ name: 'S', arguments: [] }, { name: 'push', arguments: [1] }, { name: 'held' }]
    const code = 'function f(x) { x.push(1); return x }\nclass S { held = []; push(x) { this.held.push(x); return this } }'
    const observed = await run(code, { kind: 'calls', calls: [call([]), call([]), { steps }] }, { first: 1 })
    expect(observed.slice(2, -1)).toEqual([1, 2].map((index) => ({ kind: 'observed', index, observation: { kind: 'returned', value: [1] } })))
  })

  test.each([
    ['a script is the main module and sets its status', 'if (require.main === module) process.exit(3)', 'script', 'completed', 3],
    ['a script that raises', 'null.x', 'script', 'raised', 1],
    ['a script that raises later', 'setTimeout(() => null.x)', 'script', 'raised', 1],
    ['an in-process test that fails', 'const f = 1', 'in-process', 'raised', 1],
    ['a program that leaves before its in-process test', 'process.exit(0)', 'in-process', 'exited', 0],
    ['an in-process test that passes', 'const f = 2', 'in-process', 'completed', 0],
  ] as const)('%s ends as it should', async (_what, code, kind, outcome, exitCode) => {
    const work = kind === 'script' ? ({ kind, stdin: '', arguments: [] } as const) : ({ kind, code: 'require("assert").equal(f, 2)' } as const)
    expect((await run(code, work)).at(-1)).toMatchObject({ kind: 'ended', outcome, exitCode })
  })

  test.each([
    ['an `assert` of the program stands in for that of the test', 'const assert = { equal() {} }; const f = 1', 'assert.equal(f, 2)', 'raised'],
    ['a test may mean the `assert` of the runtime without a word', 'const f = 2', 'assert.equal(f, 2)', 'completed'],
    ['a test brings an `assert` of its own', 'const f = 2', 'const assert = require("node:assert/strict"); assert.equal(f, "2")', 'raised'],
    ['a console asserts', 'const f = 1', 'console.assert(f === 2)', 'raised'],
    ['a program keeps the console from asserting', 'try { console.assert = () => {} } catch {}; const f = 1', 'console.assert(f === 2)', 'raised'],
  ])('where %s, the test ends as it should', async (_what, program, code, outcome) => {
    expect((await run(program, { kind: 'in-process', code })).at(-1)).toMatchObject({ kind: 'ended', outcome })
  })

  test('a script reads its own standard input and writes its own standard output', () => {
    const job = JSON.stringify({
      files: [{ path: 'main.js', content: 'console.log(require("fs").readFileSync(0, "utf8").toUpperCase(), process.argv[2])', format: 'commonjs' }],
      work: { kind: 'script', arguments: ['last'] },
      outputBytes: 1000,
      root: '/program',
      answers: 2,
      mark,
    })
    expect(execFileSync(process.execPath, [guest], { input: `${job.length}\n${job}input`, encoding: 'utf8', stdio: 'pipe' })).toBe('INPUT last\n')
  })
})
