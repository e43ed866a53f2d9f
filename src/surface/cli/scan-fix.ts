import { relative } from 'node:path'
import { join } from 'node:path'
import { CountersignError } from '../../errors.ts'
import type { FileChange } from '../../index.ts'
import type { FixReport, ScanReport } from '../../records/scan-report.ts'
import { workspaceOf } from '../../scan.ts'
import { interruptible } from './interruption.ts'
import { readLanguage } from './language.ts'
import type { Colors, Output } from './output.ts'
import { type ScanRequest, scanRequested } from './scan-request.ts'
import { commandless } from './scan-text.ts'
import { plain } from './text.ts'
import { unifiedDiff } from './unified-diff.ts'

export interface FixRequest extends ScanRequest {
  fix?: boolean
  unsafeFixes?: boolean
  dryRun?: boolean
  json?: boolean
  format?: string
}

export interface FixedScan {
  readonly report: ScanReport
  readonly root: string
  readonly changes: readonly FileChange[]
}

/** Refused places named one by one before the rest is only counted; `--json` names all. */
const mostNamed = 20

/** A scan, and with `--fix` what is left of it after its fixes. */
export async function scanAndFix(paths: readonly string[], request: FixRequest, output: Output): Promise<FixedScan> {
  const { fix = false, unsafeFixes = false, dryRun = false } = request
  if (!fix && (unsafeFixes || dryRun))
    throw new CountersignError('INPUT_INVALID', `--${dryRun ? 'dry-run' : 'unsafe-fixes'} says how to --fix, which was not asked for`)
  if (fix && (paths.includes('-') || request.writeBaseline === true))
    throw new CountersignError('INPUT_INVALID', '--fix changes files: it goes neither with standard input nor with --write-baseline')
  const { report, root } = await scanRequested(paths, request, output)
  if (!fix) return { report, root, changes: [] }
  const { fixWorkspace } = await import('../../index.ts')
  const workspace = await workspaceOf(process.cwd(), paths.length === 0 ? ['.'] : paths)
  const spoken = request.lang === undefined ? {} : { language: readLanguage(request.lang) }
  const fixed = await interruptible((signal) =>
    fixWorkspace(workspace, report.findings, {
      unsafe: unsafeFixes,
      dryRun,
      suggest: request.json === true || request.format === 'json' || request.format === 'sarif',
      signal,
      ...spoken,
    }),
  )
  if (dryRun || fixed.changes.length === 0)
    return { report: { ...report, findings: [...fixed.findings], fixes: fixed.report }, root, changes: fixed.changes }
  const after = await scanRequested(paths, request, output)
  return { report: { ...after.report, fixes: fixed.report }, root, changes: fixed.changes }
}

/** What was changed, or would be, and what was left and why. */
export function renderFixes({ report: { fixes }, root, changes }: FixedScan, colors: Colors): string {
  if (fixes === undefined) return ''
  const { dryRun, applied, refused } = fixes
  const place = ({ path, line }: { path: string; line: number }) =>
    commandless(`${relative(process.cwd(), join(root, path)) || path}:${line}`)
  const done = applied.map(
    (fix) => `${colors.green(dryRun ? 'would fix' : 'fixed')}  ${place(fix)}  ${fix.rule}  ${commandless(fix.title)} (${fix.behaviour})`,
  )
  const left = refused
    .slice(0, mostNamed)
    .map(
      (one) =>
        `${colors.yellow('not fixed')}  ${place(one)}  ${one.rule}  ${commandless(one.reason)}${one.offered === undefined ? '' : `: ${commandless(one.offered)}`}`,
    )
  const more = refused.length > mostNamed ? [`… and ${refused.length - mostNamed} more not fixed (--json names them)`] : []
  const diffs = dryRun ? changes.map(({ path, before, after }) => plain(unifiedDiff(path, { before, after }))) : []
  return [...diffs, ...[...done, ...left, ...more, summary(fixes)].map((line) => `${line}\n`), '\n'].join('')
}

function summary({ dryRun, applied, refused }: FixReport): string {
  const offered = refused.filter((one) => one.offered !== undefined).length
  const hint = offered === 0 ? '' : `; --unsafe-fixes fixes ${offered} of them`
  return `${applied.length} ${dryRun ? 'would be fixed, nothing was written' : 'fixed'}, ${refused.length} left${hint}`
}
