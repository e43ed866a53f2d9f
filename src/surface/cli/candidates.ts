import { type Dirent, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { CountersignError } from '../../errors.ts'
import { Candidate, ChangedFile } from '../../records/candidate.ts'
import type { Language } from '../../records/language.ts'
import { readText } from './input.ts'
import { extensions, languageOfPath } from './language.ts'

/** What a candidate is read as before its language is known for sure. */
interface Draft {
  id: string
  files: ChangedFile[]
  model?: string
}

/** A candidate as one JSON line, from whatever tool wrote it; fields it has beside these are not ours. */
const Line = z
  .object({
    id: z.union([z.string().min(1), z.int()]).optional(),
    code: z.string().optional(),
    files: z.array(ChangedFile).min(1).optional(),
    model: z.string().optional(),
  })
  .refine(({ code, files }) => (code === undefined) !== (files === undefined), { message: 'must have either "code" or "files"' })

/** Reads candidates from files, folders (each entry is one candidate), JSON lines, and standard input (`-`). */
export function readCandidates(paths: readonly string[], language?: Language): Candidate[] {
  const drafts = distinct(paths.flatMap((path) => readPath(path, language)))
  if (drafts.length === 0) throw new CountersignError('INPUT_INVALID', `there are no candidates in ${paths.join(', ')}; give files, folders or JSON lines`)
  const spoken = language ?? languageOf(drafts)
  return drafts.map((draft) => finish(draft, spoken))
}

/** The candidates as they lie where test files look for them: each that is one program in this file. */
export function placeAt(path: string | undefined, candidates: readonly Candidate[]): Candidate[] {
  return candidates.map((candidate) => {
    const [only, ...more] = candidate.files
    if (only === undefined || more.length > 0 || path === undefined || languageOfPath(path) !== candidate.language) return candidate
    return Candidate.parse({ ...candidate, files: [{ ...only, path }] })
  })
}

function finish({ id, files, model }: Draft, language: Language): Candidate {
  const named = files.map(({ path, content }) => ({ path: path === unnamed ? `main${extensions[language][0]}` : path, content: content.toWellFormed() }))
  const candidate = Candidate.safeParse({ id, language, files: named, ...(model === undefined ? {} : { model }) })
  if (candidate.success) return candidate.data
  const issue = candidate.error.issues[0]
  throw new CountersignError('INPUT_INVALID', `candidate ${id}: ${issue?.path.join('.')}: ${issue?.message}`)
}

/** The path of code that came without one, until the language is known. */
const unnamed = '\0'

function readPath(path: string, language: Language | undefined): Draft[] {
  if (path === '-') return readStandardInput()
  if (/\.(jsonl|ndjson)$/.test(path)) return readJsonLines(readText(path), path)
  if (isFolder(path)) return readFolder(path, language)
  return [{ id: basename(path), files: [{ path: basename(path), content: readText(path) }] }]
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // What cannot be looked at cannot be read either, and reading it says why.
    return false
  }
}

/** JSON lines where the first line is an object, else one program. */
function readStandardInput(): Draft[] {
  const text = readText('-')
  if (text.trim() === '') return []
  return isObject(text.trimStart().split('\n', 1)[0] ?? '') ? readJsonLines(text, 'standard input') : [{ id: 'stdin', files: [{ path: unnamed, content: text }] }]
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function readJsonLines(text: string, source: string): Draft[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, { where: `${source}: line ${index + 1}`, id: String(index + 1) })]))
}

function readLine(line: string, { where, id }: { where: string; id: string }): Draft {
  const parsed = Line.safeParse(parseJson(line, where))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new CountersignError('INPUT_INVALID', `${where}: ${[...(issue?.path ?? []), issue?.message].join(': ')}`)
  }
  const { code, files = [{ path: unnamed, content: code ?? '' }], model } = parsed.data
  return { id: String(parsed.data.id ?? id), files, ...(model === undefined ? {} : { model }) }
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `${where} is not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

/** Each program file, and each folder as a change set of several files, is one candidate. */
function readFolder(folder: string, language: Language | undefined): Draft[] {
  return entriesOf(folder).flatMap((entry): Draft[] => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      const files = readTree(path)
      return files.length === 0 ? [] : [{ id: entry.name, files }]
    }
    if (/\.(jsonl|ndjson)$/.test(entry.name)) return readJsonLines(readText(path), path)
    const spoken = languageOfPath(entry.name)
    const wanted = language === undefined ? spoken !== undefined : spoken === language
    return wanted ? [{ id: entry.name, files: [{ path: entry.name, content: readText(path) }] }] : []
  })
}

/** All files below a folder; the one that holds the entry point first. */
function readTree(folder: string, prefix = ''): ChangedFile[] {
  const files = entriesOf(folder).flatMap((entry) => {
    const [path, name] = [join(folder, entry.name), `${prefix}${entry.name}`]
    return entry.isDirectory() ? readTree(path, `${name}/`) : [{ path: name, content: readText(path) }]
  })
  return files.sort((a, b) => rank(a.path) - rank(b.path))
}

function rank(path: string): number {
  if (/^(main|index|__init__)\.[a-z]+$/.test(path)) return 0
  return languageOfPath(path) === undefined ? 2 : 1
}

function entriesOf(folder: string): Dirent[] {
  const skipped = new Set(['node_modules', '__pycache__'])
  const entries = listFolder(folder).filter((entry) => !entry.name.startsWith('.') && !skipped.has(entry.name))
  const link = entries.find((entry) => entry.isSymbolicLink())
  // Passed over, it would be a candidate that nobody looked at.
  if (link !== undefined) throw new CountersignError('INPUT_INVALID', `${join(folder, link.name)} is a link; put the file itself into the folder, or name it on the command line`)
  return entries.filter((entry) => entry.isDirectory() || entry.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function listFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `${folder} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function languageOf(drafts: readonly Draft[]): Language {
  const spoken = new Set(drafts.flatMap(({ files }) => languageOfPath(files[0]?.path ?? '') ?? []))
  const [language] = spoken
  if (language !== undefined && spoken.size === 1) return language
  const what = language === undefined ? 'the candidates do not tell their language' : `the candidates are written in ${[...spoken].join(' and ')}`
  throw new CountersignError('INPUT_INVALID', `${what}; name one with --lang`)
}

/** The second candidate with an id gets a number, so that every message names exactly one. */
function distinct(drafts: readonly Draft[]): Draft[] {
  const seen = new Set<string>()
  return drafts.map(({ id, ...draft }) => {
    let own = id
    for (let count = 2; seen.has(own); count++) own = `${id}#${count}`
    seen.add(own)
    return { id: own, ...draft }
  })
}
