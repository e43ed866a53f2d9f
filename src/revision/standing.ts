import type { Evidence } from '../records/evidence.ts'

/**
 * The evidence with each accepted revision in its parent's place: one proposal, revised, is still one voice. A proposal of the same text that somebody
 * else made stays.
 */
export function standing(evidence: Evidence): Evidence {
  const replaced = new Set(evidence.repairs?.flatMap(({ fate, of }) => (fate === 'accepted' ? [of] : [])))
  if (replaced.size === 0) return evidence
  const screenings = evidence.screenings.flatMap((screening) => {
    const ids = screening.ids.filter((id) => !replaced.has(id))
    return ids.length === 0 ? [] : [{ ...screening, ids }]
  })
  const left = new Set(screenings.map(({ candidate }) => candidate))
  return {
    ...evidence,
    // Who else has the content of a screening speaks for it, though the first to propose it was revised.
    screenings,
    scans: evidence.scans.filter(({ candidate }) => left.has(candidate)),
    executions: evidence.executions.filter(({ candidate }) => left.has(candidate)),
  }
}
