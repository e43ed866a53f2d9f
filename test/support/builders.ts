import type { Candidate } from '../../src/records/candidate.ts'
import { contentDigest } from '../../src/records/candidate.ts'
import { digestRecord } from '../../src/records/digest.ts'
import type { Evidence } from '../../src/records/evidence.ts'
import type { Execution, Observation } from '../../src/records/execution.ts'
import type { CandidateScan, FileCoverage, Finding } from '../../src/records/finding.ts'
import type { Task } from '../../src/records/task.ts'
import type { Test, TestOutcome } from '../../src/records/test.ts'

export function aTask(given: Partial<Task> = {}): Task {
  return { id: 't', language: 'python', instruction: 'write f', entryPoint: 'f', tests: [], ...given }
}

/** A test of the given source that calls `f(argument)` and wants `expected`. */
export function aTest(given: { source?: Test['source']; argument?: number; expected?: number } = {}): Test {
  const { source = 'public', argument = 1, expected = 2 } = given
  return {
    kind: 'call',
    source,
    text: `f(${argument}) == ${expected}`,
    calls: [{ steps: [{ name: 'f', arguments: [argument] }] }],
    check: { kind: 'apply', operator: '==', operands: [{ kind: 'call', index: 0 }, { kind: 'value', value: expected }] },
  }
}

export function aCandidate(id: string): Candidate {
  return { id, language: 'python', files: [{ path: 'main.py', content: `# ${id}\n` }] }
}

/** What is known of one candidate: the outcomes of the tests and what its calls did, a number being a returned value. */
export interface Known {
  ids?: string[]
  tests?: TestOutcome[]
  /** Tests that passed and say nothing. */
  idle?: number[]
  calls?: (number | Observation)[]
  outcome?: Execution['outcome']
  error?: Execution['error']
  degenerate?: 'empty' | 'placeholder' | 'repetitive'
  parseErrors?: number
  undefinedNames?: string[]
  refusals?: number
  quoted?: { used: number; of: number }
  words?: number
  findings?: Finding[]
  coverage?: FileCoverage[]
}

/** Evidence about candidates by id. */
export function anEvidence(task: Task, known: Record<string, Known>): Evidence {
  const entries = Object.entries(known).map(([id, about]) => ({ candidate: aCandidate(id), about }))
  return {
    task,
    candidates: entries.map(({ candidate }) => candidate),
    inputs: [],
    distinctions: [],
    likelihoods: [],
    screenings: entries.map(({ candidate, about: { ids = [candidate.id], degenerate, parseErrors = 0, words = 10, undefinedNames, refusals, quoted } }) => ({
      candidate: contentDigest(candidate),
      ids,
      parse: { kind: 'parsed', errors: parseErrors },
      entryPoint: 'found',
      words,
      ...(degenerate && { degenerate }),
      ...(undefinedNames && { undefinedNames }),
      ...(refusals !== undefined && { refusals }),
      ...(quoted && { quoted }),
    })),
    scans: entries.filter(({ about }) => about.degenerate === undefined).map(({ candidate, about }) => scanOf(contentDigest(candidate), about)),
    executions: entries
      .filter(({ about }) => about.degenerate === undefined)
      .map(({ candidate, about }) => executionOf(contentDigest(candidate), about)),
  }
}

/** A finding as bad as the default floor forbids, unless `given` says otherwise. */
export function aFinding(given: Partial<Finding> = {}): Finding {
  const span = { start: 0, end: 1, line: 1, column: 1, endLine: 1, endColumn: 2 }
  const level = { tier: 'vulnerability', severity: 'high', confidence: 'high' } as const
  return { rule: 'python/a-rule', cwe: 89, owasp: 'A03:2021', message: 'It is wrong. Write it right.', path: 'main.py', span, trace: [], fingerprint: digestRecord(span), ...level, ...given }
}

function scanOf(candidate: CandidateScan['candidate'], { findings = [], coverage = [{ kind: 'read', path: 'main.py', language: 'python', parseErrors: 0 }] }: Known): CandidateScan {
  return { candidate, findings, coverage }
}

function executionOf(candidate: Execution['candidate'], { tests = [], idle, calls = [], outcome = 'completed', error }: Known): Execution {
  const observed = calls.map((call): Observation => (typeof call === 'number' ? { kind: 'returned', value: call } : call))
  return { candidate, sandbox: 'scripted', outcome, ...(error && { error }), tests, ...(idle && { idle }), calls: observed }
}
