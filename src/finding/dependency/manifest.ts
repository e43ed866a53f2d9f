import type { ChangedFile } from '../../records/candidate.ts'
import { type Ecosystem, normalised } from './ecosystem.ts'

/** What a project says of itself: the packages that it declares or has locked, and the modules that are its own. */
export interface Packages {
  readonly declared: Readonly<Record<Ecosystem, ReadonlySet<string>>>
  /** Those of which a lock file says which version, and by which digest. */
  readonly locked: Readonly<Record<Ecosystem, ReadonlySet<string>>>
  readonly own: Readonly<Record<Ecosystem, ReadonlySet<string>>>
}

interface Said {
  readonly ecosystem: Ecosystem
  readonly declared: readonly string[]
  readonly own?: readonly string[]
}

type Reader = (text: string) => Said

// As both registries have it.
const longestName = 214
const lock = /(?:-lock\.json|npm-shrinkwrap\.json|\.lock|pnpm-lock\.yaml)$/
// Read by what looks like a name in them, which much else does too.
const loose = /(?:^|\/)(?:setup\.(?:py|cfg)|environment\.ya?ml|constraints[\w.-]*\.txt)$/

const readers: readonly (readonly [RegExp, Reader])[] = [
  [/(?:^|\/)package\.json$/, readPackageJson],
  [/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, readPackageLock],
  [/(?:^|\/)yarn\.lock$/, (text) => npm(captured(text, /^"?((?:@[\w.~-]+\/)?[\w.~-]+)@/gm))],
  [/(?:^|\/)(?:pnpm-lock\.yaml|bun\.lock)$/, (text) => npm(captured(text, /^[ \t]+["']?\/?((?:@[\w.~-]+\/)?[\w.~-]+)(?:@[\w.:~^-]|["']?:\s*\[)/gm))],
  [/(?:^|\/)[\w.-]*requirements[\w.-]*\.(?:txt|in)$|(?:^|\/)requirements\/[\w.-]+\.(?:txt|in)$|(?:^|\/)constraints[\w.-]*\.txt$/, (text) => pypi(captured(text, /^[ \t]*([A-Za-z0-9][\w.-]*)[ \t]*(?:$|[[(<>=!~;@#])/gm))],
  [/(?:^|\/)pyproject\.toml$/, readPyproject],
  [/(?:^|\/)setup\.(?:py|cfg)$/, (text) => pypi(captured(text, /(?:^[ \t]+|["'])([A-Za-z0-9][\w.-]*)(?:\[[\w, -]*\])?[ \t]*(?:[<>=!~;].*)?(?:["']|$)/gm))],
  [/(?:^|\/)(?:poetry|uv|pdm)\.lock$/, (text) => pypi(captured(text, /^name = "([\w.-]+)"/gm))],
  [/(?:^|\/)Pipfile$/, (text) => pypi(captured(text, /^["']?([A-Za-z0-9][\w.-]*)["']?[ \t]*=/gm))],
  [/(?:^|\/)Pipfile\.lock$/, (text) => pypi(captured(text, /"([\w.-]+)":\s*\{/g))],
  [/(?:^|\/)environment\.ya?ml$/, (text) => pypi(captured(text, /^[ \t]*-[ \t]*([A-Za-z0-9][\w.-]*)/gm))],
]

/** Whether a path is of a file that says which packages a project uses. */
export function isManifest(path: string): boolean {
  return readers.some(([pattern]) => pattern.test(path))
}

/** What a project's files say together; those that are no manifest tell by their names which modules are its own. */
export function packagesOf(files: readonly ChangedFile[]): Packages {
  const declared = { pypi: new Set<string>(), npm: new Set<string>() }
  const locked = { pypi: new Set<string>(), npm: new Set<string>() }
  const own = { pypi: new Set<string>(), npm: new Set<string>() }
  for (const { path, content } of files) {
    for (const name of ownModules(path)) own.pypi.add(normalised('pypi', name))
    for (const folder of path.split('/').slice(0, -1)) own.npm.add(normalised('npm', folder))
    const said = readers.find(([pattern]) => pattern.test(path))?.[1](content)
    if (said === undefined) continue
    for (const name of said.declared) {
      declared[said.ecosystem].add(normalised(said.ecosystem, name))
      if (lock.test(path)) locked[said.ecosystem].add(normalised(said.ecosystem, name))
    }
    for (const name of said.own ?? []) own[said.ecosystem].add(normalised(said.ecosystem, name))
  }
  return { declared, locked, own }
}

/** The packages that a file asks to be installed; none where it only says what was, or says it too loosely. */
export function askedFor({ path, content }: ChangedFile): { ecosystem: Ecosystem; names: readonly string[] } | undefined {
  if (lock.test(path) || loose.test(path)) return undefined
  const said = readers.find(([pattern]) => pattern.test(path))?.[1](content)
  return said && { ecosystem: said.ecosystem, names: said.declared }
}

/** `a/b/c.py` may be imported as `c`, and as part of `b` and of `a`. (Bundlers take a folder for a module as well.) */
function ownModules(path: string): string[] {
  const parts = path.split('/')
  const stem = /^(.+)\.(?:py|pyi|pyx|so|pyd)$/.exec(parts.pop() ?? '')?.[1]
  return stem === undefined ? [] : [...parts, stem]
}

function npm(declared: readonly string[], own: readonly string[] = []): Said {
  return { ecosystem: 'npm', declared, own }
}

function pypi(declared: readonly string[], own: readonly string[] = []): Said {
  return { ecosystem: 'pypi', declared, own }
}

function captured(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name = '']) => (name.length > longestName ? [] : [name]))
}

function readPackageJson(text: string): Said {
  const content = parsed(text)
  const tables = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']
  const name = content['name']
  return npm(tables.flatMap((table) => keysOf(content[table])), typeof name === 'string' ? [name] : [])
}

function readPackageLock(text: string): Said {
  const content = parsed(text)
  const installed = keysOf(content['packages']).flatMap((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? [])
  return npm([...installed, ...keysOf(content['dependencies'])])
}

/** Read by its lines: names stand as keys of the tables of Poetry, and begin the texts in lists everywhere else. */
function readPyproject(text: string): Said {
  const declared: string[] = []
  const own: string[] = []
  let table = ''
  for (const line of text.split(/\r?\n/)) {
    table = /^\s*\[+([^\]]+)\]+\s*(?:#.*)?$/.exec(line)?.[1] ?? table
    const key = /^\s*["']?([\w.-]+)["']?\s*=/.exec(line)?.[1]
    if (key === 'name' && /^(?:project|tool\.poetry)$/.test(table)) own.push(...captured(line, /["']([\w.-]+)["']/g))
    else if (key !== undefined && table.startsWith('tool.') && table.endsWith('dependencies')) declared.push(key)
    else if (/^(?:project|build-system|dependency-groups|project\.optional-dependencies|tool\.(?:uv|pdm|hatch).*)$/.test(table)) {
      declared.push(...captured(line, /["']([A-Za-z0-9][\w.-]*)(?:\[[\w, -]*\])?\s*(?:[<>=!~;@][^"']*)?["']/g))
    }
  }
  return pypi(declared, own)
}

function parsed(text: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text)
    return isTable(content) ? content : {}
  } catch {
    return {}
  }
}

function keysOf(value: unknown): string[] {
  return isTable(value) ? Object.keys(value) : []
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
