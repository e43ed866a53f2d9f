import { z } from 'zod'
import { Digest } from './digest.ts'
import { Confidence, Severity, Tier } from './finding.ts'

/** Findings that are known and accepted for now, by what stays the same when lines move, and as bad as they were then: what got worse is new. */
export const Baseline = z.strictObject({
  version: z.literal(1),
  findings: z.array(z.strictObject({ path: z.string().min(1), rule: z.string().min(1), fingerprint: Digest, severity: Severity.exactOptional(), confidence: Confidence.exactOptional(), tier: Tier.exactOptional() })),
})
export type Baseline = z.infer<typeof Baseline>
