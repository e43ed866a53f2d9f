import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder } from '../../../test/support/folder.ts'
import type { Policy } from './deny.ts'
import { scanWorkspace } from './scan-workspace.ts'

const policy: Policy = { failOn: 'hygiene', allowUnknown: false, strict: false }
const call = (name: string) => `    os.system("x" + input("${name}"))\n`
const program = (...lines: string[]) => `import os\ndef f():\n    pass\n${lines.join('')}`

function repository(files: Record<string, string>): Folder {
  const folder = new Folder(files)
  folder.git('init', '-q')
  folder.git('add', '.')
  folder.git('commit', '-qm', 'base')
  return folder
}

async function added(folder: Folder, diff = 'HEAD') {
  const { findings, known, notes } = await scanWorkspace({ root: folder.path, given: [''] }, { policy, diff })
  return { added: findings.map(({ path, span }) => `${path}:${span.line}`), known: known.length, note: notes[0]?.replace(/[0-9a-f]{12}/, 'COMMIT') }
}

test('only what a change adds is told, wherever the lines have gone', async () => {
  using folder = repository({ 'a.py': program(call('a'), call('b')), 'b.py': program(call('a')) })
  folder.write('a.py', `# moved\n\n${program(call('new'), call('a'), call('b'))}`)
  folder.write('c.py', program(call('c')))
  expect(await added(folder)).toEqual({ added: ['a.py:6', 'c.py:4'], known: 2, note: '2 of 3 files differ from HEAD (COMMIT); the others were not read' })
})

const ran = (command: string) => `import os\nfrom flask import request\ndef f(command):\n    command = ${command}\n    os.system(command)\n`

test('what became worse in its place is new', async () => {
  using folder = repository({ 'a.py': ran('command'), 'b.py': ran('request.args["x"]') })
  folder.write('a.py', ran('request.args["x"]'))
  folder.write('b.py', ran('command'))
  expect(await added(folder)).toMatchObject({ added: ['a.py:5'], known: 1 })
})

test('the same call once more is new once', async () => {
  using folder = repository({ 'a.py': program(call('a')) })
  folder.write('a.py', program(call('a'), call('a')))
  expect(await added(folder)).toMatchObject({ added: ['a.py:5'], known: 1 })
})

test('what was only moved is not new, and what was added on the way is', async () => {
  using folder = repository({ 'a.py': program(call('a')), 'b.py': program(call('b')) })
  for (const [path, ...lines] of [['a.py', call('a')], ['b.py', call('b'), call('new')]] as const) {
    rmSync(join(folder.path, path))
    folder.write(`sub/${path}`, program(...lines))
  }
  expect(await added(folder)).toMatchObject({ added: ['sub/b.py:5'], known: 1 })
})

test('taking a suppression away brings its finding back', async () => {
  using folder = repository({ 'a.py': program(call('a').replace('\n', '  # countersign-ignore python/command-injection: ours\n')) })
  folder.write('a.py', program(call('a')))
  expect(await added(folder)).toMatchObject({ added: ['a.py:4'] })
})

test('a change does not exclude itself', async () => {
  using folder = repository({ 'a.py': program(), 'old/b.py': program(), '.countersignignore': 'old/\n' })
  folder.write('.countersignignore', '*\n')
  folder.write('a.py', program(call('a')))
  folder.write('old/b.py', program(call('b')))
  expect(await added(folder)).toMatchObject({ added: ['a.py:4'] })
})

test('work is compared with where it left the other branch', async () => {
  using folder = repository({ 'a.py': program(call('a')), 'b.py': program() })
  folder.git('checkout', '-qb', 'work')
  folder.write('b.py', program(call('b')))
  folder.git('commit', '-qam', 'work')
  folder.git('checkout', '-q', 'main')
  folder.write('a.py', program())
  folder.git('commit', '-qam', 'main repairs a.py')
  folder.git('checkout', '-q', 'work')
  expect(await added(folder, 'main')).toMatchObject({ added: ['b.py:4'] })
})

test('a change without a file to read passes, and says what differs', async () => {
  using folder = repository({ 'a.py': program(call('a')) })
  expect(await added(folder)).toEqual({ added: [], known: 0, note: '0 of 1 files differ from HEAD (COMMIT); the others were not read' })
})

test('a revision that is not there, or looks like an option, is refused', async () => {
  using folder = repository({ 'a.py': '' })
  using plain = new Folder({ 'a.py': '' })
  await expect(added(folder, 'absent')).rejects.toThrow('there is no revision absent')
  await expect(added(folder, '--output=x')).rejects.toThrow('there is no revision --output=x')
  await expect(added(plain)).rejects.toThrow('--diff needs what is scanned to lie in one git repository')
})

test('no filter that a repository names is started', async () => {
  using folder = repository({ 'a.py': program(call('a')), '.gitattributes': '*.py filter=evil diff=evil\n' })
  for (const [name, value] of [['filter.evil.clean', 'touch started; cat'], ['filter.evil.smudge', 'touch started; cat'], ['diff.evil.textconv', 'touch started; cat']] as const) folder.git('config', name, value)
  folder.write('a.py', program(call('b')))
  await added(folder)
  expect(folder.git('ls-files', '-o', '-c').split('\n')).not.toContain('started')
})
