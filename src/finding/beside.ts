import { posix } from 'node:path'
import type { TraceStep } from '../records/finding.ts'
import { standardLibrary } from './dependency/standard-library.ts'
import { type Beside, moved, type NeighbourFile, stride } from './engine/neighbour.ts'
import type { Span } from './ir/expression.ts'
import { spanReader } from './position.ts'
import type { Language } from '../records/language.ts'
import { frontendFor } from './frontend/frontends.ts'
import { programOf } from './program.ts'

interface Neighbour extends NeighbourFile {
  readonly path: string
  readonly place: (span: Span) => TraceStep['span']
}

const script = /\.(?:[cm]?[jt]s|[jt]sx)$/
const extensions = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '/index.ts', '/index.tsx', '/index.js', '/index.mjs', '/index.cjs']

/** So much text is kept at hand between two files, and no more: a program takes many times its text. */
const longestKept = 4_000_000

/** The files of one scan, for each other: read when one of them imports another. */
export class Files {
  private readonly files: ReadonlyMap<string, { path: string; index: number }>
  private readonly textOf: (path: string) => string | undefined
  private readonly mentions = new Map<string, Set<string>>()
  private spoken: readonly Language[] | undefined
  private readonly read = new Map<string, Neighbour | undefined>()

  constructor(paths: readonly string[], textOf: (path: string) => string | undefined) {
    this.files = new Map(paths.map((path, index) => [posix.normalize(path), { path, index }]))
    this.textOf = textOf
  }

  /** The languages that the others are in, by their names. */
  get languages(): readonly Language[] {
    return (this.spoken ??= [...new Set([...this.files.keys()].flatMap((path) => frontendFor(path)?.language ?? []))])
  }

  /** All but the one at `path`, as it sees them: unless they are to be followed, only what it mentions is noted. */
  around(path: string, { follow }: { follow: boolean }): Surroundings {
    return new Surroundings(posix.normalize(path), this, follow)
  }

  mention(path: string, from: string): void {
    const mentioned = this.mentions.get(from)
    if (mentioned === undefined) this.mentions.set(from, new Set([path]))
    else mentioned.add(path)
  }

  /** The others that a file was seen to mention. */
  mentionedBy(path: string): string[] {
    return [...(this.mentions.get(posix.normalize(path)) ?? [])]
  }

  /** Forgets what was read, where that has become much. */
  tidy(): void {
    const kept = this.read.values().reduce((sum, neighbour) => sum + (neighbour?.text.length ?? 0), 0)
    if (kept > longestKept) this.read.clear()
  }

  /** The path of the file that a module's name means in the file at `from`. */
  pathOf(module: string, from: string): string | undefined {
    return (script.test(from) ? scriptPaths(module, from) : pythonPaths(module, from)).find((path) => this.files.has(path))
  }

  neighbour(path: string): Neighbour | undefined {
    if (!this.read.has(path)) this.read.set(path, this.open(path))
    return this.read.get(path)
  }

  private open(path: string): Neighbour | undefined {
    const file = this.files.get(path)
    const content = file === undefined ? undefined : this.textOf(file.path)?.toWellFormed()
    const program = content === undefined || content.includes('\0') ? undefined : programOf({ path, content }, undefined)
    if (file === undefined || content === undefined || program === undefined || program.parsed.kind !== 'parsed' || program.errors > 0 || program.text.length >= stride)
      return undefined
    const { frontend, text, parsed } = program
    const lowered = frontend.lower(parsed.root, text)
    const base = (file.index + 1) * stride
    const readSpan = spanReader(content)
    const place = ({ start, end }: Span) => readSpan({ start: start - base, end: end - base })
    return lowered.truncated ? undefined : { path, base, text, program: moved(lowered, base), place }
  }
}

/** The other files, as one of them sees them. */
export class Surroundings implements Beside {
  private readonly path: string
  private readonly files: Files
  private readonly follow: boolean
  private readonly met = new Map<number, Neighbour>()

  constructor(path: string, files: Files, follow: boolean) {
    this.path = path
    this.files = files
    this.follow = follow
  }

  named(module: string, position: number): Neighbour | undefined {
    const path = this.files.pathOf(module, this.at(position)?.path ?? this.path)
    if (path === undefined || path === this.path) return undefined
    if (!this.follow) this.files.mention(path, this.path)
    const found = this.follow ? this.files.neighbour(path) : undefined
    if (found !== undefined) this.met.set(found.base / stride, found)
    return found
  }

  at(position: number): Neighbour | undefined {
    return this.met.get(Math.floor(position / stride))
  }
}

/** `./db`, as it stands or with what is left out: an extension, or the `.ts` that a name in `.js` is made of. */
function scriptPaths(module: string, from: string): string[] {
  if (!module.startsWith('.')) return []
  const path = posix.join(posix.dirname(from), module)
  return [...extensions.map((extension) => path + extension), path.replace(/\.([cm]?)js$/, '.$1ts')].filter((name) => script.test(name))
}

/** `pkg.mod` from the importing file's folder or one above it, `..mod` from where its dots lead. */
function pythonPaths(module: string, from: string): string[] {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0
  const parts = module.slice(dots).split('.').filter((part) => part !== '')
  if (dots === 0 && standardLibrary.pypi.has(parts[0] ?? '')) return []
  const folders = dots > 0 ? [posix.join(posix.dirname(from), '../'.repeat(dots - 1))] : foldersAbove(from)
  return folders.flatMap((folder) => {
    const path = posix.join(folder, ...parts)
    return parts.length === 0 ? [posix.join(path, '__init__.py')] : [`${path}.py`, posix.join(path, '__init__.py')]
  })
}

function foldersAbove(path: string): string[] {
  const folders = [posix.dirname(path)]
  for (let folder = folders[0] ?? '.'; folder !== '.' && folder !== '/' && !folder.endsWith('..'); folders.push(folder)) folder = posix.dirname(folder)
  return folders
}
