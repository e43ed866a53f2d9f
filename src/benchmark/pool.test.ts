import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { CountersignError } from '../errors.ts'
import { readPool } from './pool.ts'
import { readVerdicts } from './verdicts.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-pool-'))
afterAll(() => rmSync(folder, { recursive: true }))

const line = { task: { id: 't', language: 'python', instruction: 'do it' }, candidates: [{ code: 'pass' }] }

function file(content: string | Uint8Array): string {
  const path = join(folder, 'pool')
  writeFileSync(path, content)
  return path
}

function message(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof CountersignError) return `${error.code} ${error.message}`
    throw error
  }
  return ''
}

test('a pool is read plain and gzipped, blank lines left out', () => {
  const text = `${JSON.stringify(line)}\n\n${JSON.stringify(line)}\r\n`
  expect(readPool(file(text)).tasks).toEqual([line, line])
  expect(readPool(file(gzipSync(text))).tasks).toEqual([line, line])
  expect(readPool(file(text), 1).tasks).toHaveLength(1)
})

test('what a pool smuggles in beside its fields is dropped', () => {
  const smuggled = { ...line, functional: [true], task: { ...line.task, hiddenTest: 'x' }, candidates: [{ code: 'pass', id: 'good', model: 'm', secure: true }] }
  expect(readPool(file(JSON.stringify(smuggled))).tasks).toEqual([line])
})

test('a broken line is named by its number', () => {
  expect(message(() => readPool(file(`${JSON.stringify(line)}\n\n{"task":`)))).toContain('line 3 is not JSON')
  expect(message(() => readPool(file(`${JSON.stringify(line)}\n{"task":{}}`)))).toContain('line 2: task.id:')
  const cobol = JSON.stringify({ ...line, task: { ...line.task, language: 'cobol' } })
  expect(message(() => readPool(file(cobol)))).toMatch(/line 1: task.language:.*python/)
  expect(message(() => readPool(file(JSON.stringify({ ...line, candidates: [] }))))).toContain('line 1: candidates:')
})

test('an empty pool, an absent one and a damaged gzip are refused', () => {
  expect(message(() => readPool(file('\n')))).toContain('holds no tasks')
  expect(message(() => readPool(join(folder, 'absent')))).toMatch(/^INPUT_INVALID.*absent cannot be read/)
  expect(message(() => readPool(file(gzipSync('x'.repeat(1000)).subarray(0, 15))))).toContain('cannot be read')
})

test('verdicts of another pool are refused', () => {
  const tasks = [{ id: 't', candidates: 2 }]
  const verdicts = (verdict: object) => () => readVerdicts(file(JSON.stringify(verdict)), tasks)
  expect(verdicts({ task: 't', functional: [true, null] })()).toHaveLength(1)
  expect(message(verdicts({ task: 'u', functional: [true, null] }))).toContain('entry 1 is about u, not about t')
  expect(message(verdicts({ task: 't', functional: [true] }))).toContain('t has 2 candidates')
  expect(message(verdicts({ task: 't', functional: [true, true], secure: [] }))).toContain('t has 2 candidates')
})
