import type { Digest } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { RoundResult, Unknown } from '../records/verdict.ts'

/** What each round of writing came to. */
export function roundResults({ rounds = [], screenings }: Evidence, setbacks: ReadonlyMap<Digest, string>): RoundResult[] {
  const first = new Map(screenings.map(({ candidate, ids }) => [ids[0], candidate]))
  return rounds.map((round) => ({
    number: round.number,
    kind: round.kind,
    written: round.candidates.length,
    rejected: round.candidates.filter((id) => setbacks.has(first.get(id) ?? '')).length,
    offered: round.kind === 'sampling' ? 0 : round.offer.representatives.length + round.offer.kept.length,
    gained: round.kind === 'sampling' || round.gained,
  }))
}

/** What the rounds left open. */
export function unknownOfRounds({ rounds = [], drawing, roundsEnd }: Evidence): [Unknown['what'], string][] {
  const drawings = [{ number: 1, drawing }, ...rounds.flatMap((round) => (round.kind === 'sampling' ? [] : [round]))]
  return [
    ...drawings.flatMap(({ number, drawing }): [Unknown['what'], string][] => {
      const { asked, missing } = drawing?.outlines ?? { asked: 0, missing: 0 }
      return missing === 0 ? [] : [['plans', `${missing} of ${asked} answers of round ${number} hold no outline of sub-modules and were used as they are`]]
    }),
    ...rounds.flatMap((round): [Unknown['what'], string][] => (round.kind === 'sampling' ? [] : round.offer.notes.map((note) => ['modules', `round ${round.number}: ${note}`]))),
    ...(roundsEnd?.reason === 'nothing-to-offer' || roundsEnd?.reason === 'failed' ? [['modules', roundsEnd.detail] satisfies [Unknown['what'], string]] : []),
  ]
}
