import { z } from 'zod'
import { FileCoverage, Finding } from './finding.ts'

/** A finding that a comment beside the code answers for. */
export const SuppressedFinding = z.strictObject({ finding: Finding, reason: z.string().min(1) })
export type SuppressedFinding = z.infer<typeof SuppressedFinding>

/** Something that was asked for and is not known; it never counts as nothing found. */
export const ScanUnknown = z.strictObject({ what: z.string().min(1), detail: z.string().min(1) })
export type ScanUnknown = z.infer<typeof ScanUnknown>

/** Which findings deny: `block` is a vulnerability of at least high severity and high confidence; a severity or a tier denies at and above it. */
export const FailOn = z.enum(['block', 'critical', 'high', 'medium', 'low', 'vulnerability', 'hygiene', 'never'])
export type FailOn = z.infer<typeof FailOn>

/**
 * What a scan of a workspace found, and how far it could look; paths are relative to the workspace. `known` are the findings that the baseline
 * or the base revision has already. `denials` says why the exit code is not 0; with none it is.
 */
export const ScanReport = z.strictObject({
  findings: z.array(Finding),
  suppressed: z.array(SuppressedFinding),
  known: z.array(Finding),
  coverage: z.array(FileCoverage),
  unknown: z.array(ScanUnknown),
  notes: z.array(z.string()),
  failOn: FailOn,
  denials: z.array(z.string()),
})
export type ScanReport = z.infer<typeof ScanReport>
