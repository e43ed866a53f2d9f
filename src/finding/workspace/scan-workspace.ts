import { CountersignError } from '../../errors.ts'
import type { Baseline } from '../../records/baseline.ts'
import type { FileCoverage, Finding } from '../../records/finding.ts'
import type { ScanReport, ScanUnknown } from '../../records/scan-report.ts'
import type { Resolve } from '../dependency/registry.ts'
import { agree } from '../sarif/agree.ts'
import { type ForeignScan, together } from '../sarif/foreign.ts'
import { suppress } from '../suppression/suppress.ts'
import type { runTools, ToolRequest } from '../tool/run-tools.ts'
import { askRegistriesFor } from './ask-registries.ts'
import { openBase } from './base.ts'
import { denialsOf, type Policy } from './deny.ts'
import { patternsIn } from './ignore-file.ts'
import { type Split, split, splitByBaseline } from './known.ts'
import { excludingFile, listFiles } from './list.ts'
import { mayLeadInto } from './leading.ts'
import { packagesAround } from './packages.ts'
import type { Workspace } from './root.ts'
import { type ScanFilesOptions, scanFiles } from './scan-files.ts'
import { scanText, type SourceScan } from './scan-source.ts'

export interface ScanWorkspaceOptions extends ScanFilesOptions {
  readonly policy: Policy
  /** The language of files given by name whose names do not tell it. */
  readonly language?: string
  /** Only what is not in this revision is told and can deny. */
  readonly diff?: string
  /** Findings that are known are not told again and do not deny. */
  readonly baseline?: Baseline
  /** Asks registries for the packages that nothing here knows; without it nobody is asked. */
  readonly resolve?: Resolve
  /** What other tools found in the same workspace. */
  readonly foreign?: ForeignScan
  /** Tools to run on what is scanned. */
  readonly tools?: ToolRequest
}

/** Scans files and folders of a workspace and says what denies. Nothing to scan is an error: it looks like a pass and is none. */
export async function scanWorkspace({ root, given }: Workspace, options: ScanWorkspaceOptions): Promise<ScanReport> {
  const base = options.diff === undefined ? undefined : await openBase(root, options.diff)
  const { files: all, skipped } = await listFiles(root, given, base && patternsIn(await base.text(excludingFile)))
  const files = base?.changed(all) ?? all
  const named = new Set(given)
  const packages = packagesAround(root, all)
  const callers = base === undefined ? noCallers : mayLeadInto(root, files, all)
  const sources = [...files, ...callers.paths].map((path) => (options.language !== undefined && named.has(path) ? { path, language: options.language } : { path }))
  const scanned = await scanFiles(root, sources, { ...options, packages, around: all })
  const led = scanned.slice(files.length).flatMap((scan, index) => throughChanged(scan, { path: callers.paths[index] ?? '', changed: files }))
  const { scans, unknown } = await askRegistriesFor([...scanned.slice(0, files.length), ...led], options.resolve)
  const ran = options.tools === undefined ? [] : [await ranTools(options.tools, { root, files })]
  const foreign = together([...ran, ...(options.foreign === undefined ? [] : [options.foreign])])
  const compared: Pick<Reporting, 'wasThere' | 'notes'> = base === undefined ? {} : { wasThere: await base.knowing([...files, ...led.map(({ coverage }) => coverage.path)], packages), notes: [noteOf(base.name, { changed: files.length, all: all.length, callers })] }
  const cut = scans.filter(({ isCut }) => isCut).length
  const notes = [...(compared.notes ?? []), ...(cut === 0 ? [] : [`values were not followed from ${cut} files into others: there are too many`])]
  return report(scans, { ...options, ...compared, notes, foreign, skipped, unknown })
}

const noCallers: ReturnType<typeof mayLeadInto> = { paths: [], isCut: false }

/** Of a file that did not change only what leads through one that did: the rest was there before. */
function throughChanged(scan: SourceScan, { path, changed }: { path: string; changed: readonly string[] }): SourceScan[] {
  const differs = new Set(changed)
  const findings = scan.findings.filter(({ trace }) => trace.some((step) => step.path !== path && differs.has(step.path)))
  return findings.length === 0 ? [] : [{ ...scan, findings }]
}

function noteOf(base: string, { changed, all, callers }: { changed: number; all: number; callers: typeof noCallers }): string {
  const read = callers.paths.length === 0 ? '' : ` but for ${callers.paths.length} that may lead into them`
  return `${changed} of ${all} files differ from ${base}; the others were not read${read}${callers.isCut ? ', and more of those were left out' : ''}`
}

/** Loaded when tools are asked for. */
async function ranTools(...request: Parameters<typeof runTools>): ReturnType<typeof runTools> {
  return (await import('../tool/run-tools.ts')).runTools(...request)
}

/** The same for one text that came without a file. */
export async function scanStandardInput(content: string, options: { path: string; language?: string; policy: Policy; resolve?: Resolve }): Promise<ScanReport> {
  const { scans, unknown } = await askRegistriesFor([await scanText({ kind: 'text', content }, options)], options.resolve)
  return report(scans, { skipped: [], unknown, policy: options.policy })
}

interface Reporting extends Pick<ScanWorkspaceOptions, 'policy' | 'baseline' | 'foreign'> {
  readonly skipped: readonly FileCoverage[]
  readonly unknown?: ScanUnknown[]
  readonly wasThere?: (finding: Finding) => boolean
  readonly notes?: readonly string[]
}

async function report(scans: readonly SourceScan[], { skipped, unknown = [], policy, baseline, wasThere, notes = [], foreign = nothingForeign }: Reporting): Promise<ScanReport> {
  const covered = [...scans.map((scan) => scan.coverage), ...skipped].sort((a, b) => (a.path < b.path ? -1 : 1))
  const theirs = withoutExcluded(foreign, skipped)
  const told = agree(scans.flatMap((scan) => scan.findings), theirs.findings)
  if (!covered.some(isProgram) && told.length === 0 && wasThere === undefined) throw nothingToScan(covered)
  const suppressions = scans.flatMap((scan) => scan.suppressions)
  const { findings: all, suppressed, coverage } = await suppress(told, { suppressions, coverage: covered })
  const { fresh, known: accepted, note } = withoutKnown(all.sort(byPlace), { baseline, coverage })
  const { fresh: findings, known: old } = split(fresh, wasThere ?? (() => false))
  const judged = {
    findings,
    suppressed: [...suppressed, ...theirs.suppressed],
    known: [...accepted, ...old].sort(byPlace),
    coverage,
    unknown: [...unknown, ...theirs.unknown],
    notes: [...notes, ...note, ...theirs.notes],
  }
  return { ...judged, failOn: policy.failOn, denials: denialsOf(judged, policy) }
}

const nothingForeign: ForeignScan = { findings: [], suppressed: [], unknown: [], notes: [] }

/** What is not to be scanned is not to be scanned by others. */
function withoutExcluded(foreign: ForeignScan, skipped: readonly FileCoverage[]): ForeignScan {
  const excluded = new Set(skipped.flatMap((file) => (file.kind === 'skipped' && file.reason.endsWith(excludingFile) ? [file.path] : [])))
  const findings = foreign.findings.filter(({ path }) => !excluded.has(path))
  const left = foreign.findings.length - findings.length
  return { ...foreign, findings, notes: left === 0 ? foreign.notes : [...foreign.notes, `${left} results of other tools lie in files excluded by ${excludingFile}`] }
}

function isProgram(file: FileCoverage): boolean {
  return file.kind === 'incomplete' || (file.kind === 'read' && file.language !== 'text')
}

function withoutKnown(found: Finding[], { baseline, coverage }: { baseline: Baseline | undefined; coverage: readonly FileCoverage[] }): Split & { note: string[] } {
  if (baseline === undefined) return { fresh: found, known: [], note: [] }
  const read = new Set(coverage.flatMap((file) => (file.kind === 'read' ? [file.path] : [])))
  const { gone, ...parts } = splitByBaseline(found, { baseline, read })
  return { ...parts, note: gone === 0 ? [] : [`${gone} entries of the baseline are found no more; write it again, lest they come back unseen`] }
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
