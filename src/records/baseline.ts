import { z } from 'zod'
import { Digest } from './digest.ts'

/** Findings that are known and accepted for now, by what stays the same when lines move. */
export const Baseline = z.strictObject({
  version: z.literal(1),
  findings: z.array(z.strictObject({ path: z.string().min(1), rule: z.string().min(1), fingerprint: Digest })),
})
export type Baseline = z.infer<typeof Baseline>
