import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixtureFiles, fixturesOf } from '../../../test/support/fixtures.ts'
import type { FileCoverage } from '../../records/finding.ts'
import { scan } from '../scan.ts'
import { applyEdits } from './edit.ts'
import { fixFile, withFixes } from './fix-file.ts'

async function fixed(
  content: string,
  { path = 'app.py', unsafe = true, language }: { path?: string; unsafe?: boolean; language?: string } = {},
): Promise<string> {
  const options = language === undefined ? {} : { language }
  const { findings } = await scan([{ path, content }], options)
  return (await fixFile({ path, content }, findings, { ...options, unsafe })).content
}

test.each([
  [
    'after the text of the module and the future',
    '"""Doc."""\nfrom __future__ import annotations\n\nx = eval(y)\n',
    '"""Doc."""\nfrom __future__ import annotations\n\nimport ast\n\nx = ast.literal_eval(y)\n',
  ],
  [
    'after the first comments',
    '#!/usr/bin/env python\n# me\nx = eval(y)\n',
    '#!/usr/bin/env python\n# me\nimport ast\n\nx = ast.literal_eval(y)\n',
  ],
  [
    'among others, in their order',
    'import abc\nimport os\n\nx = eval(y)\n',
    'import abc\nimport ast\nimport os\n\nx = ast.literal_eval(y)\n',
  ],
  ['not again', 'import ast as tree\nx = eval(y)\n', 'import ast as tree\nx = tree.literal_eval(y)\n'],
  [
    'into the list that is there',
    'from ast import (\n    parse,\n)\nx = eval(y)\n',
    'from ast import (\n    parse, literal_eval,\n)\nx = literal_eval(y)\n',
  ],
  ['by its member where the name is taken', 'ast = 1\nx = eval(y)\n', 'from ast import literal_eval\n\nast = 1\nx = literal_eval(y)\n'],
  ['not where both names are taken', 'ast = literal_eval = 1\nx = eval(y)\n', 'ast = literal_eval = 1\nx = eval(y)\n'],
])('an import is added %s', async (_, before, after) => {
  expect(await fixed(before)).toBe(after)
})

test.each([
  [
    'a call over several lines',
    'import requests\nr = requests.get(\n    "https://a.example",\n    headers=h,\n)\n',
    'import requests\nr = requests.get(\n    "https://a.example",\n    headers=h,\n    timeout=30,\n)\n',
  ],
  [
    'lines that end with CR and LF',
    'import tempfile\r\npath = tempfile.mktemp()\r\n',
    'import os\r\nimport tempfile\r\ndescriptor, path = tempfile.mkstemp()\r\nos.close(descriptor)\r\n',
  ],
  ['tabs', 'def f(user):\n\tassert user.is_admin\n', 'def f(user):\n\tif not user.is_admin:\n\t\traise PermissionError\n'],
  [
    'the quotes of the file',
    "import hashlib\na = 'x'\nh = hashlib.new('md5', a)\n",
    "import hashlib\na = 'x'\nh = hashlib.new('sha256', a)\n",
  ],
])('a fix keeps to the form of the file: %s', async (_, before, after) => {
  expect(await fixed(before)).toBe(after)
})

test('a reply is mended inside its fences, and a piece of a file where it stands', async () => {
  expect(await fixed('Here:\n\n```python\nimport yaml\nx = yaml.load(y)\n```\nDone.\n', { path: 'reply', language: 'python' })).toBe(
    'Here:\n\n```python\nimport yaml\nx = yaml.safe_load(y)\n```\nDone.\n',
  )
  expect(await fixed('        cursor.execute("SELECT * FROM t WHERE a = \'%s\'" % a)\n    else:\n        pass\n')).toContain(
    'execute("SELECT * FROM t WHERE a = %s", (a,))',
  )
})

test.each([
  ['a value inside other quotes', `db.execute("SELECT * FROM t WHERE a = 'x %s y %s'" % (a, b))`],
  ['a name of a table', 'db.execute(f"SELECT * FROM {input()}")'],
  ['a list of values', 'db.execute(f"SELECT * FROM t WHERE a IN ({a})")'],
  ['escaped quotes', `db.execute('SELECT * FROM t WHERE a = \\'%s\\'' % a)`],
  ['a text that another statement runs as well', `q = "SELECT * FROM t WHERE a = '%s'" % a\n    db.execute(q)\n    db.execute(q)`],
  ['a value that changed since', `q = "SELECT * FROM t WHERE a = '%s'" % a\n    a = 1\n    db.execute(q)`],
  ['a text that grows', `q = "SELECT * FROM t WHERE a = '%s'" % a\n    q += " AND b"\n    db.execute(q)`],
])('a statement is left alone with %s', async (_, line) => {
  const code = `import sqlite3\ndef f(a, b):\n    db = sqlite3.connect("x")\n    ${line}\n`
  expect((await scan([{ path: 'app.py', content: code }])).findings).not.toEqual([])
  expect(await fixed(code)).toBe(code)
})

test('a secret that is all of a named text is read from the environment, and one among other words is left', async () => {
  const key = ['AKIA', 'IOSFODNN7EXAMPLQ'].join('')
  expect(await fixed(`aws = "${key}"\n`)).toBe('import os\n\naws = os.environ["AWS"]\n')
  expect(await fixed(`const options = { accessId: '${key}' }\n`, { path: 'a.js' })).toBe('const options = { accessId: process.env.ACCESS_ID }\n')
  expect(await fixed(`print("id ${key}")\n`)).toBe(`print("id ${key}")\n`)
})

test('no line comes between a comment that suppresses and what it speaks of', async () => {
  const code = 'import os\ndef f(name):\n    # countersign-ignore python/missing-timeout: no\n    return open(os.path.join("/srv/files", name))\n'
  expect(await fixed(code)).toBe(code)
  expect(await fixed(code.replace('countersign-ignore', 'see'))).not.toBe(code)
})

test('what may change the program is offered, not made', async () => {
  const file = { path: 'app.py', content: 'import hashlib\nh = hashlib.md5(x)\n' }
  const { findings } = await scan([file])
  const { content, refused } = await fixFile(file, findings)
  expect([content, refused[0]?.offered?.behaviour]).toEqual([file.content, 'may-change'])
})

test('a file that is not read to its end is not touched', async () => {
  const content = `import yaml\nyaml.load(a)\nif a:\n  b\n${'elif c:\n  d\n'.repeat(4000)}`
  expect(await fixed(content)).toBe(content)
})

test('a finding carries the fix that mends it alone', async () => {
  const file = { path: 'app.py', content: 'import yaml\nx = yaml.load(y)\nz = yaml.load(y)\n' }
  const [first, second] = await withFixes(file, (await scan([file])).findings)
  expect(applyEdits(file.content, first?.fix?.edits ?? [])).toBe('import yaml\nx = yaml.safe_load(y)\nz = yaml.load(y)\n')
  expect(applyEdits(file.content, second?.fix?.edits ?? [])).toBe('import yaml\nx = yaml.load(y)\nz = yaml.safe_load(y)\n')
})

const errorsIn = (file: FileCoverage) => (file.kind === 'read' ? file.parseErrors : Infinity)
const codes = ['python', 'javascript'].flatMap(fixtureFiles).flatMap((rule) => fixturesOf(rule).filter(({ kind }) => kind === 'bad'))

test('programs cut anywhere are mended or left, and never get more findings or more syntax errors', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...codes), fc.nat(), fc.nat(), async ({ code, extension }, from, length) => {
      const at = from % code.length
      const file = { path: `a.${extension}`, content: code.slice(0, at) + code.slice(at + (length % 12)) }
      const before = await scan([file])
      const { content } = await fixFile(file, before.findings, { unsafe: true })
      const after = await scan([{ ...file, content }])
      expect(after.findings.length).toBeLessThanOrEqual(before.findings.length)
      expect(after.coverage.map(errorsIn)[0]).toBeLessThanOrEqual(before.coverage.map(errorsIn)[0] ?? 0)
    }),
    { numRuns: 200, seed: 5 },
  )
})
