import type { ChangedFile } from '../records/candidate.ts'
import type { FileCoverage, Finding, HiddenPlace, Scan } from '../records/finding.ts'
import type { Language } from '../records/language.ts'
import { loadSyntax, parse } from '../syntax/tree.ts'
import { findAskedFor, findDependencies } from './dependency/find-dependencies.ts'
import { importsIn } from './dependency/import.ts'
import { Files, type Surroundings } from './beside.ts'
import { type Packages, packagesOf } from './dependency/manifest.ts'
import { analyse } from './engine/analyse.ts'
import type { Registry } from './engine/registry.ts'
import type { Frontend } from './frontend/frontend.ts'
import { frontendOf } from './frontend/frontends.ts'
import { hiding } from './hidden.ts'
import type { Program as Lowered } from './ir/statement.ts'
import { languageNamed } from './language-name.ts'
import { registriesFor } from './registries.ts'
import { spanReader } from './position.ts'
import { programOf } from './program.ts'
import { findingsOf } from './report.ts'
import { findSecrets, longestSearched } from './secret/find-secrets.ts'
import { withSecrets } from './secret/with-secrets.ts'
import { isTextNamed } from './text-name.ts'

export interface ScanOptions {
  /** The language of files whose names do not tell. */
  readonly language?: string
  /** What the project says of its packages; without it, what the files themselves say. */
  readonly packages?: Packages
}

/**
 * Reads files for what is wrong in them. Whatever the files hold, this answers: what could not be read, or not to its end, is in the
 * coverage, and says nothing about the absence of findings.
 */
export async function scan(given: readonly ChangedFile[], options: ScanOptions = {}): Promise<Scan> {
  // Half a character has no digest; what stands for it is as long.
  const files = given.map((file) => ({ ...file, content: file.content.toWellFormed() }))
  const { language, packages = packagesOf(files) } = options
  const languages = new Set(files.flatMap(({ path }) => frontendOf(path, language)?.language ?? []))
  const [registries] = await Promise.all([registriesFor(languages), loadSyntax(languages)])
  const others = files.length > 1 ? new Files(files) : undefined
  const optionsFor = (file: ChangedFile, position: number, follow: boolean): FileOptions => ({
    packages,
    registries,
    beside: others?.around(file.path, { follow }),
    // The language is that of the program; what lies beside it and is no program by its name is none.
    language: position > 0 && isNoProgramOf(language, file.path) ? undefined : language,
  })
  const alone = files.map((file, position) => scanFile(file, optionsFor(file, position, false)))
  for (const [position, { isAttacked }] of alone.entries()) if (isAttacked) others?.attack(files[position]?.path ?? '')
  const scans: Scan[] = []
  for (const [position, file] of files.entries()) {
    const { findings, coverage } = (others?.matterTo(file.path) === true ? undefined : alone[position]) ?? scanFile(file, optionsFor(file, position, true))
    scans.push({ findings: withSecrets([...findings, ...findAskedFor(file, packages)], await findSecrets(file)), coverage: [coverage] })
  }
  return { findings: scans.flatMap(({ findings }) => findings), coverage: scans.flatMap(({ coverage }) => coverage) }
}

interface FileOptions {
  readonly language: string | undefined
  readonly packages: Packages
  readonly registries: ReadonlyMap<Language, Registry>
  readonly beside: Surroundings | undefined
}

interface FileScan {
  readonly findings: Finding[]
  readonly coverage: FileCoverage
  /** An attacker's value enters here. */
  readonly isAttacked?: boolean
}

function scanFile({ path, content }: ChangedFile, options: FileOptions): FileScan {
  // Some runtimes read on where a text seems to end: so do we, and say that it is no plain text.
  const isBinary = content.includes('\0')
  const program = programOf({ path, content: isBinary ? content.replaceAll('\0', ' ') : content }, options.language)
  if (program === undefined) return notRead({ path, content })
  const { frontend, text, shift, parsed, errors } = program
  const { language } = frontend
  if (parsed.kind === 'too-large')
    return { findings: [], coverage: { kind: 'incomplete', path, language, reason: `too large: ${parsed.bound} beyond ${parsed.limit}` } }
  const registry = options.registries.get(language)
  if (registry === undefined) throw new Error(`the rules of ${language} were not loaded`)
  const read = (inner: string) => readInner(frontend, inner)
  const { hits, incomplete, hidden, isAttacked } = analyse(frontend.lower(parsed.root, text), { text, registry, beside: options.beside, read })
  const readSpan = spanReader(content)
  const place = ({ start, end }: { start: number; end: number }) => readSpan({ start: start - shift, end: end - shift })
  const dependencies = findDependencies(importsIn(language, parsed.root, text), { language, path, packages: options.packages, place })
  const findings = [...findingsOf(hits, { path, text: content, shift, beside: options.beside }), ...dependencies].sort((a, b) => a.span.start - b.span.start)
  const lacking = incomplete ?? (isBinary ? 'binary: its NUL characters were read as spaces' : undefined)
  if (lacking !== undefined) return { findings, coverage: { kind: 'incomplete', path, language, reason: lacking }, isAttacked }
  const places = [...hidden].sort(([a], [b]) => a - b).map(([start, how]): HiddenPlace => ({ line: place({ start, end: start }).line, how }))
  if (places.length > 0) return { findings, coverage: hiding(places, { path, language, parseErrors: errors }), isAttacked }
  return { findings, coverage: { kind: 'read', path, language, parseErrors: errors }, isAttacked }
}

/** A text that a program runs, where all of it can be read. */
function readInner(frontend: Frontend, text: string): Lowered | undefined {
  const parsed = parse(frontend.language, text)
  if (parsed.kind !== 'parsed' || parsed.errors > 0) return undefined
  const lowered = frontend.lower(parsed.root, text)
  return lowered.truncated ? undefined : lowered
}

/** Whether a name says that a file is something else than a program of this language. */
function isNoProgramOf(language: string | undefined, path: string): boolean {
  return isTextNamed(path) || (languageNamed(path) ?? language)?.toLowerCase() !== language
}

function notRead({ path, content }: ChangedFile): { findings: Finding[]; coverage: FileCoverage } {
  const language = languageNamed(path)
  if (language === undefined && isTextNamed(path) && !content.includes('\0')) return readAsText({ path, content })
  if (language === undefined) return skipped(path, 'not a program in a language known here: read for secrets only')
  return { findings: [], coverage: { kind: 'skipped', path, language, reason: `no front end for ${language}: read for secrets only` } }
}

/** All that is looked for in text are secrets, and those are found wherever it was read. */
function readAsText({ path, content }: ChangedFile): { findings: Finding[]; coverage: FileCoverage } {
  if (content.length > longestSearched) return skipped(path, `too large: text beyond ${longestSearched}`)
  return { findings: [], coverage: { kind: 'read', path, language: 'text', parseErrors: 0 } }
}

function skipped(path: string, reason: string): { findings: Finding[]; coverage: FileCoverage } {
  return { findings: [], coverage: { kind: 'skipped', path, reason } }
}
