import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../records/finding.ts'
import type { FixReport } from '../../records/scan-report.ts'
import { fixesOf } from '../fix/fixes.ts'
import { fixFile, type FixedFile, withFixes } from '../fix/fix-file.ts'
import { languageOfScript } from '../language-name.ts'
import { packagesAround } from './packages.ts'
import { readSource } from './read-source.ts'
import { replaceFile } from './replace-file.ts'
import type { Workspace } from './root.ts'

export interface FixWorkspaceOptions {
  readonly unsafe?: boolean
  /** Nothing is written. */
  readonly dryRun?: boolean
  /** Each finding is to carry the fix that would mend it alone; takes as long again. Only when nothing is written. */
  readonly suggest?: boolean
  /** The language of files given by name whose names do not tell it. */
  readonly language?: string
  readonly signal?: AbortSignal
}

/** A file before and after its fixes. */
export interface FileChange {
  readonly path: string
  readonly before: string
  readonly after: string
}

export interface FixedWorkspace {
  readonly report: FixReport
  readonly changes: readonly FileChange[]
  /** The findings given, with their fixes where those were asked for. */
  readonly findings: readonly Finding[]
}

/** Mends findings in the files of a workspace. Each file is written whole, if it still holds what was read, or is left as it is. */
export async function fixWorkspace(
  { root, given }: Workspace,
  findings: readonly Finding[],
  options: FixWorkspaceOptions = {},
): Promise<FixedWorkspace> {
  const byPath = Map.groupBy(
    findings.filter(({ rule, tool }) => tool === undefined && fixesOf(rule).length > 0),
    ({ path }) => path,
  )
  const packages = packagesAround(root, [...byPath.keys()])
  const report: FixReport = { dryRun: options.dryRun === true, applied: [], refused: [] }
  const changes: FileChange[] = []
  const suggested = new Map<Finding, Finding>()
  for (const [path, inFile] of byPath) {
    options.signal?.throwIfAborted()
    const named = given.includes(path) ? options.language : undefined
    const source = readText(root, path)
    if (source.kind === 'unread') {
      report.refused.push(...inFile.map((finding) => ({ ...placeOf(finding), reason: source.reason })))
      continue
    }
    const language = named ?? languageOfScript(source.content)
    const scanning = { packages, ...(language !== undefined && { language }) }
    const file = { path, content: source.content }
    const fixed = await fixFile(file, inFile, { ...scanning, unsafe: options.unsafe === true })
    if (report.dryRun && options.suggest === true)
      for (const [i, finding] of (await withFixes(file, inFile, scanning)).entries()) suggested.set(inFile[i]!, finding)
    const obstacle =
      report.dryRun || fixed.applied.length === 0
        ? undefined
        : replaceFile(root, path, { before: source.bytes, after: source.encode(fixed.content) })
    if (obstacle === undefined && fixed.applied.length > 0) changes.push({ path, before: source.content, after: fixed.content })
    record(report, fixed, obstacle)
  }
  return { report, changes, findings: findings.map((finding) => suggested.get(finding) ?? finding) }
}

function record(report: FixReport, { applied, refused }: FixedFile, obstacle: string | undefined): void {
  for (const { finding, fix } of applied) {
    if (obstacle === undefined) report.applied.push({ ...placeOf(finding), title: fix.title, behaviour: fix.behaviour })
    else report.refused.push({ ...placeOf(finding), reason: obstacle })
  }
  report.refused.push(
    ...refused.map(({ finding, reason, offered }) => ({
      ...placeOf(finding),
      reason,
      ...(offered !== undefined && { offered: offered.title }),
    })),
  )
}

function placeOf({ rule, path, span }: Finding): { rule: string; path: string; line: number } {
  return { rule, path, line: span.line }
}

type Text =
  { kind: 'text'; content: string; bytes: Uint8Array; encode: (content: string) => Uint8Array } | { kind: 'unread'; reason: string }

/** A file whose text can be written back byte for byte. */
function readText(root: string, path: string): Text {
  const source = readSource(join(root, path))
  if (source.kind === 'unread') return { kind: 'unread', reason: source.reason }
  const bytes = readFileSync(join(root, path))
  const encodings = [(content: string) => Buffer.from(content), (content: string) => Buffer.from(`\uFEFF${content}`)]
  const encode = encodings.find((one) => bytes.equals(one(source.content)))
  return encode === undefined
    ? { kind: 'unread', reason: 'the file is not UTF-8' }
    : { kind: 'text', content: source.content, bytes, encode }
}
