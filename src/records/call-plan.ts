import { canonicalJson } from './digest.ts'
import type { Task } from './task.ts'
import type { Call } from './test.ts'

/** Every distinct call that is made into each candidate, and where each test and each generated input finds its own. */
export interface CallPlan {
  calls: Call[]
  /** For each test of the task, the positions of its calls; empty for tests that are no calls. */
  tests: number[][]
  /** For each generated input, its position. */
  inputs: number[]
}

/** Tests' calls first, in their order, then the inputs. Equal calls are made once, but for those of one test: `token() != token()` asks for two. */
export function planCalls(task: Task, inputs: readonly Call[]): CallPlan {
  const positions = new Map<string, number>()
  const calls: Call[] = []
  const place = (call: Call, time = 0) => {
    const key = `${canonicalJson(call)} ${time}`
    const known = positions.get(key)
    if (known !== undefined) return known
    positions.set(key, calls.length)
    return calls.push(call) - 1
  }
  const placeAll = (asked: readonly Call[]) => asked.map((call, at) => place(call, timesBefore(asked, at)))
  return { tests: task.tests.map((test) => (test.kind === 'call' ? placeAll(test.calls) : [])), inputs: inputs.map((call) => place(call)), calls }
}

function timesBefore(calls: readonly Call[], at: number): number {
  const key = canonicalJson(calls[at])
  return calls.slice(0, at).filter((call) => canonicalJson(call) === key).length
}
