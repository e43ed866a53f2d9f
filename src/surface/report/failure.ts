import { type RecordedRun, shownObservation } from '../../index.ts'
import { planCalls } from '../../records/call-plan.ts'
import type { Execution } from '../../records/execution.ts'
import type { Task } from '../../records/task.ts'
import { labelOf, rejectionOf } from '../cli/fate.ts'

/** One way of failing, in words, and the candidates that fail so. */
export interface Way {
  how: string
  who: string[]
}

/** A test that somebody vouches for and that some do not pass. `alike` are further tests that the same candidates fail in the same ways. */
export interface FailedTest {
  text: string
  passed: number
  of: number
  ways: Way[]
  alike: number
}

export interface Failures {
  /** Programs that did not come to their tests, or whose run did not end well. */
  programs: Way[]
  tests: FailedTest[]
}

/** What failed and how, most widespread first. What a model wrote as a test may be wrong itself, and is left out. */
export function failuresOf({ task, inputs = [], screenings, executions }: Pick<RecordedRun, 'task' | 'inputs' | 'screenings' | 'executions'>): Failures {
  const byCandidate = new Map(executions.map((execution) => [execution.candidate, execution]))
  const ends: [string, string][] = []
  const ran: { label: string; execution: Execution }[] = []
  for (const screening of screenings) {
    const label = labelOf(screening)
    const execution = byCandidate.get(screening.candidate)
    const rejected = rejectionOf(screening)
    if (rejected !== undefined) ends.push([rejected, label])
    else if (execution === undefined) ends.push(['not run', label])
    else if (execution.outcome === 'completed') ran.push({ label, execution })
    else ends.push([`${execution.outcome.replaceAll('-', ' ')}${execution.error === undefined ? '' : ` ${execution.error.type}: ${execution.error.message}`}`, label])
  }
  return { programs: waysOf(ends), tests: task === undefined ? [] : merged(failedTests(task, inputs, ran)) }
}

function failedTests(task: Task, inputs: NonNullable<RecordedRun['inputs']>, ran: readonly { label: string; execution: Execution }[]): FailedTest[] {
  const plan = planCalls(task, inputs.map(({ call }) => call))
  return task.tests.flatMap((test, position): FailedTest[] => {
    if (test.source === 'generated') return []
    const failing = ran.filter(({ execution }) => execution.tests[position] !== 'passed')
    const how = ({ calls, tests }: Execution) => {
      const seen = (plan.tests[position] ?? []).flatMap((place) => calls[place] ?? [])
      return seen.length === 0 ? (tests[position] ?? 'not run') : seen.map((one) => shownObservation(task.language, one)).join(', ')
    }
    const ways = waysOf(failing.map(({ label, execution }) => [how(execution), label]))
    return ways.length === 0 ? [] : [{ text: test.text, passed: ran.length - failing.length, of: ran.length, ways, alike: 0 }]
  })
}

function waysOf(failing: readonly (readonly [how: string, who: string])[]): Way[] {
  const ways = new Map<string, string[]>()
  for (const [how, who] of failing) ways.set(how, [...(ways.get(how) ?? []), who])
  return [...ways].map(([how, who]) => ({ how, who })).toSorted((a, b) => b.who.length - a.who.length)
}

/** Tests that divide the candidates alike are told of once. */
function merged(tests: readonly FailedTest[]): FailedTest[] {
  const alike = new Map<string, FailedTest>()
  for (const test of tests) {
    const key = JSON.stringify(test.ways)
    const first = alike.get(key)
    if (first === undefined) alike.set(key, test)
    else alike.set(key, { ...first, alike: first.alike + 1 })
  }
  return [...alike.values()].toSorted((a, b) => a.passed - b.passed)
}
