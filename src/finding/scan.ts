import type { ChangedFile } from '../records/candidate.ts'
import type { FileCoverage, Finding, Scan } from '../records/finding.ts'
import { loadSyntax, parse } from '../syntax/tree.ts'
import { analyse } from './engine/analyse.ts'
import { frontendFor } from './frontend/frontends.ts'
import { withoutMarkdown } from './frontend/markdown.ts'
import { languageNamed } from './language-name.ts'
import { registryFor } from './registries.ts'
import { findingsOf } from './report.ts'
import { findSecrets } from './secret/find-secrets.ts'
import { withSecrets } from './secret/with-secrets.ts'

export interface ScanOptions {
  /** The language of files whose names do not tell. */
  readonly language?: string
}

/**
 * Reads files for what is wrong in them. Whatever the files hold, this answers: what could not be read, or not to its end, is in the
 * coverage, and says nothing about the absence of findings.
 */
export async function scan(files: readonly ChangedFile[], options: ScanOptions = {}): Promise<Scan> {
  await loadSyntax()
  const scans: ReturnType<typeof scanFile>[] = []
  for (const file of files) {
    const { findings, coverage } = scanFile(file, options)
    scans.push({ findings: withSecrets(findings, await findSecrets(file)), coverage })
  }
  return { findings: scans.flatMap(({ findings }) => findings), coverage: scans.map(({ coverage }) => coverage) }
}

function scanFile({ path, content }: ChangedFile, options: ScanOptions): { findings: Finding[]; coverage: FileCoverage } {
  const frontend = frontendFor(path) ?? frontendFor(path, options.language ?? '')
  if (frontend === undefined) return notRead(path)
  if (content.includes('\0')) return skipped(path, 'binary')
  const { text, shift } = frontend.prepare(isProgram(path, content) ? content : withoutMarkdown(content))
  const { language } = frontend
  const parsed = parse(language, text)
  if (parsed.kind === 'too-large')
    return { findings: [], coverage: { kind: 'incomplete', path, language, reason: `too large: ${parsed.bound} beyond ${parsed.limit}` } }
  const { hits, incomplete } = analyse(frontend.lower(parsed.root, text), { text, registry: registryFor(language) })
  const findings = findingsOf(hits, { path, text: content, shift })
  if (incomplete !== undefined) return { findings, coverage: { kind: 'incomplete', path, language, reason: incomplete } }
  return { findings, coverage: { kind: 'read', path, language, parseErrors: parsed.errors } }
}

/** A program by its name is one as it stands: fences inside its texts must not hide what is around them. */
function isProgram(path: string, content: string): boolean {
  return frontendFor(path) !== undefined && !/^\s*(?:```|~~~)/.test(content)
}

function notRead(path: string): { findings: Finding[]; coverage: FileCoverage } {
  const language = languageNamed(path)
  if (language === undefined) return skipped(path, 'not a program in a language known here: read for secrets only')
  return { findings: [], coverage: { kind: 'skipped', path, language, reason: `no front end for ${language}: read for secrets only` } }
}

function skipped(path: string, reason: string): { findings: Finding[]; coverage: FileCoverage } {
  return { findings: [], coverage: { kind: 'skipped', path, reason } }
}
