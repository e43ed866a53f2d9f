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
import { type Link, linkedIn } from './links.ts'
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
  const textOf = new Map(files.map(({ path, content }) => [path, content]))
  const others = files.length > 1 ? new Files([...textOf.keys()], (path) => textOf.get(path)) : undefined
  const reader = await readerFor(languages)
  // The language is that of the program; what lies beside it and is no program by its name is none.
  const optionsFor = ({ path }: ChangedFile, position: number) => ({ packages, others, language: position > 0 && isNoProgramOf(language, path) ? undefined : language })
  const alone = files.map((file, position) => reader(file, { ...optionsFor(file, position), follow: false }))
  const linked = linkedIn(new Map(alone.map(({ link }, position) => [files[position]?.path ?? '', link])))
  const scans: Scan[] = []
  for (const [position, file] of files.entries()) {
    const { findings, coverage } = (linked.has(file.path) ? undefined : alone[position]) ?? reader(file, { ...optionsFor(file, position), follow: true })
    scans.push({ findings: withSecrets([...findings, ...findAskedFor(file, packages)], await findSecrets(file)), coverage: [coverage] })
  }
  return { findings: scans.flatMap(({ findings }) => findings), coverage: scans.flatMap(({ coverage }) => coverage) }
}

export interface AmongOptions extends ScanOptions {
  readonly others: Files
  /** Whether values are followed into the others; else only what the file has to do with them is found out. */
  readonly follow: boolean
  /** Steps that following may take. */
  readonly steps?: number | undefined
}

/** The same for one file of many, of which the others are read as far as it leads into them. */
export async function scanAmong(given: ChangedFile, { language, packages = packagesOf([given]), others, follow, steps }: AmongOptions): Promise<Scan & { link: Link }> {
  const file = { ...given, content: given.content.toWellFormed() }
  const own = frontendOf(file.path, language)?.language
  const reader = await readerFor(new Set([...(own === undefined ? [] : [own]), ...others.languages]))
  const { findings, coverage, link } = reader(file, { language, packages, others, follow, steps })
  others.tidy()
  return { findings: withSecrets([...findings, ...findAskedFor(file, packages)], await findSecrets(file)), coverage: [coverage], link }
}

interface ReadOptions {
  readonly language: string | undefined
  readonly packages: Packages
  readonly others: Files | undefined
  readonly follow: boolean
  readonly steps?: number | undefined
}

/** Reads one file after another, once what their languages need is loaded. */
async function readerFor(languages: ReadonlySet<Language>): Promise<(file: ChangedFile, options: ReadOptions) => FileScan & { link: Link }> {
  const [registries] = await Promise.all([registriesFor(languages), loadSyntax(languages)])
  return (file, { language, packages, others, follow, steps }) => {
    const scanned = scanFile(file, { language, packages, registries, beside: others?.around(file.path, { follow }), stepsBeside: follow ? steps : undefined })
    return { ...scanned, link: { mentions: others?.mentionedBy(file.path) ?? [], isAttacked: scanned.isAttacked === true, isGiving: scanned.isGiving === true, isOpen: scanned.isOpen === true, steps: scanned.steps ?? 0 } }
  }
}

interface FileOptions {
  readonly language: string | undefined
  readonly packages: Packages
  readonly registries: ReadonlyMap<Language, Registry>
  readonly beside: Surroundings | undefined
  readonly stepsBeside?: number | undefined
}

interface FileScan {
  readonly findings: Finding[]
  readonly coverage: FileCoverage
  /** An attacker's value enters here. */
  readonly isAttacked?: boolean
  /** An attacker's value is in what its functions return, or keep in an object. */
  readonly isGiving?: boolean
  /** A value that others may have a say in reaches a place that matters. */
  readonly isOpen?: boolean
  readonly steps?: number
}

// Python reads a file as its first two lines say. What is no superset of ASCII makes another program of it.
const strangeEncoding = /^(?:[^\n]*\n)?[ \t\f]*#[^\n]*coding[:=][ \t]*(?!utf-?8|utf8|ascii|us-ascii|latin|iso-?8859|cp125)[-\w.]/i

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
  const { hits, incomplete, hidden, isAttacked, isGiving, isOpen, steps } = analyse(frontend.lower(parsed.root, text), { text, registry, beside: options.beside, stepsBeside: options.stepsBeside, read })
  const readSpan = spanReader(content)
  const place = ({ start, end }: { start: number; end: number }) => readSpan({ start: start - shift, end: end - shift })
  const dependencies = findDependencies(importsIn(language, parsed.root, text), { language, path, packages: options.packages, place })
  const findings = [...findingsOf(hits, { path, text: content, shift, beside: options.beside }), ...dependencies].sort((a, b) => a.span.start - b.span.start)
  const lacking = incomplete ?? (isBinary ? 'binary: its NUL characters were read as spaces' : undefined)
  if (lacking !== undefined) return { findings, coverage: { kind: 'incomplete', path, language, reason: lacking }, isAttacked, isGiving, isOpen, steps }
  const spelt = language === 'python' && strangeEncoding.test(text) ? [{ line: 1, how: 'is in an encoding of which another text may come' }] : []
  const places = [...spelt, ...[...hidden].sort(([a], [b]) => a - b).map(([start, how]): HiddenPlace => ({ line: place({ start, end: start }).line, how }))]
  if (places.length > 0) return { findings, coverage: hiding(places, { path, language, parseErrors: errors }), isAttacked, isGiving, isOpen, steps }
  return { findings, coverage: { kind: 'read', path, language, parseErrors: errors }, isAttacked, isGiving, isOpen, steps }
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
