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

/** Candidates between which the evidence does not tell, and how much of it is theirs. */
interface Camp {
  members: readonly Behavior[]
  score: number
}

/**
 * Dual execution agreement (CodeT, arXiv:2207.10397 §2.2): candidates that pass the same tests form a set, whose score is the
 * square root of its size times the number of tests it passes.
 */
export function scoreByDualAgreement({ tests, executions, behaviors }: Agreeing): Agreement {
  const votes = votesOf(tests)
  if (votes.length === 0) return new Map()
  const passed = passedBy(votes, executions)
  const sets = Map.groupBy(behaviors, ({ candidate }) => (passed.get(candidate) ?? []).map(({ position }) => position).join(' '))
  return sharesOf([...sets.values()].map((members) => ({ members, score: Math.sqrt(sum(members, ({ weight }) => weight)) * (passed.get(members[0]!.candidate)?.length ?? 0) })))
}

/**
 * Dual agreement extended by what the programs answer: the root of a cluster's own voice (CodeT), times the voice of all programs as far
 * as they answer like it (minimum Bayes risk, arXiv:2204.11454), times the trust in the model-written tests it passes. The last never is
 * nothing: all tests may be wrong.
 */
export function scoreByAgreement({ tests, executions, behaviors }: Agreeing): Agreement {
  const votes = votesOf(tests)
  const passed = passedBy(votes, executions)
  const clusters = [...Map.groupBy(behaviors, ({ cluster }) => cluster).values()].map((members) => ({
    members,
    answers: members[0]!.answers,
    passed: new Set(passed.get(members[0]!.candidate)),
    voice: sum(members, voiceOf),
  }))
  const all = sum(clusters, ({ voice }) => voice)
  // A test that few programs pass is more likely wrong than they are; one that was written often is less likely wrong.
  const trust = (vote: Vote) => Math.sqrt(vote.times * (sum(clusters, (own) => (own.passed.has(vote) ? own.voice : 0)) / all))
  const trusted = votes.map((vote) => ({ vote, trust: trust(vote) }))
  return sharesOf(
    clusters.map((own) => {
      const nearby = sum(clusters, (other) => other.voice * likeness(own.answers, other.answers) ** 2)
      const tested = sum(trusted, (test) => (own.passed.has(test.vote) ? test.trust : 0))
      return { members: own.members, score: Math.sqrt(own.voice) * (1 + nearby) * (0.5 + tested) }
    }),
  )
}

/**
 * How much one program counts. Repeating a proposal adds less than another program that does the same, for a model repeats its mistakes
 * too; and long programs that agree do so less easily by coincidence than short ones.
 */
function voiceOf({ weight, words }: Behavior): number {
  return Math.sqrt(weight * Math.max(1, words))
}

/** Share of the calls that two candidates answer alike with a value. */
function likeness(one: readonly number[], other: readonly number[]): number {
  let same = 0
  for (const [call, answer] of one.entries()) if (answer >= 0 && answer === other[call]) same += 1
  return one.length === 0 ? 0 : same / one.length
}

function sharesOf(camps: readonly Camp[]): Agreement {
  const all = sum(camps, ({ score }) => score)
  return new Map(camps.flatMap(({ members, score }) => members.map(({ candidate }): [Digest, number] => [candidate, all === 0 ? 0 : score / all])))
}

function passedBy(votes: readonly Vote[], executions: readonly Execution[]): Map<Digest, Vote[]> {
  return new Map(executions.map(({ candidate, tests }) => [candidate, votes.filter(({ position }) => tests[position] === 'passed')]))
}

function sum<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((total, item) => total + amount(item), 0)
}
