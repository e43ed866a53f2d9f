import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Scan } from '../records/finding.ts'
import { scan } from './scan.ts'

const python = (content: string) => scan([{ path: 'app.py', content }])

const traversal = `import os
from flask import Flask, request
app = Flask(__name__)

@app.route('/read')
def read():
    name = request.args['name']
    path = os.path.join('/srv', name)
    return open(path).read()
`

test('a finding says where it is, how it got there and what to write instead', async () => {
  const { findings } = Scan.parse(await python(traversal))
  expect(findings.map(({ rule, span, confidence, tier }) => ({ rule, line: span.line, confidence, tier }))).toContainEqual({
    rule: 'python/path-traversal',
    line: 9,
    confidence: 'high',
    tier: 'vulnerability',
  })
  expect(findings[0]?.trace.map(({ span, note }) => `${span.line} ${note}`)).toEqual(["7 the request's query", '7 `name`'])
  expect(findings[0]?.message).toMatch(/is_relative_to/)
})

test('a fingerprint stays when lines move and differs from place to place', async () => {
  const before = await python(traversal)
  const moved = await python(`# a comment\n\n${traversal}`)
  expect(moved.findings.map(({ fingerprint }) => fingerprint)).toEqual(before.findings.map(({ fingerprint }) => fingerprint))
  const twice = await python('import os\nos.system(a)\nos.system(a)\n')
  expect(new Set(twice.findings.map(({ fingerprint }) => fingerprint)).size).toBe(twice.findings.length)
})

test('a fingerprint of a secret in the source does not depend on the secret', async () => {
  const [one, other] = [await python('password = "k8Zt-bX3vPm!"\n'), await python('password = "Zq3R-wN5yTb?"\n')]
  expect(one.findings).toHaveLength(1)
  expect(other.findings[0]?.fingerprint).toBe(one.findings[0]?.fingerprint)
})

test('a reply is read inside its code fences, at the positions it has there', async () => {
  const { findings } = await scan(
    [{ path: 'reply', content: 'Here it is:\n\n```python\nimport os\nos.system("ls " + name)\n```\nDone.\n' }],
    {
      language: 'python',
    },
  )
  expect(findings.map(({ span }) => span.line)).toContain(5)
})

test('fences in a text of a program hide nothing of the program', async () => {
  const { findings } = await python(`"""How to:\n\`\`\`python\nx = 1\n\`\`\`\n"""\nimport os\nos.system("ls " + name)\n`)
  expect(findings.map(({ span }) => span.line)).toContain(7)
})

test('a whole program is read as it stands: what mends fragments takes nothing of it away', async () => {
  const { findings, coverage } = await python('x = 1  # """\nimport os\nos.system("ls " + name)\n')
  expect(findings.map(({ span }) => span.line)).toContain(3)
  expect(coverage).toEqual([{ kind: 'read', path: 'app.py', language: 'python', parseErrors: 0 }])
  const nested = await scan([{ path: 'a.ts', content: 'export const a = (b: string[]) => `${b.map((c) => `(${c}`)}`\n' }])
  expect(nested.coverage).toMatchObject([{ kind: 'read', parseErrors: 0 }])
})

test('a fragment that was mended is still no program that the parser explains', async () => {
  const { findings, coverage } = await python('import os\nos.system("ls " + name)\nfoo(1, [2\n')
  expect(findings.map(({ span }) => span.line)).toContain(2)
  expect(coverage).not.toMatchObject([{ parseErrors: 0 }])
})

test('a fragment is read without its beginning and its end', async () => {
  const fragment = `        query = "SELECT * FROM users WHERE name = '%s'" % name
        cursor.execute(query)
    else:
        cursor.execute("SELECT 1")

    def other(self, host):
        os.system("ping " + host
`
  const { findings } = await python(fragment)
  expect(findings.map(({ rule, span }) => `${rule} ${span.line}`)).toEqual(
    expect.arrayContaining(['python/sql-injection 2', 'python/command-injection 7']),
  )
})

test('what was not read is told, never passed over', async () => {
  const { coverage } = await scan([
    { path: 'a.py', content: 'x = 1' },
    { path: 'b.rb', content: 'puts 1' },
    { path: 'c.py', content: 'x = 1\0' },
    { path: 'd.py', content: `x = ${'['.repeat(5000)}${']'.repeat(5000)}` },
    { path: 'e.py', content: 'x = 1\n'.repeat(400_000) },
  ])
  expect(coverage.map(({ kind }) => kind)).toEqual(['read', 'skipped', 'incomplete', 'incomplete', 'incomplete'])
})

test('a program beyond its budget is incomplete, with what was found until then', async () => {
  const { coverage, findings } = await python(`import os\nos.system(a)\nif a:\n  b\n${'elif c:\n  d\n'.repeat(4000)}`)
  expect(coverage[0]).toMatchObject({ kind: 'incomplete' })
  expect(findings).toHaveLength(1)
})

test('half a character beside a secret is read like any other', async () => {
  const { findings } = await scan([{ path: 'a.js', content: `(\udc00const connection = mysql.createConnection({ host: 'localhost', user: 'root', password: 'S3cr3t!2024'` }])
  expect(findings.map(({ cwe }) => cwe)).toContain(798)
})

test('the same text gives the same findings', async () => {
  expect(await python(traversal)).toEqual(await python(traversal))
})

test('cut and changed programs never break the scan', { timeout: 60_000 }, async () => {
  const cut = fc.tuple(fc.nat(traversal.length), fc.nat(traversal.length), fc.string({ maxLength: 12 }))
  await fc.assert(
    fc.asyncProperty(cut, async ([from, length, added]) => {
      const { coverage } = await python(traversal.slice(0, from) + added + traversal.slice(from + (length % 40)))
      expect(coverage).toHaveLength(1)
    }),
    { numRuns: 300, seed: 4 },
  )
})
