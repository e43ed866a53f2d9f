import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ChangedFile } from '../records/candidate.ts'
import type { Language } from '../records/language.ts'
import { loadSyntax, parse } from '../syntax/tree.ts'

/** How much of a project is looked at, and how much of it is shown. */
const bounds = { entries: 5000, depth: 8 } as const
const shownBounds = { files: 8, characters: 24_000, fileCharacters: 12_000 } as const
const besideBounds = { files: 300, characters: 600_000, fileCharacters: 100_000 } as const

const endings: Record<Language, RegExp> = {
  python: /\.pyi?$/,
  javascript: /\.(?:[cm]?js|jsx|json)$/,
  typescript: /\.(?:[cm]?[jt]s|[jt]sx|json)$/,
}
const manifests = new Set(['package.json', 'pyproject.toml', 'tsconfig.json', 'requirements.txt'])
// What is generated or fetched, and what may hold secrets, tells a model nothing that it should know.
const closedFolders = /^(?:\..*|node_modules|venv|env|dist|build|out|coverage|target|vendor|__pycache__)$/
const closedFiles = /^\.|lock\b|\.min\.|secret|credential|\.pem$|\.key$/i

/** The files of a project that a task is about, most telling first: those it names, and those that share its words. Small, and whole. */
export function relevantFiles(folder: string, { language, about }: { language: Language; about: string }): ChangedFile[] {
  const words = wordsOf(about)
  const rated = filesIn(folder)
    .filter((path) => endings[language].test(path) || manifests.has(nameOf(path)))
    .flatMap((path) => {
      const content = textOf(join(folder, path), shownBounds.fileCharacters)
      const score = content === undefined ? 0 : relevance({ path, content }, { about, words })
      return content === undefined || score === 0 ? [] : [{ path, content, score }]
    })
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
  return within(shownBounds, rated.map(({ path, content }) => ({ path, content })))
}

/** The sources that a changed file of the project may import. What does not parse would take the program with it, and is left out. */
export async function sourceFiles(folder: string, language: Language): Promise<ChangedFile[]> {
  await loadSyntax()
  const sources = filesIn(folder)
    .filter((path) => endings[language].test(path) && !manifests.has(nameOf(path)))
    .flatMap((path) => {
      const content = textOf(join(folder, path), besideBounds.fileCharacters)
      return content === undefined || !(path.endsWith('.json') || parses(language, content)) ? [] : [{ path, content }]
    })
  return within(besideBounds, sources)
}

function parses(language: Language, content: string): boolean {
  const parsed = parse(language, content)
  return parsed.kind === 'parsed' && parsed.errors === 0
}

/** As many of the files as there is room for, in their order. */
function within({ files: most, characters }: { files: number; characters: number }, files: readonly ChangedFile[]): ChangedFile[] {
  const taken: ChangedFile[] = []
  let left = characters
  for (const file of files) {
    if (taken.length === most || file.content.length > left) continue
    left -= file.content.length
    taken.push(file)
  }
  return taken
}

function relevance({ path, content }: ChangedFile, { about, words }: { about: string; words: ReadonlySet<string> }): number {
  const named = about.includes(path) ? 100 : about.includes(nameOf(path)) ? 50 : 0
  const shared = (text: string) => [...wordsOf(text)].filter((word) => words.has(word)).length
  return named + 5 * shared(path) + Math.min(20, shared(content)) + (manifests.has(nameOf(path)) ? 1 : 0)
}

/** Words of four letters and more, as identifiers are made of them. */
function wordsOf(text: string): Set<string> {
  const parts = text.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').match(/[A-Za-z]{4,}/g) ?? []
  return new Set(parts.map((part) => part.toLowerCase()))
}

/** Relative POSIX paths of the files below a folder, in the order of their names. */
function filesIn(folder: string): string[] {
  const found: string[] = []
  let left: number = bounds.entries
  const walk = (below: string, depth: number) => {
    for (const entry of entriesOf(join(folder, below))) {
      if (left-- <= 0) return
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory() && depth < bounds.depth && !closedFolders.test(entry.name)) walk(path, depth + 1)
      else if (entry.isFile() && !closedFiles.test(entry.name)) found.push(path)
    }
  }
  walk('', 0)
  return found
}

// A link may lead out of the project, and is not followed.
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

function textOf(path: string, most: number): string | undefined {
  try {
    if (statSync(path).size > most * 4) return undefined
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return text.length > most || text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
