import { z } from 'zod'
import { FileCoverage, Finding, FixBehaviour } from './finding.ts'
import { failOns } from './names.ts'

/** A finding that a comment beside the code answers for. */
export const SuppressedFinding = z.strictObject({ finding: Finding, reason: z.string().min(1) })
export type SuppressedFinding = z.infer<typeof SuppressedFinding>

/** Something that was asked for and is not known; it never counts as nothing found. */
export const ScanUnknown = z.strictObject({ what: z.string().min(1), detail: z.string().min(1) })
export type ScanUnknown = z.infer<typeof ScanUnknown>

export const FailOn = z.enum(failOns)
export type FailOn = z.infer<typeof FailOn>

/** A finding that was mended, or that `--dry-run` would mend; places are those of the file when its turn came. */
export const AppliedFix = z.strictObject({ rule: z.string().min(1), path: z.string().min(1), line: z.int().min(1), title: z.string().min(1), behaviour: FixBehaviour })
export type AppliedFix = z.infer<typeof AppliedFix>

/** A finding of a rule with a fix that was left as it is; `offered` is the fix that would be made if it were let to change the program. */
export const RefusedFix = z.strictObject({ rule: z.string().min(1), path: z.string().min(1), line: z.int().min(1), reason: z.string().min(1), offered: z.string().min(1).exactOptional() })
export type RefusedFix = z.infer<typeof RefusedFix>

/** What fixing came to. With `dryRun` nothing was written. */
export const FixReport = z.strictObject({ dryRun: z.boolean(), applied: z.array(AppliedFix), refused: z.array(RefusedFix) })
export type FixReport = z.infer<typeof FixReport>

/**
 * What a scan of a workspace found, and how far it could look; paths are relative to the workspace. `known` are the findings that the baseline
 * or the base revision has already. `denials` says why the exit code is not 0; with none it is. `fixes` is there where fixes were asked for, and all
 * else then tells of the files after them.
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
  fixes: FixReport.exactOptional(),
})
export type ScanReport = z.infer<typeof ScanReport>
