import { expect, test } from 'vitest'
import type { Finding } from '../../records/finding.ts'
import { scanText } from '../workspace/scan-source.ts'
import { suppressionsIn } from './comment.ts'
import { suppress } from './suppress.ts'

async function judge(content: string, foreign: readonly Finding[] = []) {
  const { findings, coverage, suppressions } = await scanText({ kind: 'text', content }, { path: 'a.py' })
  const judged = await suppress([...findings, ...foreign], { suppressions, coverage: [coverage] })
  return { left: judged.findings.map(({ rule, span }) => `${span.line} ${rule}`), suppressed: judged.suppressed.map(({ finding, reason }) => `${finding.rule}: ${reason}`) }
}

const call = 'import os\nos.system(input())'

test('a comment with a reason suppresses on its line and on the next', async () => {
  const suppressed = ['python/command-injection: it comes from us']
  for (const program of [
    'import os\nos.system(input())  # countersign-ignore python/command-injection: it comes from us\n',
    'import os\n# countersign-ignore python/command-injection: it comes from us\nos.system(input())\n',
    'import os\nos.system(\n  input()\n)  # countersign-ignore python/command-injection: it comes from us\n',
  ])
    expect(await judge(program)).toEqual({ left: [], suppressed })
})

test('several comments above a line are all of that line', async () => {
  const program =
    'import os\n# countersign-ignore python/command-injection: it comes from us\n# countersign-ignore python/sql-injection: nothing\nos.system(input())\n'
  expect(await judge(program)).toEqual({ left: ['3 suppression/unused'], suppressed: ['python/command-injection: it comes from us'] })
})

test('without a reason, with an unknown rule, or in another place it suppresses nothing and is reported', async () => {
  const table = {
    'countersign-ignore python/command-injection': 'suppression/without-reason',
    'countersign-ignore python/command-injection: --': 'suppression/without-reason',
    'countersign-ignore': 'suppression/unknown-rule',
    'countersign-ignore: because': 'suppression/unknown-rule',
    'countersign-ignore python/comand-injection: because': 'suppression/unknown-rule',
    'countersign-ignore pyton/command-injection: because': 'suppression/unknown-rule',
    'countersign-ignore python/sql-injection: because': 'suppression/unused',
  }
  for (const [comment, rule] of Object.entries(table))
    expect({ comment, ...(await judge(`${call}  # ${comment}\n`)) }).toEqual({ comment, left: ['2 python/command-injection', `2 ${rule}`], suppressed: [] })
  expect(await judge(`# countersign-ignore python/command-injection: too far away\n${call}\n`)).toMatchObject({ suppressed: [] })
})

test('what is written about suppressions is none', async () => {
  expect(await judge(`${call}  # a countersign-ignore python/command-injection: x would hide this\n`)).toMatchObject({ suppressed: [] })
  const prose = { path: 'a.md', language: undefined }
  expect(await suppressionsIn('Write `# countersign-ignore python/x: because` there.\n', prose)).toEqual([])
  expect(await suppressionsIn('<!-- countersign-ignore secret/token: made up -->\ntoken\n', prose)).toMatchObject([{ line: 2, rules: ['secret/token'], reason: 'made up' }])
  expect(await suppressionsIn('KEY=x # countersign-ignore secret/token: made up\n', { path: '.env', language: undefined })).toMatchObject([{ line: 1 }])
})

test('a string that looks like a suppression is data', async () => {
  const program = 'import os\nos.system(input() + "# countersign-ignore python/command-injection: because")\n'
  expect(await judge(program)).toEqual({ left: ['2 python/command-injection'], suppressed: [] })
})

test('findings of another tool are suppressed by its name, and not called unused without it', async () => {
  const span = { start: 10, end: 20, line: 2, column: 1, endLine: 2, endColumn: 5 }
  const foreign: Finding = { rule: 'bandit/B605', tool: 'Bandit', severity: 'high', confidence: 'high', tier: 'hygiene', message: 'm', path: 'a.py', span, trace: [], fingerprint: 'sha256:0' }
  const program = `${call}  # countersign-ignore bandit/B605, python/command-injection: it comes from us\n`
  expect((await judge(program, [foreign])).suppressed).toHaveLength(2)
  expect(await judge(program)).toMatchObject({ left: [] })
})
