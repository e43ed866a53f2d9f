import { z } from 'zod'
import { Digest } from './digest.ts'
import { FindingCount } from './finding.ts'
import { Language } from './language.ts'
import { TestTally } from './score.ts'

/** A sub-module that passed, kept for later tasks. All text in it is untrusted. */
export const KeptModule = z.strictObject({
  /** Digest of the canonical form of its code. */
  digest: Digest,
  language: Language,
  name: z.string().min(1),
  code: z.string().min(1),
  /** What its program did on the tests of its task. */
  tests: TestTally,
  /** What was found in it, worst first. */
  findings: z.array(FindingCount),
  /** Programs of later tasks that were chosen and hold it. */
  uses: z.int().min(0),
  /** The task that it was written for, and the beginning of what that asks. */
  source: z.strictObject({ task: Digest, instruction: z.string() }),
})
export type KeptModule = z.infer<typeof KeptModule>
