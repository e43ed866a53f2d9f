import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace } from '../../../test/support/command-line.ts'
import { ScanReport } from '../../records/scan-report.ts'

const fixtures = resolve(import.meta.dirname, '../../../test/fixtures/sarif')
let place: Workplace

beforeAll(() => {
  place = new Workplace()
  place.write('app.py', readFileSync(resolve(fixtures, 'workspace/app.py'), 'utf8'))
  for (const name of ['bandit', 'semgrep']) place.write(`logs/${name}.sarif`, readFileSync(resolve(fixtures, `real/${name}.sarif`), 'utf8'))
})

afterAll(() => place.remove())

test('what other tools found is merged: told once where it is ours too, and named', async () => {
  const { stdout, status } = await place.run(['scan', 'app.py', '--json', '--sarif', 'logs/bandit.sarif', 'logs/semgrep.sarif'])
  const { findings } = ScanReport.parse(JSON.parse(stdout))
  expect(findings.find(({ rule, span }) => rule === 'python/command-injection' && span.line === 23)).toMatchObject({ confidence: 'high', agreedBy: ['Bandit', 'Semgrep OSS'] })
  expect(findings.filter(({ tool }) => tool !== undefined).map(({ rule }) => rule)).toEqual(['bandit/B403', 'bandit/B404', 'bandit/B608', 'semgrep/semgrep.pickle'])
  expect(status).toBe(1)
})

test('results that cannot be used deny, unless that is allowed', async () => {
  place.write('good.py', 'x = 1\n')
  place.write('out.sarif', JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'T' } }, results: [{ ruleId: 'r', message: { text: 'm' }, locations: [{ physicalLocation: { artifactLocation: { uri: '../x.py' } } }] }] }] }))
  const [denied, allowed] = await Promise.all([[], ['--allow-unknown']].map((more) => place.run(['scan', 'good.py', '--sarif', 'out.sarif', ...more])))
  expect(denied).toMatchObject({ status: 1, stdout: expect.stringContaining('not known  out.sarif: 1 results name places outside of the workspace and were refused (../x.py)') })
  expect(allowed).toMatchObject({ status: 0, stdout: expect.stringContaining('not known  out.sarif') })
})

test('what is no SARIF is an error', async () => {
  place.write('a.json', '{}')
  const said = await Promise.all(['a.json', 'absent.sarif', 'logs'].map((path) => place.run(['scan', 'app.py', '--sarif', path])))
  expect(said.map(({ status }) => status)).toEqual([2, 2, 2])
  expect(said.map(({ stderr }) => stderr)).toEqual([expect.stringContaining('a.json is no SARIF 2.1.0'), expect.stringContaining('absent.sarif cannot be read'), expect.stringContaining('logs is a folder')])
})
