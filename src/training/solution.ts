import { type Standing, standingsIn, type UsableRun } from './standing.ts'

/** The program that a run chose, if it met the bar: sound, and at least one test that somebody vouches for was passed. */
export function solutionIn(run: UsableRun): Standing | undefined {
  const { choice } = run.verdict ?? {}
  if (choice?.kind !== 'chosen') return undefined
  return standingsIn(run).find(({ digest, isSound, tests }) => digest === choice.candidate && isSound && tests.size > 0)
}
