import type { Behavior } from '../records/behavior.ts'
import type { Digest } from '../records/digest.ts'
import type { Execution } from '../records/execution.ts'
import type { Test } from '../records/test.ts'
import { type Vote, votesOf } from './vote.ts'

export interface Agreeing {
  tests: readonly Test[]
  executions: readonly Execution[]
  behaviors: readonly Behavior[]
}

/**
 * How much of the evidence that nobody vouches for (other candidates' behaviour, model-written tests) agrees with each candidate:
 * shares of a whole, so that a task's leader and its runners-up can be compared. Empty where there is nothing to agree on.
 */
export type Agreement = ReadonlyMap<Digest, number>

/**
 * Dual execution agreement (CodeT, arXiv:2207.10397 §2.2): candidates that pass the same tests form a set, whose score is the
 * square root of its size times the number of tests it passes.
 */
export function scoreByDualAgreement({ tests, executions, behaviors }: Agreeing): Agreement {
  const votes = votesOf(tests)
  if (votes.length === 0) return new Map()
  const passed = passedBy(votes, executions)
  const sets = Map.groupBy(behaviors, ({ candidate }) => (passed.get(candidate) ?? []).join(' '))
  const scores = [...sets.values()].flatMap((set) => {
    const mass = set.reduce((sum, { weight }) => sum + weight, 0)
    return set.map(({ candidate }): [Digest, number] => [candidate, Math.sqrt(mass) * (passed.get(candidate)?.length ?? 0)])
  })
  const sum = [...sets.values()].reduce((total, [first]) => total + (scores.find(([candidate]) => candidate === first?.candidate)?.[1] ?? 0), 0)
  return new Map(scores.map(([candidate, score]) => [candidate, sum === 0 ? 0 : score / sum]))
}

/**
 * Agreement of behaviour and tests together, as a product of four likelihood ratios: the size of the candidate's own cluster, the
 * model-written tests it passes, how nearly the other candidates answer alike, and how seldom it fails to answer at all. A cluster's size enters by
 * its root: samples of one model repeat each other's mistakes.
 */
export function scoreByAgreement({ tests, executions, behaviors }: Agreeing): Agreement {
  const votes = votesOf(tests)
  const calls = behaviors[0]?.answers.length ?? 0
  if (behaviors.length === 0 || (votes.length === 0 && calls === 0)) return new Map()
  const passed = passedBy(votes, executions)
  const clusters = [...Map.groupBy(behaviors, ({ cluster }) => cluster).values()].map((members) => ({
    members,
    answers: members[0]?.answers ?? [],
    passed: passed.get(members[0]?.candidate ?? '')?.length ?? 0,
    mass: members.reduce((sum, { weight }) => sum + Math.sqrt(weight), 0),
  }))
  const logs = clusters.map((own) => {
    const nearby = clusters.reduce((sum, other) => sum + other.mass * (own === other ? 1 : likeness(own.answers, other.answers) ** 4), 0)
    const silent = own.answers.filter((answer) => answer < 0).length / Math.max(1, own.answers.length)
    return 0.5 * Math.log(own.mass) + Math.log(0.5 + own.passed) + 0.5 * Math.log(nearby) - silent
  })
  const most = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - most))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return new Map(clusters.flatMap(({ members }, position) => members.map(({ candidate }): [Digest, number] => [candidate, (weights[position] ?? 0) / sum])))
}

/** Share of the calls that two candidates answer alike with a value. */
function likeness(one: readonly number[], other: readonly number[]): number {
  let same = 0
  for (const [call, answer] of one.entries()) if (answer >= 0 && answer === other[call]) same += 1
  return one.length === 0 ? 0 : same / one.length
}

function passedBy(votes: readonly Vote[], executions: readonly Execution[]): Map<Digest, number[]> {
  return new Map(executions.map(({ candidate, tests }) => [candidate, votes.flatMap(({ position }) => (tests[position] === 'passed' ? [position] : []))]))
}
