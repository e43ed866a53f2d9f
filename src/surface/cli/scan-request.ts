import { homedir } from 'node:os'
import { join } from 'node:path'
import { CountersignError } from '../../errors.ts'
import type { Resolve } from '../../index.ts'
import type { FailOn, ScanReport } from '../../records/scan-report.ts'
import { denialsOf, type Policy, scanStandardInput, scanWorkspace, workspaceOf } from '../../scan.ts'
import { readText } from './input.ts'
import { interruptible } from './interruption.ts'
import { readLanguage } from './language.ts'
import type { Output } from './output.ts'
import { ProgressLine } from './progress-line.ts'

/** What is to be scanned, and against what: the options of the command that say so. */
export interface ScanRequest {
  lang?: string
  diff?: string
  baseline?: string
  writeBaseline?: boolean
  sarif?: string[]
  with?: string
  failOn: FailOn
  strict?: boolean
  allowUnknown?: boolean
  resolve?: boolean
}

/** Fewer files are read before anybody could wonder. */
const worthProgress = 300

/** Scans what the options ask for; with `--write-baseline` what is found is written down and known from then on. */
export async function scanRequested(paths: readonly string[], request: ScanRequest, output: Output): Promise<{ report: ScanReport; root: string }> {
  const { baseline, writeBaseline: writes = false } = request
  if (writes && baseline === undefined) throw new CountersignError('INPUT_INVALID', '--write-baseline needs --baseline FILE, the file to write')
  const policy: Policy = { failOn: request.failOn, allowUnknown: request.allowUnknown === true, strict: request.strict === true }
  const { report, root } = await (paths.includes('-') ? scanInput(paths, request, policy) : scanPaths(paths, request, { policy, output }))
  if (!writes || baseline === undefined) return { report, root }
  const { writeBaseline } = await import('./baseline.ts')
  writeBaseline(baseline, report.findings)
  output.say(`${report.findings.length} findings written to ${baseline}`)
  return { report: accepted(report, policy), root }
}

async function scanInput(paths: readonly string[], request: ScanRequest, policy: Policy): Promise<{ report: ScanReport; root: string }> {
  const only = ['diff', 'baseline', 'sarif', 'with'].filter((name) => name in request)
  if (paths.length > 1 || only.length > 0) throw new CountersignError('INPUT_INVALID', 'standard input (-) is scanned by itself, without other paths, --diff, --baseline, --sarif and --with')
  const content = readText('-')
  const report = await interruptible(async (signal) => scanStandardInput(content, { path: 'stdin', ...languageOf(request), ...(await registriesOf(request, signal)), policy }))
  return { report, root: process.cwd() }
}

async function scanPaths(paths: readonly string[], request: ScanRequest, { policy, output }: { policy: Policy; output: Output }): Promise<{ report: ScanReport; root: string }> {
  const { diff, baseline, writeBaseline: writes } = request
  const compared = {
    ...(diff !== undefined && { diff }),
    ...(baseline !== undefined && writes !== true && { baseline: (await import('./baseline.ts')).readBaseline(baseline) }),
  }
  const tools = request.with === undefined ? {} : { tools: { names: namesIn(request.with), searchPath: process.env['PATH'] ?? '' } }
  const workspace = await workspaceOf(process.cwd(), paths.length === 0 ? ['.'] : paths)
  const foreign = request.sarif === undefined ? {} : { foreign: await (await import('./sarif-files.ts')).readSarifFiles(request.sarif, workspace.root) }
  const progress = new ProgressLine(output)
  const onProgress = (done: number, total: number) => total >= worthProgress && progress.update({ doing: 'scanning', done, total })
  try {
    const report = await interruptible(async (signal) =>
      scanWorkspace(workspace, { ...languageOf(request), ...compared, ...tools, ...foreign, ...(await registriesOf(request, signal)), policy, signal, onProgress }),
    )
    return { report, root: workspace.root }
  } finally {
    progress.close()
  }
}

function accepted(report: ScanReport, policy: Policy): ScanReport {
  const known = { ...report, findings: [], known: [...report.known, ...report.findings] }
  return { ...known, denials: denialsOf(known, policy) }
}

/** The registries of the user's own clients. What the scanned folder says of registries is not asked: it could send the user's tokens anywhere. */
async function registriesOf({ resolve }: ScanRequest, signal: AbortSignal): Promise<{ resolve?: Resolve }> {
  if (resolve !== true) return {}
  const [{ askRegistries, rememberRegistries }, { configurationFor }] = await Promise.all([import('../../index.ts'), import('./options.ts')])
  const { folder } = configurationFor({}).configuration.store
  return { resolve: rememberRegistries(askRegistries({ folder: homedir(), signal }), { file: join(folder, 'registries.json') }) }
}

function namesIn(list: string): string[] {
  return list.split(',').map((name) => name.trim().toLowerCase())
}

function languageOf({ lang }: ScanRequest): { language?: string } {
  return lang === undefined ? {} : { language: readLanguage(lang) }
}
