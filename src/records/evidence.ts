import { z } from 'zod'
import { Candidate } from './candidate.ts'
import { Capability } from './capability.ts'
import { Dialogue } from './critique.ts'
import { Distinction } from './distinction.ts'
import { Drawing, TestWriting } from './drawing.ts'
import { Execution } from './execution.ts'
import { Familiarity } from './familiarity.ts'
import { CandidateScan } from './finding.ts'
import { GeneratedInput } from './input.ts'
import { Likelihood } from './likelihood.ts'
import { Revision } from './revision.ts'
import { Round, RoundsEnd } from './round.ts'
import { Repair } from './repair.ts'
import { Screening } from './screening.ts'
import { TokensSpent } from './spend.ts'
import { Task } from './task.ts'

/** Everything that a verdict is computed from. */
export const Evidence = z.strictObject({
  task: Task,
  candidates: z.array(Candidate),
  screenings: z.array(Screening),
  /** In the order of the screenings; what was rejected unread has none. */
  scans: z.array(CandidateScan),
  inputs: z.array(GeneratedInput),
  /** In the order of the screenings; a candidate that never ran has none. */
  executions: z.array(Execution),
  /** Calls on which the best candidates differ, with what a model says of them; empty where none was asked. */
  distinctions: z.array(Distinction),
  /** Of those candidates that execution left equal, where a model was asked. */
  likelihoods: z.array(Likelihood),
  /** What the model that scored was seen to give. */
  capability: Capability.exactOptional(),
  /** How familiar the task is to the model that was to write, where that model knows little. */
  familiarity: Familiarity.exactOptional(),
  /** How a model wrote the candidates and its tests, where one did. */
  drawing: Drawing.exactOptional(),
  writing: TestWriting.exactOptional(),
  /** Where a strategy writes in rounds: what each was, how its programs came to be, and why there was no further one. */
  rounds: z.array(Round).exactOptional(),
  revisions: z.array(Revision).exactOptional(),
  roundsEnd: RoundsEnd.exactOptional(),
  /** What the models used up to the verdict. */
  spent: TokensSpent.exactOptional(),
  /** Where critics spoke about programs: what they said, and what became of the revisions that followed. */
  dialogues: z.array(Dialogue).exactOptional(),
  repairs: z.array(Repair).exactOptional(),
})
export type Evidence = z.infer<typeof Evidence>

/** Names of candidates that are no samples of their own: what was written from parts of others, and what was revised of that. That they behave alike says nothing new. */
export function inheritorsIn({ revisions = [], repairs = [] }: Pick<Evidence, 'revisions' | 'repairs'>): ReadonlySet<string> {
  const inheritors = new Set(revisions.flatMap(({ id, voice }) => (voice === 'inherited' ? [id] : [])))
  // A parent comes before what was revised of it.
  for (const { id, of } of repairs) if (inheritors.has(of)) inheritors.add(id)
  return inheritors
}
