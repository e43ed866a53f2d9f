import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Exchange, exchangeKey } from '../records/recording.ts'
import { RecordingFile, readRecordings } from './recording-file.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-recording-'))
  path = join(folder, 'recording.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true }))

const model = (name: string) => ({ driver: 'scripted', name, prompts: ['chat' as const], scorers: [] })
const exchange = (name: string): Exchange => ({
  key: exchangeKey(`scripted/${name}`, { kind: 'versions' }),
  model: `scripted/${name}`,
  question: { kind: 'versions' },
  answer: { kind: 'versions', versions: { of: name } },
  charges: [],
})

test('what is written is read back, by model, whoever was asked first', () => {
  const file = new RecordingFile(path)
  for (const name of ['coder', 'reviewer']) file.addModel(model(name))
  for (const name of ['reviewer', 'coder', 'reviewer']) file.addExchange(exchange(name))
  expect(readRecordings(path)).toEqual([
    { ...model('coder'), exchanges: [exchange('coder')] },
    { ...model('reviewer'), exchanges: [exchange('reviewer'), exchange('reviewer')] },
  ])
  expect(statSync(path).mode & 0o077).toBe(0)
})

test('a model in two places has what it was asked in both', () => {
  const file = new RecordingFile(path)
  for (const name of ['coder', 'coder']) file.addModel(model(name))
  file.addExchange(exchange('coder'))
  const both = { ...model('coder'), exchanges: [exchange('coder')] }
  expect(readRecordings(path)).toEqual([both, both])
})

test('a file that is no recording is told from one that is broken', () => {
  expect(() => readRecordings(join(folder, 'absent'))).toThrow(/INPUT_INVALID|cannot be read/)
  writeFileSync(path, '\n')
  expect(() => readRecordings(path)).toThrow('holds no recording')
  new RecordingFile(path).addModel(model('coder'))
  appendFileSync(path, '{"kind": "exchange", "exch')
  expect(() => readRecordings(path)).toThrow('line 2 is not a line of a recording')
  new RecordingFile(path).addExchange(exchange('coder'))
  expect(() => readRecordings(path)).toThrow('line 1 is of scripted/coder, which the file does not name before')
})
