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

/** Tests' calls first, in their order, then the inputs; equal calls are made once. */
export function planCalls(task: Task, inputs: readonly Call[]): CallPlan {
  const positions = new Map<string, number>()
  const calls: Call[] = []
  const place = (call: Call) => {
    const key = canonicalJson(call)
    const known = positions.get(key)
    if (known !== undefined) return known
    positions.set(key, calls.length)
    return calls.push(call) - 1
  }
  return { tests: task.tests.map((test) => (test.kind === 'call' ? test.calls.map(place) : [])), inputs: inputs.map(place), calls }
}
