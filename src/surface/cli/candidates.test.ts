import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CountersignError } from '../../errors.ts'
import { placeAt, readCandidates } from './candidates.ts'
import { readLanguage } from './language.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-candidates-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(path: string, content: string | Uint8Array): string {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), content)
  return join(folder, path)
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

test('a folder gives a candidate for each program file and each folder in it, and nothing for the rest', () => {
  for (const path of ['b.py', 'a.py', 'README.md', '.hidden.py', 'many/help.py', 'many/main.py', 'many/data/x.txt', '__pycache__/a.pyc']) write(path, path)
  const candidates = readCandidates([folder])
  expect(candidates.map(({ id, language, files }) => [id, language, files.map((file) => file.path)])).toEqual([
    ['a.py', 'python', ['a.py']],
    ['b.py', 'python', ['b.py']],
    ['many', 'python', ['main.py', 'help.py', 'data/x.txt']],
  ])
})

test('a candidate of one file lies where it is told to, and one of several where it was', () => {
  for (const path of ['a.py', 'many/help.py', 'many/main.py']) write(path, path)
  const candidates = readCandidates([folder])
  expect(placeAt('src/slug.py', candidates).map(({ files }) => files.map((file) => file.path))).toEqual([['src/slug.py'], ['main.py', 'help.py']])
  expect(placeAt('src/slug.ts', candidates)).toEqual(candidates)
})

test('JSON lines give code or files, with or without an id', () => {
  const path = write('all.jsonl', '{"code": "a"}\n\n{"id": "two", "files": [{"path": "m.ts", "content": "b"}], "model": "m", "score": 1}\n{"id": 3, "code": "c"}\n')
  expect(readCandidates([path], 'typescript')).toEqual([
    { id: '1', language: 'typescript', files: [{ path: 'main.ts', content: 'a' }] },
    { id: 'two', language: 'typescript', files: [{ path: 'm.ts', content: 'b' }], model: 'm' },
    { id: '3', language: 'typescript', files: [{ path: 'main.ts', content: 'c' }] },
  ])
})

test('candidates with one id are told apart', () => {
  const path = write('all.jsonl', ['a', 'a', 'a#2'].map((id) => JSON.stringify({ id, code: id })).join('\n'))
  expect(readCandidates([path], 'python').map(({ id }) => id)).toEqual(['a', 'a#2', 'a#2#2'])
})

test('a broken line is named by its number', () => {
  expect(message(() => readCandidates([write('a.jsonl', '{"code": "a"}\n{"code": ')], 'python'))).toMatch(/^INPUT_INVALID .*a\.jsonl: line 2 is not JSON/)
  expect(message(() => readCandidates([write('b.jsonl', '{"id": "x"}')], 'python'))).toContain('line 1: must have either "code" or "files"')
  const outside = JSON.stringify({ files: [{ path: '../x', content: '' }] })
  expect(message(() => readCandidates([write('c.jsonl', outside)], 'python'))).toContain('line 1: files: 0: path: must be a relative path')
})

test('no candidates, mixed languages and bytes that are not text are refused', () => {
  expect(message(() => readCandidates([folder]))).toContain('there are no candidates in')
  expect(message(() => readCandidates([write('a.py', ''), write('b.ts', '')]))).toContain('written in python and typescript; name one with --lang')
  expect(message(() => readCandidates([write('a.py', Buffer.from([0xff, 0xfe]))]))).toContain('is not text in UTF-8')
  expect(message(() => readCandidates([join(folder, 'absent.py')]))).toContain('absent.py cannot be read')
  symlinkSync('loop.py', join(folder, 'loop.py'))
  expect(message(() => readCandidates([join(folder, 'loop.py')]))).toContain('loop.py cannot be read')
  // In a folder, a link that was passed over would be a program that nobody looked at.
  expect(message(() => readCandidates([folder], 'python'))).toContain('loop.py is a link')
})

test('a language is known by its name and its short name, and the nearest is suggested', () => {
  expect(['py', 'Python', 'ts', 'javascript'].map(readLanguage)).toEqual(['python', 'python', 'typescript', 'javascript'])
  expect(message(() => readLanguage('pyton'))).toMatch(/^LANGUAGE_UNSUPPORTED .*did you mean python\?/)
  expect(message(() => readLanguage('cobol'))).toContain('it can be python, javascript, typescript')
})
