import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findCommand } from './command.ts'
import { readProject } from './project.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-project-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function put(path: string, content = ''): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), content)
}

test('a project is its packages and nothing else', () => {
  put('secret.txt')
  put('package.json')
  put('node_modules/a/index.js')
  put('.venv/pyvenv.cfg')
  put('.venv/lib/python3.11/site-packages/b.py')
  expect(readProject(folder, { pythonVersion: '3.11' })).toEqual({
    placed: {
      '/project/node_modules': join(folder, 'node_modules'),
      '/project/package.json': join(folder, 'package.json'),
      '/project/site-packages': join(folder, '.venv/lib/python3.11/site-packages'),
    },
    packages: ['/project/site-packages'],
  })
})

test('an environment of another Python is named, and not used', () => {
  put('venv/pyvenv.cfg')
  put('venv/lib/python3.9/site-packages/b.py')
  expect(readProject(folder, { pythonVersion: '3.11' })).toEqual({ placed: {}, packages: [], otherPython: '3.9' })
})

test('commands are those of the runtimes and of the packages', () => {
  put('node_modules/tool/cli.js')
  put('outside.js')
  mkdirSync(join(folder, 'node_modules/.bin'))
  symlinkSync('../tool/cli.js', join(folder, 'node_modules/.bin/tool'))
  symlinkSync('../../outside.js', join(folder, 'node_modules/.bin/outside'))
  const python = { executable: '/usr/bin/python3.11', version: '3.11', paths: [] }
  const find = (...command: string[]) => findCommand(command, { project: folder, python })
  expect(find('python3', 'a.py')).toEqual(['/usr/bin/python3.11', '-S', '-B', 'a.py'])
  expect(find('pytest', '-q')).toEqual(['/usr/bin/python3.11', '-S', '-B', '-m', 'pytest', '-q'])
  expect(find('node', '--test')).toEqual(['/usr/bin/node', '--test'])
  expect(find('tool', 'run')).toEqual(['/usr/bin/node', '/project/node_modules/tool/cli.js', 'run'])
  for (const name of ['outside', '../../outside.js', 'sh', '..', '']) expect(find(name)).toBeUndefined()
})
