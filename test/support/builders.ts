import type { Candidate } from '../../src/records/candidate.ts'
import { contentDigest } from '../../src/records/candidate.ts'
import type { Evidence } from '../../src/records/evidence.ts'
import type { Execution, Observation } from '../../src/records/execution.ts'
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
  calls?: (number | Observation)[]
  outcome?: Execution['outcome']
  error?: Execution['error']
  degenerate?: 'empty' | 'placeholder' | 'repetitive'
  parseErrors?: number
  words?: number
}

/** Evidence about candidates by id. */
export function anEvidence(task: Task, known: Record<string, Known>): Evidence {
  const entries = Object.entries(known).map(([id, about]) => ({ candidate: aCandidate(id), about }))
  return {
    task,
    candidates: entries.map(({ candidate }) => candidate),
    inputs: [],
    screenings: entries.map(({ candidate, about: { ids = [candidate.id], degenerate, parseErrors = 0, words = 10 } }) => ({
      candidate: contentDigest(candidate),
      ids,
      parse: { kind: 'parsed', errors: parseErrors },
      entryPoint: 'found',
      words,
      ...(degenerate && { degenerate }),
    })),
    executions: entries
      .filter(({ about }) => about.degenerate === undefined)
      .map(({ candidate, about }) => executionOf(contentDigest(candidate), about)),
  }
}

function executionOf(candidate: Execution['candidate'], { tests = [], calls = [], outcome = 'completed', error }: Known): Execution {
  const observed = calls.map((call): Observation => (typeof call === 'number' ? { kind: 'returned', value: call } : call))
  return { candidate, sandbox: 'scripted', outcome, ...(error && { error }), tests, calls: observed }
}
