import { z } from 'zod'
import { Digest } from './digest.ts'
import { FindingCount } from './finding.ts'

/** How many tests of one kind passed, failed, or stayed unknown (unsupported here, or never tried). `idle`: what passed and what doing nothing passes too, which is no pass. */
export const TestTally = z.strictObject({ passed: z.int().min(0), failed: z.int().min(0), unknown: z.int().min(0), idle: z.int().min(1).exactOptional() })
export type TestTally = z.infer<typeof TestTally>

/**
 * Everything known of one distinct candidate that the ranking looks at, in the order of evidence of the design (law 2). A component
 * that is not known is absent, never zero.
 */
export const Score = z.strictObject({
  /** Content digest of the candidate; `ids` are all proposals with that content (or the same canonical form), first one first. */
  candidate: Digest,
  ids: z.array(z.string()).min(1),
  /** Absent where the language has no parser here. */
  parses: z.boolean().exactOptional(),
  /** Why the candidate was rejected before it ran. */
  rejected: z.string().exactOptional(),
  /** `clear` only where every file was read to its end and nothing is as bad as the floor forbids; `unknown` where something was left unread. */
  floor: z.enum(['clear', 'below', 'unknown']),
  /** What the scan found, worst first; absent where nothing was scanned. */
  findings: z.array(FindingCount).exactOptional(),
  /** The task's and the user's tests: those judged outside the candidate's process, and the weaker ones inside it. */
  publicTests: z.strictObject({ outside: TestTally, inProcess: TestTally }),
  /** Share of the evidence weight that agrees with this candidate's behaviour, 0 to 1. */
  agreement: z.number().min(0).max(1).exactOptional(),
  /** Names that it uses and nothing in it defines. */
  undefinedNames: z.int().min(0).exactOptional(),
  /** Log-probability both ways (Coder-Reviewer), in nats. */
  likelihood: z.number().exactOptional(),
  /** The critics' opinion, -1 to 1. */
  opinion: z.number().min(-1).max(1).exactOptional(),
  /** Type errors (TypeScript). */
  typeErrors: z.int().min(0).exactOptional(),
  /** Places where it raises or throws. */
  refusals: z.int().min(0).exactOptional(),
  /** Share of the words that the task expects (`Screening.quoted`) which stand in it. */
  quoted: z.number().min(0).max(1).exactOptional(),
  /** The behaviour cluster, by position in the verdict's `clusters`. */
  cluster: z.int().min(0).exactOptional(),
})
export type Score = z.infer<typeof Score>
