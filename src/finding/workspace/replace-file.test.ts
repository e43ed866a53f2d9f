import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder } from '../../../test/support/folder.ts'
import { replaceFile } from './replace-file.ts'

const change = { before: Buffer.from('old'), after: Buffer.from('new') }

test('a file is replaced whole, and nothing is left beside it', () => {
  using folder = new Folder({ 'a.py': 'old' })
  expect(replaceFile(folder.path, 'a.py', change)).toBeUndefined()
  expect([readFileSync(join(folder.path, 'a.py'), 'utf8'), readdirSync(folder.path)]).toEqual(['new', ['a.py']])
})

test('a file that was changed meanwhile stays as it is', () => {
  using folder = new Folder({ 'a.py': 'other' })
  expect(replaceFile(folder.path, 'a.py', change)).toBe('the file was changed meanwhile')
  expect([readFileSync(join(folder.path, 'a.py'), 'utf8'), readdirSync(folder.path)]).toEqual(['other', ['a.py']])
})

test('nothing is written through a link, into a folder outside, or where no file is', () => {
  using folder = new Folder({ 'real.py': 'old' })
  using outside = new Folder({ 'a.py': 'old' })
  symlinkSync('real.py', join(folder.path, 'link.py'))
  symlinkSync(outside.path, join(folder.path, 'out'))
  expect(['link.py', 'out/a.py', 'absent.py'].map((path) => replaceFile(folder.path, path, change))).toEqual([
    'it cannot be written: not a regular file',
    'it lies outside of the workspace',
    'it cannot be written: ENOENT',
  ])
  expect([readFileSync(join(folder.path, 'real.py'), 'utf8'), readFileSync(join(outside.path, 'a.py'), 'utf8')]).toEqual(['old', 'old'])
})
