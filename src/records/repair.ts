import { z } from 'zod'
import { Digest } from './digest.ts'

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
  parent: Digest,
  child: Digest.exactOptional(),
  /** Outer round, from 1. */
  round: z.int().min(1),
  stage: z.enum(['pre-emptive', 'post-hoc']),
  /** The model that wrote it, as `driver/name`. */
  actor: z.string(),
  prompt: Digest,
  /** All that evidence shows of its parent. */
  targets: z.array(RepairTarget),
  /** Those of them that are gone. */
  mended: z.array(RepairTarget),
  fate: z.enum(['accepted', 'refused']),
  /** Empty where it was accepted. */
  objections: z.array(Objection),
})
export type Repair = z.infer<typeof Repair>
