import type { Floor } from '../config.ts'
import type { Language } from '../records/language.ts'
import type { Score } from '../records/score.ts'
import type { Look } from '../records/look.ts'
import type { Verdict } from '../records/verdict.ts'
import { isUnsurpassed, leadersBeforeAgreement } from './rank.ts'
import { riskOf } from './vote-race.ts'

interface LookOptions {
  floor: Floor
  language: Language
  /** Programs drawn so far, and how many there would be. */
  drawn: number
  most: number
  /** The risk at which drawing ends. */
  allowed: number
}

/**
 * Whether what was seen is settled. Every program votes for its behaviour, but only those that nothing before agreement puts behind the best; and a leader counts only if
 * nothing before agreement could put another one before it: it is above the floor and free of likely weaknesses, passes every test, and would be chosen.
 */
export function lookAt({ ranking, choice }: Verdict, { floor, language, drawn, most, allowed }: LookOptions): Look {
  const [best] = ranking
  const seen = { drawn, most }
  if (best === undefined || choice.kind !== 'chosen') return { ...seen, kind: 'open', because: choice.kind === 'abstained' ? choice.detail : 'there is no program' }
  if (!isUnsurpassed(best, { floor, language })) return { ...seen, kind: 'open', because: 'the best program fails a test or has a weakness, so that a better one may come' }
  const { cluster } = best
  if (cluster === undefined) return { ...seen, kind: 'open', because: 'how programs behave could not be compared' }
  const votes = votesIn(leadersBeforeAgreement(ranking, { floor, language }))
  const leader = votes.get(cluster) ?? 0
  const rivals = [...votes].flatMap(([other, count]) => (other === cluster ? [] : [count])).sort((one, other) => other - one)
  const risk = rivals.some((count) => count >= leader) ? 1 : Math.min(1, riskOf({ leader, rivals, drawn, left: most - drawn }))
  return { ...seen, kind: risk <= allowed ? 'settled' : 'open', leader: best.candidate, votes: leader, rivals, risk, allowed }
}

function votesIn(scores: readonly Score[]): Map<number, number> {
  const votes = new Map<number, number>()
  for (const { cluster, ids } of scores) if (cluster !== undefined) votes.set(cluster, (votes.get(cluster) ?? 0) + ids.length)
  return votes
}
