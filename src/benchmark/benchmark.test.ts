import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reach } from '../../test/support/imports.ts'
import { scriptedSandbox } from '../../test/support/scripted-sandbox.ts'
import { defaults } from '../config.ts'
import type { Job } from '../ports.ts'
import { strategyNamed } from '../verdict/strategy.ts'
import { type BenchmarkOptions, benchmark } from './benchmark.ts'
import { readPool } from './pool.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-benchmark-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const codes = ['function double(n) { return 0 }', 'function double(n) { return n * 2 }', 'function double(n) { return n + n }']
const task = { language: 'javascript', instruction: 'double(2) == 4\ndouble(5) == 10', entryPoint: 'double' }
const lines = (...records: object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('')
const pool = lines(...['one', 'two'].map((id) => ({ task: { id, ...task }, candidates: codes.map((code) => ({ code })) })))
const verdicts = lines(...['one', 'two'].map((id) => ({ task: id, functional: [false, true, true], hiddenTest: 'check()' })))

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** Does what the program's text says to each call. */
function sandbox() {
  return scriptedSandbox(({ files, work }: Job) => {
    if (work.kind !== 'calls') return {}
    const zero = files[0]?.content.includes('return 0') === true
    return {
      observations: work.calls.map(({ steps }) => {
        const [given] = steps[0]?.arguments ?? []
        return { kind: 'returned', value: zero || typeof given !== 'number' ? 0 : given * 2 }
      }),
    }
  })
}

function options(given: Partial<BenchmarkOptions> = {}): BenchmarkOptions {
  const paths = { pool: readPool(write('p.pool.jsonl', pool)), verdicts: write('p.verdicts.jsonl', verdicts) }
  return { ...paths, strategies: [strategyNamed('hybrid')], sandbox: sandbox(), configuration: defaults, concurrency: 2, ...given }
}

test('a strategy that looks at what programs do beats those that do not', async () => {
  const report = await benchmark(options())
  expect(report).toMatchObject({ pool: 'p', tasks: 2, candidates: 6, strategies: { hybrid: { passAt1: 1 }, first: { passAt1: 0 }, oracle: { passAt1: 1 } } })
  expect(report.strategies['random']?.passAt1).toBeCloseTo(2 / 3)
  expect(Object.keys(report.strategies)).toEqual(['random', 'first', 'longest', 'shortest', 'majority', 'hybrid', 'hybrid, adaptive', 'oracle'])
})

test('all strategies share one execution of each task', async () => {
  const one = sandbox()
  await benchmark(options({ sandbox: one }))
  const several = sandbox()
  await benchmark(options({ sandbox: several, strategies: ['hybrid', 'tests', 'hybrid'].map(strategyNamed) }))
  expect(several.jobs.length).toBe(one.jobs.length)
})

test('the controls alone run nothing', async () => {
  const unused = sandbox()
  const report = await benchmark(options({ sandbox: unused, strategies: [] }))
  expect([report.executions, unused.jobs.length, Object.keys(report.strategies).length]).toEqual([0, 0, 6])
})

test('the same seed gives the same report', async () => {
  const { elapsedMs: _first, ...before } = await benchmark(options())
  const { elapsedMs: _second, ...after } = await benchmark(options())
  expect(after).toEqual(before)
})

test('the verdicts are not even there before every choice has been made', async () => {
  const path = join(folder, 'later.jsonl')
  const seen: boolean[] = []
  const report = await benchmark(
    options({
      verdicts: path,
      onProgress: ({ done, total }) => {
        seen.push(existsSync(path))
        if (done === total) writeFileSync(path, verdicts)
      },
    }),
  )
  expect(seen).toEqual([false, false])
  expect(report.strategies['hybrid']?.passAt1).toBe(1)
})

test('what chooses cannot reach what reads verdicts', () => {
  const reached = reach(['src/benchmark/choose.ts'])
  expect(reached.has('src/countersign.ts')).toBe(true)
  expect([...reached].filter((file) => /^src\/benchmark\/(verdicts|rejudge|report|benchmark)/.test(file))).toEqual([])
})

test('verdicts and hidden tests that a pool smuggles in reach neither the pipeline nor the sandbox', async () => {
  const entries = pool.trim().split('\n').map((line) => JSON.parse(line) as { task: object; candidates: object[] })
  const smuggled = entries.map((entry) => ({
    functional: [false, true, true],
    task: Object.assign({ hiddenTest: 'SMUGGLED' }, entry.task),
    candidates: entry.candidates.map((candidate, index) => Object.assign({ functional: index > 0, id: 'SMUGGLED', model: 'SMUGGLED' }, candidate)),
  }))
  const plain = sandbox()
  const dirty = sandbox()
  await benchmark(options({ sandbox: plain }))
  await benchmark(options({ sandbox: dirty, pool: readPool(write('dirty.pool.jsonl', lines(...smuggled))) }))
  expect(dirty.jobs).toEqual(plain.jobs)
  expect(JSON.stringify(dirty.jobs)).not.toContain('SMUGGLED')
})

test('--rejudge adds what running the hidden tests says', async () => {
  const { rejudge } = await benchmark(options({ rejudge: true }))
  expect(rejudge).toEqual({
    agreement: expect.closeTo(2 / 3),
    disagreements: ['one', 'two'].map((id) => ({ task: id, candidate: 0, recorded: false, outcome: 'completed' })),
  })
})
