import { expect, test } from 'vitest'
import type { Scan } from '../records/finding.ts'
import { scan } from './scan.ts'

const scanAll = (files: Record<string, string>) => scan(Object.entries(files).map(([path, content]) => ({ path, content })))
const surest = ({ findings }: Scan) =>
  findings.filter(({ confidence }) => confidence === 'high').map(({ rule, path, span }) => `${rule} ${path}:${span.line}`)
const inApp = ({ findings }: Scan) => findings.filter(({ path, rule }) => path === 'app.py' && !rule.startsWith('dependency/'))
const sorted = ({ findings }: Scan) => findings.toSorted((a, b) => (a.path + a.span.start < b.path + b.span.start ? -1 : 1))

const route = (body: string, imports: string) => `from flask import Flask, request
${imports}
app = Flask(__name__)

@app.route('/user')
def user():
    name = request.args['name']
    ${body}
    return 'done'
`
const database = `import sqlite3

def find(name):
    cursor = sqlite3.connect('users.db').cursor()
    cursor.execute("SELECT * FROM users WHERE name = '" + name + "'")
    return cursor.fetchall()
`
const express = (body: string, imports: string) => `const express = require('express')
${imports}
const app = express()
app.get('/ping', (req, res) => {
  const host = req.query.host
  ${body}
  res.end()
})
`
const shell = `const { exec } = require('child_process')
function ping(host) {
  exec('ping ' + host)
}
`

test.each([
  ['from db import find', 'find(name)', 'db.py'],
  ['import db', 'db.find(name)', 'db.py'],
  ['import db as store', 'store.find(name=name)', 'db.py'],
  ['from data.db import find as look', 'look(name)', 'data/db.py'],
  ['from data import db', 'db.find(name)', 'data/db.py'],
  ['from .db import find', 'find(name)', 'db.py'],
  ['from . import db', 'db.find(name)', 'db.py'],
  ['import data.db as store', 'store.find(name)', 'data/db.py'],
])('what a Python file sends into another is found: %s', async (imports, body, path) => {
  const found = await scanAll({ 'app.py': route(body, imports), [path]: database })
  expect(surest(found)).toEqual(['python/sql-injection app.py:8'])
  const trace = found.findings.find(({ confidence }) => confidence === 'high')?.trace ?? []
  expect(trace.map((step) => `${step.path}:${step.span.line} ${step.note}`)).toEqual([
    "app.py:7 the request's query",
    'app.py:7 `name`',
    'app.py:8 into `find`',
    `${path}:5 used here`,
  ])
})

test.each([
  ["const { ping } = require('./shell')", 'ping(host)', 'shell.js', `${shell}module.exports = { ping }\n`],
  ["const shell = require('./lib/shell.js')", 'shell.ping(host)', 'lib/shell.js', `${shell}exports.ping = ping\n`],
  ["const ping = require('./shell')", 'ping(host)', 'shell/index.js', `${shell}module.exports = ping\n`],
  ["import { ping } from './shell'", 'ping(host)', 'shell.ts', shell.replace('function', 'export function')],
  ["import { ping as reach } from './shell.js'", 'reach(host)', 'shell.ts', shell.replace('function', 'export function')],
  ["import * as shell from './shell.mjs'", 'shell.ping(host)', 'shell.mjs', shell.replace('function', 'export function')],
  ["import ping from './shell'", 'ping(host)', 'shell.js', shell.replace('function', 'export default function')],
  ["import ping from './shell'", 'ping(host)', 'shell.js', `${shell}export default ping\n`],
  ["import { Shell } from './shell'", 'new Shell().ping(host)', 'shell.js', `${shell}export class Shell {\n  ping(host) { ping(host) }\n}\n`],
])('what a JavaScript file sends into another is found: %s', async (imports, body, path, content) => {
  const found = await scanAll({ 'app.js': express(body, imports), [path]: content })
  expect(surest(found)).toEqual(['javascript/command-injection app.js:6'])
  expect(found.findings.find(({ confidence }) => confidence === 'high')?.trace.at(-1)).toMatchObject({ path, span: { line: 3 }, note: 'used here' })
})

test('a source in another file is one', async () => {
  const asked = 'from flask import request\n\ndef wanted():\n    return request.args["name"]\n'
  const found = await scanAll({ 'app.py': 'import os\nfrom asked import wanted\n\ndef run():\n    os.system("ls " + wanted())\n', 'asked.py': asked })
  expect(surest(found)).toEqual(['python/command-injection app.py:5'])
  expect(found.findings[0]?.trace[0]).toMatchObject({ path: 'asked.py', span: { line: 4 } })
})

test('what another file makes safe is safe, what it only hands on is not', async () => {
  const app = route('os.system("ls " + clear(name))', 'import os\nfrom text import clear')
  const beside = (clear: string) => scanAll({ 'app.py': app, 'text.py': `import shlex\n\ndef clear(value):\n    return ${clear}\n` })
  expect(surest(await beside('shlex.quote(value)'))).toEqual([])
  expect(surest(await beside('value.strip()'))).toEqual(['python/command-injection app.py:9'])
})

test('a guard in another file is one', async () => {
  const app = route('if known(name):\n        os.system("ls " + name)', 'import os\nfrom text import known')
  const beside = (known: string) => scanAll({ 'app.py': app, 'text.py': `def known(value):\n    return ${known}\n` })
  expect(surest(await beside("value in ('a', 'b')"))).toEqual([])
  expect(surest(await beside('len(value) > 3'))).toEqual(['python/command-injection app.py:10'])
})

test('through two other files, and by each call that leads there', async () => {
  const found = await scanAll({
    'app.py': `${route('look(name)', 'from service import look')}\n@app.route('/other')\ndef other():\n    return look(request.args['name'])\n`,
    'service.py': 'from db import find\n\ndef look(name):\n    return find(name)\n',
    'db.py': database,
  })
  expect(surest(found)).toEqual(['python/sql-injection app.py:8', 'python/sql-injection app.py:13'])
})

test('one name in two files is two functions', async () => {
  const files = { 'a/db.py': database, 'b/db.py': 'def find(name):\n    return len(name)\n' }
  expect(surest(await scanAll({ 'app.py': route('find(name)', 'from a.db import find'), ...files }))).toHaveLength(1)
  expect(surest(await scanAll({ 'app.py': route('find(name)', 'from b.db import find'), ...files }))).toHaveLength(0)
})

test('files that import each other are read once each', async () => {
  const found = await scanAll({ 'app.py': route('find(name)', 'from db import find'), 'db.py': `from app import user\nfrom db import find\n${database}` })
  expect(surest(found)).toEqual(['python/sql-injection app.py:8'])
})

test('a file that is not given, is no program, is cut off or is called like one of the runtime changes nothing', async () => {
  const app = route('find(name)', 'from db import find')
  const alone = inApp(await scanAll({ 'app.py': app }))
  const others = [{ 'other.py': database }, { 'db.txt': database }, { 'db.py': `${database}def cut(:\n` }]
  for (const other of others) {
    expect(inApp(await scanAll({ 'app.py': app, ...other }))).toEqual(alone)
  }
  expect(surest(await scanAll({ 'app.py': route('json.loads(name)', 'import json'), 'json.py': database.replace('find', 'loads') }))).toEqual([])
})

test('the order of the files does not matter', async () => {
  const files = { 'app.py': route('look(name)', 'from service import look'), 'service.py': 'from db import find\n\ndef look(name):\n    return find(name)\n', 'db.py': database }
  const reversed = Object.fromEntries(Object.entries(files).toReversed())
  expect(sorted(await scanAll(reversed))).toEqual(sorted(await scanAll(files)))
})

test('what a file says alone it says beside others', async () => {
  const { findings } = await scanAll({ 'app.py': route('find(name)', 'from db import find'), 'db.py': database })
  expect(findings.filter(({ path }) => path === 'db.py')).toEqual((await scanAll({ 'db.py': database })).findings)
})
