import { canonicalJson, type Digest } from '../records/digest.ts'
import type { Distinction } from '../records/distinction.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Execution, Observation } from '../records/execution.ts'
import { planCalls } from '../records/call-plan.ts'
import { answerKey } from './answer-key.ts'

const notRun: Observation = { kind: 'not-run' }

/** The evidence with the calls of its distinctions among the inputs: what programs did there is behaviour like any other. */
export function withDistinctions(evidence: Evidence): Evidence {
  return evidence.distinctions.reduce(withDistinction, evidence)
}

function withDistinction(evidence: Evidence, { call, observations }: Distinction): Evidence {
  const { task, inputs, executions } = evidence
  if (call === undefined) return evidence
  const { calls } = planCalls(task, inputs.map((input) => input.call))
  if (calls.some((other) => canonicalJson(other) === canonicalJson(call))) return evidence
  const seen = new Map(observations.map(({ candidate, observation }) => [candidate, observation]))
  return {
    ...evidence,
    inputs: [...inputs, { call, reach: 'inside' }],
    executions: executions.map((execution) => extended(execution, calls.length, seen.get(execution.candidate))),
  }
}

function extended(execution: Execution, count: number, last: Observation = notRun): Execution {
  const before = Array.from({ length: count }, (_, position) => execution.calls[position] ?? notRun)
  return { ...execution, calls: [...before, last] }
}

/** What a model says of how candidates behave where they differ: 1 for those that do what it says is wanted, -1 for those that do the other. */
export function opinionsOf(distinctions: readonly Distinction[]): Map<Digest, number> {
  const opinions = new Map<Digest, number>()
  for (const { between, wanted, observations } of distinctions) {
    if (wanted === undefined) continue
    const keys = new Map(observations.map(({ candidate, observation }) => [candidate, answerKey(observation)]))
    const other = between.find((digest) => digest !== wanted)
    for (const [candidate, key] of keys) {
      if (key === undefined) continue
      if (key === keys.get(wanted)) opinions.set(candidate, 1)
      else if (other !== undefined && key === keys.get(other)) opinions.set(candidate, -1)
    }
  }
  return opinions
}
