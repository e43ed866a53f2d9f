import { z } from 'zod'
import { Digest } from './digest.ts'
import { Confidence, Severity } from './finding.ts'
import { Message } from './prompt.ts'
import { Objection, RepairTarget } from './repair.ts'
import { TestOutcome } from './test.ts'

/** What was seen that puts one program before another. Neither likelihood nor what anybody said is ever part of it. */
export const Separation = z.discriminatedUnion('kind', [
  /** A test of the task or the user that the chosen program passes and the rejected one does not. */
  z.strictObject({ kind: z.literal('test'), text: z.string(), outcome: TestOutcome }),
  /** A weakness below the security floor in the rejected program; the chosen one is clear of the floor. */
  z.strictObject({
    kind: z.literal('finding'),
    rule: z.string(),
    cwe: z.int().min(1).exactOptional(),
    severity: Severity,
    confidence: Confidence,
    path: z.string(),
    line: z.int().min(1),
    message: z.string(),
  }),
  /** A revision that was refused, with what spoke against it; its parent is the chosen program. */
  z.strictObject({ kind: z.literal('refused-revision'), id: z.string(), objections: z.array(Objection).min(1) }),
  /** A revision that was accepted, with what it mended; its parent is the rejected program. */
  z.strictObject({ kind: z.literal('accepted-revision'), id: z.string(), mended: z.array(RepairTarget).min(1) }),
])
export type Separation = z.infer<typeof Separation>

/** Where a line of an export comes from. */
export const Provenance = z.strictObject({
  run: z.string(),
  task: Digest,
  /** Content digests of the programs as they ran. */
  chosen: Digest,
  rejected: Digest.exactOptional(),
  /** As `driver/name`; programs that nobody's model wrote here have none. */
  model: z.string().exactOptional(),
  strategy: z.string(),
  seed: z.int(),
  /** Absent where the run ended before its verdict. */
  verdict: Digest.exactOptional(),
  /** What recorded the run, e.g. `countersign 0.1.0`. */
  tool: z.string(),
  /** Who may use a program is for those to say who own the model, the task and what the model learnt from. */
  licence: z.literal('unknown'),
  /** Something that looks like a secret was replaced: the text is no longer the program to the letter. */
  redacted: z.literal(true).exactOptional(),
})
export type Provenance = z.infer<typeof Provenance>

const text = z.string().min(1)
const messages = z.array(Message).min(1)

/** A line of `export --format dpo`: the columns of a preference data set, as text or (`--chat`) as messages. */
export const PreferencePair = z.strictObject({
  prompt: z.union([text, messages]),
  chosen: z.union([text, messages]),
  rejected: z.union([text, messages]),
  reason: z.array(Separation).min(1),
  provenance: Provenance,
})
export type PreferencePair = z.infer<typeof PreferencePair>

/** A line of `export --format sft`: a program that met the bar, as prompt and completion or (`--chat`) as messages. */
export const VerifiedSolution = z.union([
  z.strictObject({ prompt: text, completion: text, provenance: Provenance }),
  z.strictObject({ messages, provenance: Provenance }),
])
export type VerifiedSolution = z.infer<typeof VerifiedSolution>
