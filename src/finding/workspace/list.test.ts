import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder } from '../../../test/support/folder.ts'
import { listFiles } from './list.ts'
import { workspaceOf } from './root.ts'

test('outside of a repository .gitignore files hold where they lie, and installed packages are passed over aloud', async () => {
  using folder = new Folder({
    '.gitignore': '*.log\n/out/\n',
    'a.py': '',
    'b.log': '',
    'out/c.py': '',
    'sub/.gitignore': 'd.py\n!e.log\n',
    'sub/d.py': '',
    'sub/e.log': '',
    'sub/out/f.py': '',
    'node_modules/x/g.js': '',
    'venv/pyvenv.cfg': '',
    'venv/h.py': '',
  })
  const { files, skipped } = await listFiles(folder.path, [''])
  expect(files).toEqual(['.gitignore', 'a.py', 'sub/.gitignore', 'sub/e.log', 'sub/out/f.py'])
  expect(skipped.map((file) => `${file.path}: ${'reason' in file ? file.reason : ''}`)).toEqual([
    'b.log: ignored by .gitignore',
    'node_modules/: installed packages; name the folder to scan it',
    'out/: ignored by .gitignore',
    'sub/d.py: ignored by .gitignore',
    'venv/: a virtual environment; name the folder to scan it',
  ])
  expect((await listFiles(folder.path, ['node_modules'])).files).toEqual(['node_modules/x/g.js'])
})

test('in a repository git says what is there: tracked files even when ignored, new ones unless ignored, repositories inside', async () => {
  using folder = new Folder({ '.gitignore': 'ignored*\n', 'ignored-but-tracked.py': '', 'gone.py': '' })
  folder.git('init', '-q')
  folder.git('add', '-f', '.')
  folder.git('commit', '-qm', 'x')
  folder.git('rm', '-q', '--cached', 'gone.py')
  for (const path of ['new.py', 'ignored.py', 'ignored/a.py', 'sub dir/ü.py']) folder.write(path, '')
  folder.write('inner/a.py', '')
  folder.git('-C', 'inner', 'init', '-q')
  const { files, skipped } = await listFiles(folder.path, [''])
  expect(skipped.map(({ path }) => path)).toEqual(['ignored.py', 'ignored/'])
  expect(files).toEqual(['.gitignore', 'gone.py', 'ignored-but-tracked.py', 'inner/a.py', 'new.py', 'sub dir/ü.py'])
  // Who names what is ignored means it.
  expect((await listFiles(folder.path, ['ignored', 'ignored.py'])).files).toEqual(['ignored.py', 'ignored/a.py'])
})

test('a repository’s own configuration starts no program', async () => {
  using folder = new Folder({ 'a.py': '' })
  folder.git('init', '-q')
  folder.git('config', 'core.fsmonitor', `touch ${folder.path}/started; false`)
  expect((await listFiles(folder.path, [''])).files).toEqual(['a.py'])
})

test('what .countersignignore takes out is told', async () => {
  using folder = new Folder({ 'a.py': '', 'fixtures/b.py': '', '.countersignignore': 'fixtures/\n' })
  const { files, skipped } = await listFiles(folder.path, [''])
  expect(files).toEqual(['.countersignignore', 'a.py'])
  expect(skipped).toEqual([{ kind: 'skipped', path: 'fixtures/b.py', reason: 'excluded by .countersignignore' }])
  // Who names it means it.
  expect(await listFiles(folder.path, ['fixtures'])).toEqual({ files: ['fixtures/b.py'], skipped: [] })
  expect((await listFiles(folder.path, ['', 'fixtures/b.py'])).files).toContain('fixtures/b.py')
})

test('a pattern made to be slow hides nothing', async () => {
  using folder = new Folder({ [`${'a'.repeat(60)}.py`]: '', '.gitignore': `${'*a'.repeat(30)}b\n` })
  expect((await listFiles(folder.path, [''])).files).toHaveLength(2)
})

test('links are listed and not followed', async () => {
  using outside = new Folder({ 'secret.py': '' })
  using folder = new Folder({ 'a.py': '' })
  symlinkSync(outside.path, join(folder.path, 'out'))
  expect((await listFiles(folder.path, [''])).files).toEqual(['a.py', 'out'])
})

test('the workspace is the repository, else the folder one stands in, else what holds everything given', async () => {
  using folder = new Folder({ 'a/b/c.py': '', 'a/d.py': '' })
  const stand = join(folder.path, 'a/b')
  expect(await workspaceOf(stand, ['c.py'])).toEqual({ root: stand, given: ['c.py'] })
  expect(await workspaceOf(stand, ['c.py', '../d.py'])).toEqual({ root: join(folder.path, 'a'), given: ['b/c.py', 'd.py'] })
  folder.git('init', '-q')
  expect(await workspaceOf(stand, ['.'])).toEqual({ root: folder.path, given: ['a/b'] })
  expect(await workspaceOf('/', [stand])).toEqual({ root: folder.path, given: ['a/b'] })
  await expect(workspaceOf(stand, ['absent'])).rejects.toThrow('there is no file or folder absent')
})
