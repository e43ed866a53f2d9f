import { stripVTControlCharacters } from 'node:util'
import type { Run } from '../records/execution.ts'
import type { Test, TestOutcome } from '../records/test.ts'

type Files = Test & { kind: 'files' }

/** How test files are started, and how many tests their runner says passed. A runner that ran nothing has passed nothing. */
interface Runner {
  command: (test: Files) => readonly string[]
  /** Tests that passed, from the runner's own summary; `undefined` where a zero exit status is all there is. */
  passed?: RegExp
  /** What it looks like when the runner is not there, does not start or finds no test: nothing is known of the program then. */
  absent?: RegExp
}

const paths = ({ files }: Files) => files.map(({ path }) => path)

const runners: Record<Files['runner'], Runner> = {
  pytest: {
    command: (test) => ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', ...paths(test)],
    passed: /(?:^|[\s,])([1-9]\d*) passed\b/,
    absent: /No module named '?pytest\b|^no tests ran\b|^INTERNALERROR>/m,
  },
  vitest: { command: (test) => ['vitest', 'run', '--reporter=default', ...paths(test)], passed: /Tests\s.*?\b([1-9]\d*) passed\b/, absent: /^[⎯ ]*Startup Error|^No test files found/m },
  jest: { command: (test) => ['jest', ...paths(test)], passed: /Tests:\s.*?\b([1-9]\d*) passed\b/, absent: /^No tests found|^● Validation Error/m },
  'node-test': { command: (test) => ['node', '--test', '--test-reporter=tap', ...paths(test)], passed: /^# pass ([1-9]\d*)$/m },
  command: { command: ({ command }) => command ?? [] },
}

/** The command that runs a test's files in a folder that holds them and the candidate. */
export function testCommand(test: Files): readonly string[] {
  return runners[test.runner].command(test)
}

/** What a finished command says of its tests. Missing, or all skipped, is unknown: never a pass. */
export function readCommandOutcome(test: Files, run: Run): TestOutcome | undefined {
  if (run.outcome !== 'completed') return undefined
  const { passed, absent } = runners[test.runner]
  const output = stripVTControlCharacters(`${run.stdout}\n${run.stderr}`)
  if (run.exitCode !== 0) return absent?.test(output) === true || run.exitCode === 127 ? 'unsupported' : 'failed'
  return passed === undefined || passed.test(output) ? 'passed' : 'unsupported'
}
