import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { relevantFiles, sourceFiles } from './workspace-files.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-workspace-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

const shown = (about: string) => relevantFiles(folder, { language: 'python', about }).map(({ path }) => path)

test('the files that a task names come first, then those that share its words', () => {
  write({ 'app/slug.py': 'def slug(title): ...', 'app/titles.py': 'TITLE = "x"', 'app/other.py': 'x = 1', 'pyproject.toml': '[project]' })
  expect(shown('Make the title in app/titles.py lower case')).toEqual(['app/titles.py', 'app/slug.py', 'pyproject.toml'])
})

test('what is fetched, generated, secret, binary, large or elsewhere is not shown', () => {
  const about = 'title'
  write({
    'node_modules/title.py': about,
    '.git/title.py': about,
    'venv/title.py': about,
    '.env.py': about,
    'secrets_title.py': about,
    'title.bin': about,
    'nul.py': `${about}\0`,
    'large.py': `# ${about}\n`.repeat(3000),
    'fine.py': about,
  })
  symlinkSync('/etc/hosts', join(folder, 'title.py'))
  expect(shown(about)).toEqual(['fine.py'])
})

test('what is shown stays within its bounds, whatever the size of the project', () => {
  write(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`title${index}.py`, `# title\n${'x = 1\n'.repeat(1500)}`])))
  const files = relevantFiles(folder, { language: 'python', about: 'title' })
  expect(files.length).toBe(2)
  expect(relevantFiles(join(folder, 'absent'), { language: 'python', about: 'title' })).toEqual([])
})

test('the sources beside a program are those that parse, all of them within bounds', async () => {
  write({ 'a.py': 'A = 1\n', 'sub/b.py': 'B = 2\n', 'broken.py': 'def (', 'notes.md': '# notes', 'pyproject.toml': '[project]' })
  expect(await sourceFiles(folder, 'python')).toEqual([
    { path: 'a.py', content: 'A = 1\n' },
    { path: 'sub/b.py', content: 'B = 2\n' },
  ])
})
