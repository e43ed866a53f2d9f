import { expect, test } from 'vitest'
import type { Run } from '../records/execution.ts'
import type { Test } from '../records/test.ts'
import { readCommandOutcome, testCommand } from './test-runner.ts'

const files = [{ path: 'test_area.py', content: '' }]
const aTest = (runner: (Test & { kind: 'files' })['runner'], command?: string[]): Test & { kind: 'files' } => ({
  kind: 'files',
  source: 'user',
  text: '',
  files,
  runner,
  ...(command && { command }),
})
const aRun = (exitCode: number, stdout = '', stderr = ''): Run => ({
  outcome: 'completed',
  observations: [],
  stdout,
  stderr,
  exitCode,
  usage: { cpuMs: 1, wallMs: 1, peakMemoryBytes: null },
})

test.each([
  ['pytest', aRun(0, '..                 [100%]\n2 passed in 0.01s\n'), 'passed'],
  ['pytest', aRun(0, 's                  [100%]\n1 skipped in 0.01s\n'), 'unsupported'],
  ['pytest', aRun(1, '1 failed, 1 passed in 0.02s\n'), 'failed'],
  ['pytest', aRun(1, '', "/usr/bin/python3: No module named pytest\n"), 'unsupported'],
  ['node-test', aRun(0, '1..2\n# tests 2\n# pass 2\n# fail 0\n'), 'passed'],
  ['node-test', aRun(0, '1..0\n# tests 0\n# pass 0\n# fail 0\n'), 'unsupported'],
  ['vitest', aRun(0, '\u001B[2m      Tests \u001B[22m \u001B[32m3 passed\u001B[39m (3)\n'), 'passed'],
  ['vitest', aRun(0, '      Tests  2 skipped (2)\n'), 'unsupported'],
  ['jest', aRun(0, '', 'Tests:       1 skipped, 4 passed, 5 total\n'), 'passed'],
  ['jest', aRun(127), 'unsupported'],
  ['pytest', aRun(5, '\nno tests ran in 0.01s\n'), 'unsupported'],
  ['pytest', aRun(2, '1 error in 0.05s\n'), 'failed'],
  ['vitest', aRun(1, '', '\n⎯⎯⎯⎯⎯⎯⎯ Startup Error ⎯⎯⎯⎯⎯⎯⎯⎯\nError: getaddrinfo EAI_AGAIN localhost\n'), 'unsupported'],
  ['vitest', aRun(1, '', '\nNo test files found, exiting with code 1\n'), 'unsupported'],
] as const)('%s: what it printed decides, and nothing run is nothing passed', (runner, run, outcome) => {
  expect(readCommandOutcome(aTest(runner), run)).toBe(outcome)
})

test('a command of the user is judged by its exit status', () => {
  expect(testCommand(aTest('command', ['make', 'check']))).toEqual(['make', 'check'])
  expect(readCommandOutcome(aTest('command', ['make']), aRun(0))).toBe('passed')
  expect(readCommandOutcome(aTest('command', ['make']), aRun(2))).toBe('failed')
})

test('a command that did not end by itself is not judged by its output', () => {
  expect(readCommandOutcome(aTest('pytest'), { ...aRun(0, '2 passed'), outcome: 'timed-out' })).toBe(undefined)
})
