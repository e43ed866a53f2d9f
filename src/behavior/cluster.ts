import type { Behavior, Cluster } from '../records/behavior.ts'
import { type Evidence, inheritorsIn } from '../records/evidence.ts'
import { answerKey } from './answer-key.ts'

/**
 * Compares what the candidates that loaded did, call by call, and groups those that did the same throughout. Largest cluster first, by what was drawn on its
 * own: a program written from parts of others takes its place among them and adds nothing to their number.
 */
export function cluster({ screenings, executions, ...written }: Pick<Evidence, 'screenings' | 'executions' | 'revisions' | 'repairs'>): { behaviors: Behavior[]; clusters: Cluster[] } {
  const inheritors = inheritorsIn(written)
  const screened = new Map(screenings.map((screening) => [screening.candidate, screening]))
  const numbers = new Map<string, number>()
  const loaded = executions.filter(({ calls }) => calls.some(({ kind }) => kind !== 'not-run'))
  const compared = loaded.map(({ candidate, calls }) => {
    const keys = calls.map(answerKey)
    const { ids, words = 0 } = screened.get(candidate) ?? {}
    const weight = ids?.filter((id) => !inheritors.has(id)).length ?? 1
    return { signature: signatureOf(candidate, keys), behavior: { candidate, weight, words, answers: keys.map((key) => numberOf(key, numbers)) } }
  })
  const groups = [...Map.groupBy(compared, ({ signature }) => signature).values()].map((group) => heard(group.map(({ behavior }) => behavior))).sort((a, b) => massOf(b) - massOf(a))
  return {
    behaviors: groups.flatMap((group, position) => group.map((behavior) => ({ ...behavior, cluster: position }))),
    clusters: groups.map((group) => ({ members: group.map(({ candidate }) => candidate), mass: massOf(group), returned: returnedShare(group[0]?.answers ?? []) })),
  }
}

function numberOf(key: string | undefined, numbers: Map<string, number>): number {
  if (key === undefined) return -2
  if (!key.startsWith('returned')) return -1
  return numbers.get(key) ?? numbers.set(key, numbers.size).size - 1
}

// A call that agrees with nothing keeps its candidate alone.
function signatureOf(candidate: string, keys: (string | undefined)[]): string {
  return keys.includes(undefined) ? candidate : keys.join('\n')
}

// A way of behaving that nobody drew on his own was seen all the same: once.
function heard<One extends { weight: number }>(group: readonly One[]): One[] {
  return massOf(group) > 0 ? [...group] : group.map((behavior, position) => (position === 0 ? { ...behavior, weight: 1 } : behavior))
}

function massOf(group: readonly { weight: number }[]): number {
  return group.reduce((sum, { weight }) => sum + weight, 0)
}

function returnedShare(answers: readonly number[]): number {
  return answers.length === 0 ? 0 : answers.filter((answer) => answer >= 0).length / answers.length
}
