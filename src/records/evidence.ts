import { z } from 'zod'
import { Candidate } from './candidate.ts'
import { Execution } from './execution.ts'
import { CandidateScan } from './finding.ts'
import { GeneratedInput } from './input.ts'
import { Screening } from './screening.ts'
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
})
export type Evidence = z.infer<typeof Evidence>
