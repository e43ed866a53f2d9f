import type { PoolTask } from './pool.ts'

/** What a strategy took for one task, always something, and how sure it was. */
export interface Pick {
  /** A candidate by position; several that it cannot tell apart are judged by their mean, so that no figure rests on the order of a file. */
  positions: readonly number[]
  /** 0 to 1; orders a strategy's own picks by risk. */
  confidence: number
  /** It would rather have answered nothing; this is the best it had. */
  abstained: boolean
  /** Candidates that were looked at, in their order, where that is not all of them. */
  examined?: number
}

type Candidates = PoolTask['candidates']
type Control = (candidates: Candidates) => Pick

/** Ways to choose without running anything, printed beside every strategy. */
export const controls: ReadonlyMap<string, Control> = new Map<string, Control>([
  ['random', (candidates) => unsure(candidates.map((_, position) => position))],
  ['first', () => unsure([0])],
  ['longest', (candidates) => unsure(highest(candidates, (code) => code.length))],
  ['shortest', (candidates) => unsure(highest(candidates, (code) => -code.length))],
  ['majority', mostFrequent],
])

function mostFrequent(candidates: Candidates): Pick {
  const counts = Map.groupBy(candidates, ({ code }) => code)
  const count = (code: string) => counts.get(code)?.length ?? 0
  const positions = highest(candidates, count)
  return { ...unsure(positions), confidence: count(candidates[positions[0] ?? 0]?.code ?? '') / candidates.length }
}

function unsure(positions: readonly number[]): Pick {
  return { positions, confidence: 0, abstained: false }
}

function highest(candidates: Candidates, measure: (code: string) => number): number[] {
  const measures = candidates.map(({ code }) => measure(code))
  const most = Math.max(...measures)
  return [...measures.keys()].filter((position) => measures[position] === most)
}
