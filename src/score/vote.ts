import { canonicalJson } from '../records/digest.ts'
import type { Test } from '../records/test.ts'

/** A model-written test, once, however often it was written. */
export interface Vote {
  /** Position of its first writing among the task's tests. */
  position: number
  /** How often it was written. */
  times: number
}

/** The distinct model-written tests. */
export function votesOf(tests: readonly Test[]): Vote[] {
  const votes = new Map<string, Vote>()
  for (const [position, test] of tests.entries()) {
    if (test.source !== 'generated') continue
    const key = test.kind === 'call' ? canonicalJson({ calls: test.calls, check: test.check }) : test.text
    const known = votes.get(key)
    if (known === undefined) votes.set(key, { position, times: 1 })
    else known.times += 1
  }
  return [...votes.values()]
}
