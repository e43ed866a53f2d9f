import { z } from 'zod'
import { Candidate } from './candidate.ts'
import { Digest } from './digest.ts'
import { Execution } from './execution.ts'
import { CandidateScan } from './finding.ts'
import { Screening } from './screening.ts'

/** Everything that was seen of one program. Whatever is absent was not seen, and counts against a revision. */
export const Examined = z.strictObject({ candidate: Candidate, screening: Screening, scan: CandidateScan.exactOptional(), execution: Execution.exactOptional() })
export type Examined = z.infer<typeof Examined>

/** What a repair may mend, as evidence shows it: a finding of its parent, or a test that somebody vouches for and that its parent fails. */
export const RepairTarget = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('finding'),
    rule: z.string().min(1),
    cwe: z.int().min(1).exactOptional(),
    path: z.string().min(1),
    line: z.int().min(1),
    fingerprint: Digest,
  }),
  z.strictObject({ kind: z.literal('test'), /** Its position in the task. */ test: z.int().min(0), text: z.string() }),
])
export type RepairTarget = z.infer<typeof RepairTarget>

/** Why a repair is not accepted (INDICT and methods §4): by what was looked at, and what was seen there. */
export const Objection = z.strictObject({
  check: z.enum(['program', 'changed', 'parses', 'read', 'addressed', 'new-finding', 'tests', 'test-files', 'behaviour']),
  detail: z.string().min(1),
})
export type Objection = z.infer<typeof Objection>

/**
 * A revision that was written because of what was wrong with its parent, and what became of it. Accepted, it stands in its parent's place; refused, the parent stays. `child` is absent
 * where the answer held no program that could be looked at.
 */
export const Repair = z.strictObject({
  /** The name of the revision, and of the program that it is a revision of. */
  id: z.string().min(1),
  of: z.string().min(1),
  parent: Digest,
  child: Examined.exactOptional(),
  /** Outer round, from 1. */
  round: z.int().min(1),
  stage: z.enum(['pre-emptive', 'post-hoc']),
  /** The model that was asked to write it, as `driver/name`. */
  actor: z.string(),
  prompt: Digest.exactOptional(),
  /** All that evidence shows of its parent. */
  targets: z.array(RepairTarget),
  /** Those of them that are gone. */
  mended: z.array(RepairTarget),
  fate: z.enum(['accepted', 'refused']),
  /** Empty where it was accepted. */
  objections: z.array(Objection),
})
export type Repair = z.infer<typeof Repair>
