import { expect, test } from 'vitest'
import { Sarif } from '../../../test/support/sarif.ts'
import type { Finding } from '../../records/finding.ts'
import type { ScanReport } from '../../records/scan-report.ts'
import { scanStandardInput } from '../workspace/scan-workspace.ts'
import { mostResults, toSarif } from './write.ts'

const policy = { failOn: 'block', allowUnknown: false, strict: false } as const
const program = `from flask import request
import os
name = request.args["x"]
os.system("ls " + name)
eval("1")  # countersign-ignore python/dynamic-code: the text is ours
`

async function aReport(given: Partial<ScanReport> = {}): Promise<ScanReport> {
  return { ...(await scanStandardInput(program, { path: 'sub dir/ä:%.py', policy })), ...given }
}

interface Log {
  runs: {
    tool: { driver: { name: string; rules: { id: string; properties: Record<string, unknown> }[] } }
    invocations: { toolExecutionNotifications: { level: string; message: { text: string } }[] }[]
    results: Record<string, unknown>[]
  }[]
}

const logOf = (report: ScanReport, isCompared = false) => toSarif(report, { version: '1.2.3', isCompared }) as Log

test('the schema that is checked against refuses what is not SARIF', () => {
  const drivers = [{ name: 'x' }, {}, { name: 'x', nonsense: 1 }]
  expect(drivers.map((driver) => Sarif.safeParse({ version: '2.1.0', runs: [{ tool: { driver } }] }).success)).toEqual([true, false, false])
})

test('a scan is SARIF 2.1.0 with rules, places, fingerprints and the way of the value', async () => {
  const log = logOf(await aReport())
  expect(Sarif.safeParse(log).error).toBeUndefined()
  const [run] = log.runs
  expect(run?.tool.driver.rules).toContainEqual(
    expect.objectContaining({ id: 'python/command-injection', properties: { tags: ['security', 'external/cwe/cwe-078', 'external/owasp/a03-2021'], precision: expect.any(String) as unknown, 'security-severity': expect.any(String) as unknown, tier: 'vulnerability' } }),
  )
  expect(run?.results[0]).toMatchObject({
    ruleId: 'python/command-injection',
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'sub%20dir/%C3%A4%3A%25.py', uriBaseId: 'SRCROOT' }, region: { startLine: 4 } } }],
    partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) as unknown },
    codeFlows: [{ threadFlows: [{ locations: [{ location: { physicalLocation: { region: { startLine: 3 } } } }, {}, { location: { message: { text: 'it is used here' } } }] }] }],
    properties: { confidence: 'high', tier: 'vulnerability', cwe: 78 },
  })
})

test('the same scan gives the same bytes, without a path or a time of this machine', async () => {
  const [one, two] = [JSON.stringify(logOf(await aReport())), JSON.stringify(logOf(await aReport()))]
  expect(one).toBe(two)
  expect(one).not.toContain(process.cwd())
})

test('suppressed findings carry their reason, known ones their state', async () => {
  const report = await aReport()
  const [finding] = report.findings
  const log = logOf({ ...report, findings: [], known: [finding!], suppressed: [{ finding: { ...finding!, rule: 'python/dynamic-code' }, reason: 'the text is ours' }] }, true)
  expect(Sarif.safeParse(log).error).toBeUndefined()
  expect(log.runs[0]?.results).toMatchObject([
    { ruleId: 'python/command-injection', baselineState: 'unchanged' },
    { ruleId: 'python/dynamic-code', baselineState: 'new', suppressions: [{ kind: 'inSource', justification: 'the text is ours' }] },
  ])
})

test('what was not read and not known is told as notifications', async () => {
  const coverage: ScanReport['coverage'] = [
    { kind: 'incomplete', path: 'a.py', language: 'python', reason: 'too large' },
    { kind: 'skipped', path: 'B.java', language: 'Java', reason: 'no front end for Java' },
    { kind: 'skipped', path: 'c.txt', reason: 'not a program' },
  ]
  const log = logOf(await aReport({ coverage, unknown: [{ what: 'bandit', detail: 'is not installed' }] }))
  expect(Sarif.safeParse(log).error).toBeUndefined()
  expect(log.runs[0]?.invocations[0]?.toolExecutionNotifications.map(({ level, message }) => `${level} ${message.text}`)).toEqual([
    'error bandit: is not installed',
    'error incomplete: too large',
    'note skipped: no front end for Java',
  ])
})

test('beyond what GitHub takes, the least severe are left out and counted', async () => {
  const [finding] = (await aReport()).findings
  const low = (index: number): Finding => ({ ...finding!, severity: 'low', tier: 'hygiene', path: `a${index}.py` })
  const log = logOf(await aReport({ findings: [...Array.from({ length: mostResults + 10 }, (_, index) => low(index)), { ...finding!, path: 'z.py' }] }))
  expect(log.runs[0]?.results).toHaveLength(mostResults)
  expect(log.runs[0]?.results.at(-1)).toMatchObject({ level: 'error' })
  expect(log.runs[0]?.invocations[0]?.toolExecutionNotifications[0]?.message.text).toMatch(/^11 results, the least severe/)
})

test('results of other tools are runs of their own, under the names their tool gave', async () => {
  const report = await aReport()
  const foreign: Finding = { rule: 'bandit/B605', tool: 'Bandit', severity: 'high', confidence: 'high', tier: 'vulnerability', message: 'uses {0}', path: 'a.py', span: report.findings[0]!.span, trace: [], fingerprint: report.findings[0]!.fingerprint }
  const log = logOf({ ...report, findings: [...report.findings, foreign] })
  expect(Sarif.safeParse(log).error).toBeUndefined()
  expect(log.runs.map(({ tool, results }) => `${tool.driver.name} ${results.length}`)).toEqual(['Countersign 2', 'Bandit 1'])
  expect(log.runs[1]?.results[0]).toMatchObject({ ruleId: 'B605', message: { text: 'uses {{0}}' } })
})
