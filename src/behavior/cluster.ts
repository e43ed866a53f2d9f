import type { Behavior, Cluster } from '../records/behavior.ts'
import type { Evidence } from '../records/evidence.ts'
import { answerKey } from './answer-key.ts'

/** Compares what the candidates that loaded did, call by call, and groups those that did the same throughout. Largest cluster first. */
export function cluster({ screenings, executions }: Pick<Evidence, 'screenings' | 'executions'>): { behaviors: Behavior[]; clusters: Cluster[] } {
  const weights = new Map(screenings.map(({ candidate, ids }) => [candidate, ids.length]))
  const numbers: Map<string, number>[] = []
  const loaded = executions.filter(({ calls }) => calls.some(({ kind }) => kind !== 'not-run'))
  const behaviors = loaded.map(({ candidate, calls }) => ({
    candidate,
    weight: weights.get(candidate) ?? 1,
    answers: calls.map((observation, call) => {
      const key = answerKey(observation)
      if (key === undefined) return -2
      if (!key.startsWith('returned')) return -1
      const known = (numbers[call] ??= new Map<string, number>())
      return known.get(key) ?? known.set(key, known.size).size - 1
    }),
    signature: signatureOf(candidate, calls.map(answerKey)),
  }))
  const groups = [...Map.groupBy(behaviors, ({ signature }) => signature).values()].sort((a, b) => massOf(b) - massOf(a))
  return {
    behaviors: groups.flatMap((group, position) => group.map(({ candidate, weight, answers }) => ({ candidate, weight, answers, cluster: position }))),
    clusters: groups.map((group) => ({ members: group.map(({ candidate }) => candidate), mass: massOf(group), returned: returnedShare(group[0]?.answers ?? []) })),
  }
}

// A call that agrees with nothing keeps its candidate alone.
function signatureOf(candidate: string, keys: (string | undefined)[]): string {
  return keys.includes(undefined) ? candidate : keys.join('\n')
}

function massOf(group: readonly { weight: number }[]): number {
  return group.reduce((sum, { weight }) => sum + weight, 0)
}

function returnedShare(answers: readonly number[]): number {
  return answers.length === 0 ? 0 : answers.filter((answer) => answer >= 0).length / answers.length
}
