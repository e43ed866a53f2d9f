// What scanning needs, without models, sandboxes and rules of languages that nobody gave: a tenth of a second less than `index.ts` to load.
export { scan } from './finding/scan.ts'
export type { ScanOptions } from './finding/scan.ts'
export { denialsOf, denies } from './finding/workspace/deny.ts'
export type { Policy } from './finding/workspace/deny.ts'
export { workspaceOf } from './finding/workspace/root.ts'
export { scanStandardInput, scanWorkspace } from './finding/workspace/scan-workspace.ts'
export type { Finding, Scan } from './records/finding.ts'
export type { ScanReport } from './records/scan-report.ts'
