import { CountersignError } from '../../errors.ts'
import type { FileCoverage, Finding } from '../../records/finding.ts'
import type { ScanReport } from '../../records/scan-report.ts'
import { suppress } from '../suppression/suppress.ts'
import { denialsOf, type Policy } from './deny.ts'
import { listFiles } from './list.ts'
import { packagesAround } from './packages.ts'
import type { Workspace } from './root.ts'
import { type ScanFilesOptions, scanFiles } from './scan-files.ts'
import { scanText, type SourceScan } from './scan-source.ts'

export interface ScanWorkspaceOptions extends ScanFilesOptions {
  readonly policy: Policy
  /** The language of files given by name whose names do not tell it. */
  readonly language?: string
}

/** Scans files and folders of a workspace and says what denies. Nothing to scan is an error: it looks like a pass and is none. */
export async function scanWorkspace({ root, given }: Workspace, options: ScanWorkspaceOptions): Promise<ScanReport> {
  const { files, skipped } = await listFiles(root, given)
  const named = new Set(given)
  const sources = files.map((path) => (options.language !== undefined && named.has(path) ? { path, language: options.language } : { path }))
  const scans = await scanFiles(root, sources, { ...options, packages: packagesAround(root, files) })
  return report(scans, { skipped, policy: options.policy })
}

/** The same for one text that came without a file. */
export async function scanStandardInput(content: string, options: { path: string; language?: string; policy: Policy }): Promise<ScanReport> {
  const scan = await scanText({ kind: 'text', content }, options)
  return report([scan], { skipped: [], policy: options.policy })
}

function report(scans: readonly SourceScan[], { skipped, policy }: { skipped: readonly FileCoverage[]; policy: Policy }): ScanReport {
  const coverage = [...scans.map((scan) => scan.coverage), ...skipped].sort((a, b) => (a.path < b.path ? -1 : 1))
  if (!coverage.some(isProgram) && scans.every(({ findings }) => findings.length === 0)) throw nothingToScan(coverage)
  const suppressions = scans.flatMap((scan) => scan.suppressions)
  const { findings, suppressed } = suppress(scans.flatMap((scan) => scan.findings), { suppressions, coverage })
  const judged = { findings: findings.sort(byPlace), suppressed, known: [], coverage, unknown: [], notes: [] }
  return { ...judged, failOn: policy.failOn, denials: denialsOf(judged, policy) }
}

function isProgram(file: FileCoverage): boolean {
  return file.kind === 'incomplete' || (file.kind === 'read' && file.language !== 'text')
}

function byPlace(a: Finding, b: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return a.span.start - b.span.start || (a.rule < b.rule ? -1 : 1)
}

function nothingToScan(coverage: readonly FileCoverage[]): CountersignError {
  const [first] = coverage
  const reason = first?.kind === 'skipped' ? first.reason : 'text, and no secret in it'
  const why = first === undefined ? ': no file is there' : `: of ${coverage.length} files none is a program that can be read (${first.path}: ${reason})`
  return new CountersignError('INPUT_INVALID', `there is nothing to scan${why}; give files or folders, and --lang for names that tell no language`)
}
