import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder } from '../../../test/support/folder.ts'
import type { Policy } from './deny.ts'
import { scanFiles } from './scan-files.ts'
import { scanWorkspace } from './scan-workspace.ts'

const policy: Policy = { failOn: 'vulnerability', allowUnknown: false, strict: false }
const app = `from flask import Flask, request
from data.db import find
app = Flask(__name__)

@app.route('/user')
def user():
    return find(request.args['name'])
`
const glued = `import sqlite3

def find(name):
    cursor = sqlite3.connect('users.db').cursor()
    cursor.execute("SELECT * FROM users WHERE name = '" + name + "'")
    return cursor.fetchall()
`
const bound = glued.replace(`"SELECT * FROM users WHERE name = '" + name + "'"`, `'SELECT * FROM users WHERE name = ?', (name,)`)
const server = `import express from 'express'
import { ping } from './lib/shell.js'
const app = express()
app.get('/ping', (req, res) => {
  ping(req.query.host)
  res.end()
})
`
const shell = `import { exec } from 'node:child_process'
export function ping(host: string) {
  exec('ping ' + host)
}
`
const many = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`other/f${index}.py`, `def f${index}(value):\n    return value\n`]))

const scanned = async (folder: Folder, diff?: string) => {
  const { findings, known, notes } = await scanWorkspace({ root: folder.path, given: [''] }, { policy, concurrency: 2, ...(diff !== undefined && { diff }) })
  const surest = findings.filter(({ confidence }) => confidence === 'high').map(({ rule, path, span, trace }) => `${rule} ${path}:${span.line} to ${trace.at(-1)?.path}:${trace.at(-1)?.span.line}`)
  return { surest, known: known.filter(({ confidence }) => confidence === 'high').length, notes }
}

test.each([
  ['Python', { 'app.py': app, 'data/db.py': glued }, 'python/sql-injection app.py:7 to data/db.py:5'],
  ['TypeScript', { 'app.js': server, 'lib/shell.ts': shell }, 'javascript/command-injection app.js:5 to lib/shell.ts:3'],
])('what one file sends into another is found in a folder: %s', async (_, files, found) => {
  for (const others of [{}, many]) {
    using folder = new Folder({ ...files, ...others })
    expect((await scanned(folder)).surest).toEqual([found])
  }
})

test('many threads follow values as one does', async () => {
  using folder = new Folder({ ...many, 'app.py': app, 'data/db.py': glued, 'app.js': server, 'lib/shell.ts': shell })
  const sources = [...Object.keys(many), 'app.js', 'app.py', 'data/db.py', 'lib/shell.ts'].map((path) => ({ path }))
  const [one, three] = [await scanFiles(folder.path, sources, { concurrency: 1 }), await scanFiles(folder.path, sources, { concurrency: 3 })]
  expect(three).toEqual(one)
  expect(one.flatMap(({ findings }) => findings).filter(({ confidence, tier }) => tier === 'vulnerability' && confidence === 'high')).toHaveLength(2)
})

test('each file is counted once, however often it is read', async () => {
  using folder = new Folder({ 'app.py': app, 'data/db.py': glued })
  const told: [number, number][] = []
  const { coverage } = await scanWorkspace({ root: folder.path, given: [''] }, { policy, onProgress: (done, total) => told.push([done, total]) })
  expect(coverage.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['app.py read', 'data/db.py read'])
  expect(told.at(-1)?.[0]).toBe(told.at(-1)?.[1])
})

function repository(files: Record<string, string>): Folder {
  const folder = new Folder(files)
  folder.git('init', '-q')
  folder.git('add', '.')
  folder.git('commit', '-qm', 'base')
  return folder
}

const way = 'python/sql-injection app.py:7 to data/db.py:5'

test('a way that a change opens is new, whichever end of it changed', async () => {
  using sink = repository({ 'app.py': app, 'data/db.py': bound })
  sink.write('data/db.py', glued)
  expect(await scanned(sink, 'HEAD')).toMatchObject({ surest: [way], notes: [expect.stringContaining('the others were not read but for 1 that may lead into them')] })
  using source = repository({ 'app.py': app.replace("request.args['name']", "'somebody'"), 'data/db.py': glued })
  source.write('app.py', app)
  expect((await scanned(source, 'HEAD')).surest).toEqual([way])
  using call = repository({ 'data/db.py': glued })
  call.write('app.py', app)
  expect((await scanned(call, 'HEAD')).surest).toEqual([way])
})

test('a way that was there before is not new, whichever end of it was touched', async () => {
  for (const touched of ['app.py', 'data/db.py']) {
    using folder = repository({ 'app.py': app, 'data/db.py': glued })
    folder.write(touched, `# touched\n${touched === 'app.py' ? app : glued}`)
    expect(await scanned(folder, 'HEAD')).toMatchObject({ surest: [], known: 1 })
  }
})

test('a way through a file that was moved is not new', async () => {
  using folder = repository({ 'app.py': app, 'data/db.py': glued })
  rmSync(join(folder.path, 'data/db.py'))
  folder.write('store/db.py', glued)
  folder.write('app.py', app.replace('data.db', 'store.db'))
  expect(await scanned(folder, 'HEAD')).toMatchObject({ surest: [], known: 1 })
})

test('a change that leads nowhere reads no others', async () => {
  using folder = repository({ 'app.py': app, 'data/db.py': glued, 'readme.md': 'a' })
  folder.write('readme.md', 'b')
  expect((await scanned(folder, 'HEAD')).notes).toEqual([expect.stringMatching(/^1 of 3 files differ from HEAD \(\w+\); the others were not read$/)])
})
