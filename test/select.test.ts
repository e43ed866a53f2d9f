import { expect, test } from 'vitest'
import { defaults } from '../src/config.ts'
import { decide, examine, select } from '../src/countersign.ts'
import { canonicalJson } from '../src/records/digest.ts'
import { CandidateScan } from '../src/records/finding.ts'
import { aTask } from './support/builders.ts'
import { Folder } from './support/folder.ts'
import { scriptedSandbox } from './support/scripted-sandbox.ts'

const insecure = `from flask import Flask, request\nimport os\n\napp = Flask(__name__)\n\n@app.route("/")\ndef f():\n    os.system(request.args["c"])\n`
const candidates = Object.entries({ insecure, clear: 'def f(n):\n    return n\n', again: insecure, placeholder: 'def f(n):\n    pass\n' }).map(([id, content]) => ({
  id,
  language: 'python' as const,
  files: [{ path: `${id === 'again' ? 'insecure' : id}.py`, content }],
}))

test('what is an attempt is read once, before it runs, and told and recorded as it is read', async () => {
  const told: string[] = []
  const recorded: unknown[] = []
  await select(aTask(), candidates, {
    sandbox: scriptedSandbox(() => ({})),
    configuration: defaults,
    record: (kind, record) => kind === 'scan' && recorded.push(record),
    onProgress: ({ kind }) => told.push(kind),
  })
  expect(told).toEqual(['screened', 'screened', 'screened', 'scanned', 'scanned', 'executed', 'executed', 'judged'])
  expect(recorded.map((record) => CandidateScan.parse(record).findings.map(({ rule, confidence, trace }) => `${rule} ${confidence} ${trace.length}`))).toEqual([
    expect.arrayContaining(['python/command-injection high 1']),
    [],
  ])
})

test('a verdict about findings is recomputed from the record, byte for byte', async () => {
  const evidence = await examine(aTask(), candidates, { sandbox: scriptedSandbox(() => ({})), configuration: defaults })
  const kept = JSON.parse(JSON.stringify(evidence)) as typeof evidence
  expect(canonicalJson(decide(kept, defaults))).toBe(canonicalJson(decide(evidence, defaults)))
  expect(decide({ ...evidence, scans: [] }, defaults).ranking.map(({ floor }) => floor)).toEqual(['unknown', 'unknown', 'unknown'])
})

test('JavaScript and TypeScript are read as well', async () => {
  const files = [{ path: 'a.ts', content: `import express from 'express'\nimport { exec } from 'node:child_process'\nconst app = express()\napp.get('/', (request, response) => { exec('ls ' + request.query.path) })\n` }]
  const { scans } = await examine(aTask({ language: 'typescript' }), [{ id: 'a', language: 'typescript', files }], { sandbox: scriptedSandbox(() => ({})), configuration: defaults })
  expect(scans[0]?.findings.map(({ rule }) => rule)).toContain('javascript/command-injection')
  expect(scans[0]?.coverage).toEqual([{ kind: 'read', path: 'a.ts', language: 'typescript', parseErrors: 0 }])
})

test('what the workspace declares is no stranger to a candidate', async () => {
  using folder = new Folder({ 'requirements.txt': 'acme-tools-x\n', 'ours_x.py': '' })
  const program = [{ id: 'a', language: 'python' as const, files: [{ path: 'a.py', content: 'import acme_tools_x, ours_x, strange_tools_x\n' }] }]
  const named = async (task: ReturnType<typeof aTask>) => {
    const { scans } = await examine(task, program, { sandbox: scriptedSandbox(() => ({})), configuration: defaults })
    return scans[0]?.findings.map(({ trace }) => trace[0]?.note)
  }
  expect(await named(aTask())).toHaveLength(3)
  expect(await named(aTask({ workspace: { path: folder.path } }))).toEqual(['pkg:pypi/strange-tools-x'])
})
