import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder } from '../../../test/support/folder.ts'
import { writePage } from './page-file.ts'

test('a page is written, and what is there already stays unless it is to be replaced', () => {
  using folder = new Folder({ 'mine.html': 'mine' })
  const [fresh, mine] = ['fresh.html', 'mine.html'].map((name) => join(folder.path, name)) as [string, string]
  writePage(fresh, 'page', { replace: false })
  expect(() => writePage(mine, 'page', { replace: false })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('it is there already') }))
  expect([readFileSync(fresh, 'utf8'), readFileSync(mine, 'utf8')]).toEqual(['page', 'mine'])
  writePage(mine, 'page', { replace: true })
  expect(readFileSync(mine, 'utf8')).toBe('page')
  expect(readdirSync(folder.path).toSorted()).toEqual(['fresh.html', 'mine.html'])
})

test('a folder, a folder that is not there and a name that is too long are clear failures that leave nothing behind', () => {
  using folder = new Folder()
  mkdirSync(join(folder.path, 'taken'))
  for (const name of ['taken', 'nowhere/page.html', 'x'.repeat(300)]) {
    for (const replace of [false, true]) expect(() => writePage(join(folder.path, name), 'page', { replace })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('cannot be written') }))
  }
  expect(readdirSync(folder.path)).toEqual(['taken'])
})
