import { expect, test } from 'vitest'
import type { Finding } from '../../records/finding.ts'
import { agree } from './agree.ts'

const aFinding = (rule: string, given: Partial<Finding> & { line?: number; endLine?: number } = {}): Finding => {
  const { line = 3, endLine = line, ...more } = given
  const [tool = ''] = rule.split('/')
  const span = { start: 0, end: 1, line, column: 1, endLine, endColumn: 2 }
  return { rule, cwe: 78, severity: 'high', confidence: 'medium', tier: 'vulnerability', message: 'm', path: 'a.py', span, trace: [], fingerprint: `sha256:${rule}`, ...(tool === 'python' ? {} : { tool }), ...more }
}
const told = (findings: Finding[]) => findings.map(({ rule, confidence, agreedBy }) => `${rule} ${confidence} ${agreedBy?.join('+') ?? ''}`)

test('the same weakness in the same lines is told once, more surely, with the names of those that agree', () => {
  const own = [aFinding('python/command-injection', { cwe: 78, endLine: 5 })]
  const foreign = [aFinding('bandit/B602', { line: 4, cwe: 77 }), aFinding('semgrep/shell', { line: 5, cwe: 88 }), aFinding('bandit/B605', { line: 3 })]
  expect(told(agree(own, foreign))).toEqual(['python/command-injection high bandit+semgrep'])
})

test('two others agree without us; one tool does not agree with itself', () => {
  expect(told(agree([], [aFinding('bandit/B602'), aFinding('semgrep/shell')]))).toEqual(['bandit/B602 high semgrep'])
  expect(told(agree([], [aFinding('bandit/B602'), aFinding('bandit/B605')]))).toEqual(['bandit/B602 medium ', 'bandit/B605 medium '])
  expect(told(agree([], [aFinding('bandit/B602'), aFinding('bandit/B602')]))).toEqual(['bandit/B602 medium '])
})

test('another weakness, another line, another file, or no known weakness is no agreement', () => {
  const own = [aFinding('python/command-injection')]
  const foreign = [aFinding('a/1', { cwe: 89 }), aFinding('b/1', { line: 4 }), aFinding('c/1', { path: 'b.py' })]
  expect(agree(own, foreign)).toHaveLength(4)
  const { cwe: _, ...nameless } = aFinding('d/1')
  expect(agree(own, [nameless])).toHaveLength(2)
})

test('a result for a whole file agrees with nothing in it', () => {
  expect(agree([aFinding('python/command-injection')], [aFinding('a/1', { line: 1, endLine: 400 })])).toHaveLength(2)
})
