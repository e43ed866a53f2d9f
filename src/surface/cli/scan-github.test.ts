import pico from 'picocolors'
import { expect, test } from 'vitest'
import type { Finding } from '../../records/finding.ts'
import type { ScanReport } from '../../records/scan-report.ts'
import { renderGithub } from './scan-github.ts'

const colors = pico.createColors(false)
const span = { start: 0, end: 3, line: 2, column: 5, endLine: 2, endColumn: 8 }
const aFinding = (given: Partial<Finding> = {}): Finding => ({ rule: 'python/x', cwe: 78, severity: 'high', confidence: 'high', tier: 'vulnerability', message: 'm', path: 'a.py', span, trace: [], fingerprint: `sha256:${'0'.repeat(64)}`, ...given })
const render = (findings: Finding[], all = false) => {
  const report: ScanReport = { findings, suppressed: [], known: [], coverage: [], unknown: [], notes: [], failOn: 'block', denials: [] }
  return renderGithub(report, { all, colors })
}

test('a finding is an annotation, and nothing in it ends it early', () => {
  const said = render([aFinding({ path: 'a,b:c%\n.py', message: 'x%\r\ny: z, ::error::' })])
  expect(said.split('\n')[0]).toBe('::error file=a%2Cb%3Ac%25%0A.py,line=2,endLine=2,col=5,endColumn=8,title=python/x (CWE-78)::x%25%0D%0Ay: z, ::error::')
})

test('what denies is an error, what does not is a warning or a notice, and habits wait', () => {
  const findings = [aFinding({ confidence: 'low' }), aFinding({ severity: 'low' }), aFinding({ tier: 'hygiene' }), aFinding()]
  expect(render(findings).match(/^::\w+/gm)).toEqual(['::error', '::warning', '::notice'])
  expect(render(findings, true).match(/^::\w+/gm)).toEqual(['::error', '::warning', '::warning', '::notice'])
})

test('beyond what GitHub shows the rest are plain lines, said to be so', () => {
  const said = render([...Array.from({ length: 12 }, () => aFinding({ confidence: 'low', message: '::error:: ##[error]' })), aFinding()])
  expect(said.match(/^::error/gm)).toHaveLength(1)
  expect(said.match(/^::warning/gm)).toHaveLength(10)
  expect(said.match(/^high a\.py:2:5 python\/x ::error:: ## \[error\]$/gm)).toHaveLength(2)
  expect(said).toContain('2 findings are lines of this log only')
})
