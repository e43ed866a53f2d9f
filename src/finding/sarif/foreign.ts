import type { Finding } from '../../records/finding.ts'
import type { ScanUnknown, SuppressedFinding } from '../../records/scan-report.ts'

/** What another tool found, in our words. What of it could not be used is `unknown`: it may have been the worst of all. */
export interface ForeignScan {
  readonly findings: Finding[]
  readonly suppressed: SuppressedFinding[]
  readonly unknown: ScanUnknown[]
  readonly notes: string[]
}

/** Several logs as one, in their order. */
export function together(scans: readonly ForeignScan[]): ForeignScan {
  return {
    findings: scans.flatMap(({ findings }) => findings),
    suppressed: scans.flatMap(({ suppressed }) => suppressed),
    unknown: scans.flatMap(({ unknown }) => unknown),
    notes: scans.flatMap(({ notes }) => notes),
  }
}
