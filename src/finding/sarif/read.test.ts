import { readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Folder } from '../../../test/support/folder.ts'
import { Finding } from '../../records/finding.ts'
import { mostRead, readSarif } from './read.ts'

const fixtures = resolve(import.meta.dirname, '../../../test/fixtures/sarif')
const workspace = { root: join(fixtures, 'workspace'), folder: join(fixtures, 'workspace') }

/** What a real tool wrote about the fixture workspace. */
async function real(name: string) {
  const text = readFileSync(join(fixtures, 'real', `${name}.sarif`), 'utf8').replaceAll('file:///WORKSPACE', pathToFileURL(workspace.root).href)
  return (await readSarif(text, workspace, name))!
}

function told({ findings }: Awaited<ReturnType<typeof real>>): string[] {
  return findings.map(({ path, span, rule, cwe, severity, confidence, tier }) => `${path}:${span.line}:${span.column} ${rule} CWE-${cwe} ${severity} ${confidence} ${tier}`)
}

/** A log with one run of one tool. */
function log(results: unknown[], { driver = {}, ...run }: { driver?: object; [name: string]: unknown } = {}): string {
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Tool', ...driver } }, results, ...run }] })
}

/** The way to each value in a document. */
function* placesIn(value: unknown, way: readonly string[] = []): Generator<readonly string[]> {
  if (way.length > 0) yield way
  if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...way, key])
}

function put(document: unknown, way: readonly string[], value: unknown): void {
  let at = document
  for (const key of way.slice(0, -1)) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined
  if (typeof at === 'object' && at !== null) (at as Record<string, unknown>)[way.at(-1) ?? ''] = value
}

const at = (uri: string, region: object = { startLine: 1 }, more: object = {}) => [{ physicalLocation: { artifactLocation: { uri, ...more }, region } }]
const read = async (text: string, root = workspace.root) => (await readSarif(text, { root, folder: root }, 'log'))!

const flow = (line: number, note: string) => ({ location: { physicalLocation: { artifactLocation: { uri: 'app.py' }, region: { startLine: line } }, message: { text: note } } })

test('bandit: weaknesses from tags, severity and confidence from properties', async () => {
  const scan = await real('bandit')
  expect(told(scan)).toEqual([
    'app.py:3:1 bandit/B403 CWE-502 low medium hygiene',
    'app.py:5:1 bandit/B404 CWE-78 low medium hygiene',
    'app.py:10:12 bandit/B105 CWE-259 low medium hygiene',
    'app.py:16:13 bandit/B608 CWE-89 medium low vulnerability',
    'app.py:23:5 bandit/B605 CWE-78 high medium vulnerability',
    'app.py:24:12 bandit/B602 CWE-78 high medium vulnerability',
    'app.py:29:16 bandit/B301 CWE-502 medium medium vulnerability',
    'app.py:33:12 bandit/B324 CWE-327 high medium vulnerability',
  ])
  expect(scan.unknown).toEqual([])
})

test('bandit with the formatter of old: weaknesses of its rules as they are known', async () => {
  expect((await real('bandit-formatter')).findings.map(({ rule, cwe }) => `${rule} ${cwe}`)).toEqual((await real('bandit')).findings.map(({ rule, cwe }) => `${rule} ${cwe}`))
})

test('semgrep: weaknesses from tags with titles, confidence from tags and not from a precision that is always the same', async () => {
  expect(told(await real('semgrep'))).toEqual([
    'app.py:17:16 semgrep/semgrep.sql-built-from-values CWE-89 high medium vulnerability',
    'app.py:23:5 semgrep/semgrep.shell-command CWE-78 medium medium vulnerability',
    'app.py:29:16 semgrep/semgrep.pickle CWE-undefined low medium hygiene',
  ])
})

test('ESLint and oxlint: absolute addresses of files, and weaknesses of rules that are known', async () => {
  expect(told(await real('eslint'))).toEqual([
    'app.js:7:3 eslint/security/detect-child-process CWE-78 medium medium vulnerability',
    'app.js:11:24 eslint/security/detect-eval-with-expression CWE-95 medium medium vulnerability',
    'app.js:11:24 eslint/no-eval CWE-95 high medium vulnerability',
  ])
  expect(told(await real('oxlint'))).toEqual(['app.js:11:24 oxlint/eslint(no-eval) CWE-95 medium medium vulnerability'])
})

test('a log of another machine names places outside, and nothing of it is believed', async () => {
  const text = readFileSync(join(fixtures, 'real', 'eslint.sarif'), 'utf8')
  expect(await read(text)).toMatchObject({ findings: [], unknown: [{ what: 'log', detail: '3 results name places outside of the workspace and were refused (file:///WORKSPACE/app.js)' }] })
})

test('CodeQL: rules in extensions, weaknesses from tags, the way of the value, places by index of the artifact', async () => {
  const rules = [{ id: 'py/sql-injection', properties: { tags: ['security', 'external/cwe/cwe-089'], precision: 'high', 'security-severity': '8.8' } }]
  const result = {
    ruleId: 'py/sql-injection',
    rule: { id: 'py/sql-injection', index: 0, toolComponent: { index: 0 } },
    message: { text: 'This query depends on a [user-provided value](1).' },
    locations: [{ physicalLocation: { artifactLocation: { index: 0 }, region: { startLine: 17, startColumn: 16, endColumn: 30 } } }],
    codeFlows: [{ threadFlows: [{ locations: [flow(15, 'ControlFlowNode for request'), flow(17, 'query')] }] }],
  }
  const extensions = [{ name: 'codeql/python-queries', rules }]
  const text = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'CodeQL' }, extensions }, artifacts: [{ location: { uri: 'app.py', uriBaseId: '%SRCROOT%' } }], results: [result] }] })
  const scan = await read(text)
  expect(told(scan)).toEqual(['app.py:17:16 codeql/py/sql-injection CWE-89 high high vulnerability'])
  expect(scan.findings[0]?.trace).toMatchObject([{ path: 'app.py', span: { line: 15 }, note: 'ControlFlowNode for request' }])
})

test('Snyk: the weakness is a list in the properties of the rule', async () => {
  const rules = [{ id: 'python/Sqli', properties: { cwe: ['CWE-89'], tags: ['python', 'SQLi'] }, defaultConfiguration: { level: 'error' } }]
  const scan = await read(log([{ ruleId: 'python/Sqli', ruleIndex: 0, message: { text: 'Unsanitized input from {0} flows into {1}', arguments: ['an HTTP parameter', 'execute'] }, locations: at('app.py', { startLine: 17 }, { uriBaseId: '%SRCROOT%' }) }], { driver: { name: 'SnykCode', rules } }))
  expect(told(scan)).toEqual(['app.py:17:1 snyk/python/Sqli CWE-89 high medium vulnerability'])
  expect(scan.findings[0]?.message).toBe('Unsanitized input from an HTTP parameter flows into execute')
})

test('a weakness may be a taxon, of the result or of its rule, by id or by index', async () => {
  const taxonomies = [{ name: 'CWE', taxa: [{ id: '22' }, { id: '79' }] }]
  const rules = [{ id: 'a', relationships: [{ target: { id: 'CWE-611', toolComponent: { name: 'CWE' } } }] }]
  const results = [
    { ruleId: 'a', message: { text: 'm' }, locations: at('app.py') },
    { ruleId: 'b', message: { text: 'm' }, locations: at('app.py'), taxa: [{ index: 1, toolComponent: { name: 'CWE' } }] },
    { ruleId: 'c', message: { text: 'm' }, locations: at('app.py'), taxa: [{ id: '1', toolComponent: { name: 'OWASP' } }] },
  ]
  expect((await read(log(results, { driver: { rules }, taxonomies }))).findings.map(({ cwe }) => cwe)).toEqual([611, 79, undefined])
})

test('Trivy: bases with addresses, packages with known vulnerabilities', async () => {
  using folder = new Folder({ 'package-lock.json': '{}\n' })
  const rules = [{ id: 'CVE-2021-23337', properties: { tags: ['vulnerability', 'security', 'HIGH'], precision: 'very-high', 'security-severity': '7.2' } }]
  const results = [{ ruleId: 'CVE-2021-23337', ruleIndex: 0, level: 'error', message: { text: 'Package: lodash' }, locations: at('package-lock.json', { startLine: 1 }, { uriBaseId: 'ROOTPATH' }) }]
  const bases = { ROOTPATH: { uri: `${pathToFileURL(folder.path).href}/` } }
  expect(told(await read(log(results, { driver: { name: 'Trivy', rules }, originalUriBaseIds: bases }), folder.path))).toEqual(['package-lock.json:1:1 trivy/CVE-2021-23337 CWE-1395 high high vulnerability'])
})

test('Checkov: a leading slash is the top of the workspace', async () => {
  const rules = [{ id: 'CKV_AWS_20', defaultConfiguration: { level: 'error' } }]
  expect(told(await read(log([{ ruleId: 'CKV_AWS_20', message: { text: 'S3 Bucket has an ACL' }, locations: at('/main.tf', { startLine: 1, endLine: 4 }) }], { driver: { name: 'Checkov', rules } })))).toEqual([
    'main.tf:1:1 checkov/CKV_AWS_20 CWE-undefined high medium vulnerability',
  ])
})

test('Checkov, really: facts about configuration, medium until another agrees', async () => {
  const scan = await real('checkov')
  expect(scan.findings).toHaveLength(10)
  expect(told(scan)).toContain('main.tf:6:1 checkov/CKV_AWS_24 CWE-undefined high medium vulnerability')
})

test('Gitleaks: what it found is shown nowhere', async () => {
  const written = await real('gitleaks')
  expect(told(written)).toEqual(['settings.py:2:2 gitleaks/generic-api-key CWE-798 high medium vulnerability'])
  expect(JSON.stringify(written)).not.toContain('k3Jd8')
  const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
  const results = [{ ruleId: 'github-pat', message: { text: `github-pat has detected secret ${secret} in file app.py.` }, locations: at('app.py', { startLine: 10, startColumn: 1, endColumn: 9, snippet: { text: secret } }) }]
  const scan = await read(log(results, { driver: { name: 'gitleaks' } }))
  expect(told(scan)).toEqual(['app.py:10:1 gitleaks/github-pat CWE-798 high medium vulnerability'])
  expect(scan.findings[0]?.message).toBe('github-pat has detected secret ghp_… in file app.py.')
  expect(JSON.stringify(scan)).not.toContain(secret.slice(0, 8))
})

test('no place leads out of the workspace', async () => {
  using outside = new Folder({ 'secret.py': 'x\n' })
  using folder = new Folder({ 'in.py': 'x\n' })
  symlinkSync(outside.path, join(folder.path, 'link'))
  const uris = ['../in.py', '%2e%2e/x.py', `../${outside.path.split('/').at(-1)}/secret.py`, 'link/secret.py', '/etc/passwd', 'file:///etc/passwd', 'file://host/share', 'https://example.org/a.py', 'C:\\a.py', 'a%00.py', '%zz', '']
  const scan = await read(log(uris.map((uri) => ({ ruleId: 'r', message: { text: 'm' }, locations: at(uri) }))), folder.path)
  expect(scan.findings).toEqual([])
  expect(scan.unknown.map(({ detail }) => detail.replace(/ \(.*/, ''))).toEqual(['10 results name places outside of the workspace and were refused', '1 results name files that are not in the workspace', '1 results name no place in a file'])
  expect(await read(log([{ ruleId: 'r', message: { text: 'm' }, locations: at('./sub/../in.py') }]), folder.path)).toMatchObject({ findings: [{ path: 'in.py' }], unknown: [] })
})

test('what a tool says is one safe line, and its rule a name that a comment can hold', async () => {
  const results = [{ ruleId: 'a b:\u001b[2Jc', message: { text: `\u001b]0;x\u0007one\n::error::two\u202e${'x'.repeat(5000)}` }, locations: at('app.py', { startLine: 9_999_999, startColumn: 9_999 }) }]
  const [finding] = (await read(log(results, { driver: { name: 'Evil\u001b[2J\nTool' } }))).findings
  expect(finding).toMatchObject({ rule: 'evil-2j-tool/a-b-[2Jc', tool: 'Evil[2J Tool', span: { line: 38 } })
  expect(finding?.message).toMatch(/^\]0;xone ::error::twox+$/)
  expect(finding?.message.length).toBeLessThanOrEqual(1000)
})

test('results that are no findings are none; those that the tool suppressed say why', async () => {
  const results = [
    ...['pass', 'notApplicable', 'informational'].map((kind) => ({ ruleId: 'r', kind, message: { text: 'm' }, locations: at('app.py') })),
    { ruleId: 'gone', baselineState: 'absent', message: { text: 'm' }, locations: at('app.py') },
    { ruleId: 'accepted', suppressions: [{ kind: 'inSource', justification: 'ours' }], message: { text: 'm' }, locations: at('app.py') },
    { ruleId: 'silent', suppressions: [{ kind: 'inSource' }], message: { text: 'm' }, locations: at('app.py') },
    { ruleId: 'refused', suppressions: [{ kind: 'external', status: 'rejected' }], message: { text: 'm' }, locations: at('app.py') },
  ]
  const scan = await read(log(results))
  expect(scan.findings.map(({ rule }) => rule)).toEqual(['tool/refused'])
  expect(scan.suppressed.map(({ finding, reason }) => `${finding.rule}: ${reason}`)).toEqual(['tool/accepted: ours', 'tool/silent: Tool was told to pass it over, without a reason'])
})

const unknownOf = async (runs: unknown[]) => (await read(JSON.stringify({ version: '2.1.0', runs }))).unknown

test('a log that holds no results does not say that there are none', async () => {
  const run = { tool: { driver: { name: 'Bandit' } } }
  expect(await unknownOf([])).toEqual([{ what: 'log', detail: 'it holds no run of a tool' }])
  // SARIF 2.1.0, 3.14.23: null where the tool failed, absent where the run tells of something else.
  for (const results of [undefined, null, 'none']) expect(await unknownOf([{ ...run, results }])).toEqual([{ what: 'log', detail: 'Bandit gives no results, not even an empty list of them' }])
  expect(await unknownOf([{ ...run, results: [] }])).toEqual([])
  const misconfigured = { executionSuccessful: true, toolConfigurationNotifications: [{ level: 'error', message: { text: 'rule x cannot be loaded' } }] }
  expect(await unknownOf([{ ...run, results: [], invocations: [misconfigured] }])).toMatchObject([{ detail: 'Bandit did not read everything (1 errors: rule x cannot be loaded)' }])
})

test('a tool that did not read everything, and results in no form, are unknown', async () => {
  const invocations = [{ executionSuccessful: true, toolExecutionNotifications: [{ level: 'error', message: { text: 'Syntax error at app.py' } }] }]
  const scan = await read(log([3, { ruleId: 5, message: 'x' }], { invocations }))
  expect(scan.unknown.map(({ detail }) => detail)).toEqual(['Tool did not read everything (1 errors: Syntax error at app.py)', '1 results have a form that cannot be read', '1 results name no place in a file'])
})

test('a hundred thousand results are read as far as they can be, and the rest is counted', async () => {
  const result = { ruleId: 'r', message: { text: 'm' }, locations: at('app.py') }
  const scan = await read(log(Array.from({ length: 100_000 }, () => result)))
  expect(scan.findings).toHaveLength(mostRead)
  expect(scan.unknown).toEqual([{ what: 'log', detail: `${100_000 - mostRead} results were not read: there are more than ${mostRead}` }])
})

test('whatever stands in the place of whatever, a log is answered', async () => {
  const whole = JSON.parse(readFileSync(join(fixtures, 'real', 'bandit.sarif'), 'utf8')) as unknown
  const places = [...placesIn(whole)]
  const change = fc.tuple(fc.nat(places.length - 1), fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('../..', 'file:///', -1, 2 ** 53, '%', '{0}')))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const log = structuredClone(whole)
      for (const [index, value] of changes) put(log, places[index] ?? [], value)
      const scan = await readSarif(JSON.stringify(log), workspace, 'log')
      for (const finding of scan?.findings ?? []) expect(Finding.safeParse(finding).error).toBeUndefined()
    }),
    { numRuns: 300, seed: 4 },
  )
})

test('our own results are not read back, and what is no SARIF is none', async () => {
  expect(await read(log([{ ruleId: 'r', message: { text: 'm' }, locations: at('app.py') }], { driver: { name: 'Countersign' } }))).toMatchObject({ findings: [], notes: ['log: results of Countersign itself are not read'] })
  for (const text of ['', '{', '[]', '{"version": "2.0.0", "runs": []}', '{"version": "2.1.0"}', '['.repeat(1_000_000)]) expect(await readSarif(text, workspace, 'x')).toBeUndefined()
})
