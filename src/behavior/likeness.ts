import type { Candidate } from '../records/candidate.ts'
import type { Execution } from '../records/execution.ts'
import type { Task } from '../records/task.ts'
import { answerKey } from './answer-key.ts'
import { observe, type ObserveOptions } from './observe.ts'

/** Share of the calls on which another program answers like one that ran already; undefined where there is nothing to compare. */
export async function likenessTo(ran: Execution, other: Candidate, { task, ...options }: ObserveOptions & { task: Task }): Promise<number | undefined> {
  if (ran.calls.length === 0) return undefined
  // Only what both are asked: tests that are no calls would run for nothing.
  const calls = { ...task, tests: task.tests.filter(({ kind }) => kind === 'call') }
  const [seen] = await observe(calls, [other], options)
  if (seen === undefined || seen.outcome === 'unsupported') return undefined
  const same = ran.calls.filter((observation, position) => {
    const [key, again] = [answerKey(observation), answerKey(seen.calls[position] ?? { kind: 'not-run' })]
    return key !== undefined && key === again
  })
  return same.length / ran.calls.length
}
