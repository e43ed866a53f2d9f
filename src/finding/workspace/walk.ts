import { type Dirent, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Ignore } from 'ignore'
import type { FileCoverage } from '../../records/finding.ts'
import { byCodeUnits } from './git.ts'
import { readIgnoreFile } from './ignore-file.ts'

/** Files to read, and what is passed over, both relative to the workspace. */
export interface Listing {
  readonly files: string[]
  readonly skipped: FileCoverage[]
}

export const ignoredReason = 'ignored by .gitignore'
const deepest = 200

/** Every file below a folder outside of a repository, links not followed; `.gitignore` files are respected where they lie. */
export function walkFolder(root: string, folder: string): Listing {
  const listing: Listing = { files: [], skipped: [] }
  visit(folder, [])
  return listing

  function visit(at: string, ignoring: readonly { base: string; patterns: Ignore }[]): void {
    const entries = entriesOf(join(root, at))
    if (entries === undefined || at.split('/').length > deepest) {
      listing.skipped.push({ kind: 'skipped', path: `${at}/`, reason: entries === undefined ? 'a folder that cannot be read' : `nested deeper than ${deepest} folders` })
      return
    }
    const own = entries.some(({ name }) => name === '.gitignore') ? readIgnoreFile(join(root, at, '.gitignore')) : undefined
    const inForce = own === undefined ? ignoring : [...ignoring, { base: at, patterns: own }]
    for (const entry of entries) {
      const path = posix.join(at, entry.name)
      const isFolder = entry.isDirectory()
      const why = isFolder ? reasonToPass(entry.name, join(root, path)) : undefined
      if (entry.name === '.git') continue
      const named = isFolder ? `${path}/` : path
      if (isIgnored(named, inForce)) listing.skipped.push({ kind: 'skipped', path: named, reason: ignoredReason })
      else if (why !== undefined) listing.skipped.push({ kind: 'skipped', path: `${path}/`, reason: why })
      else if (isFolder) visit(path, inForce)
      else listing.files.push(path)
    }
  }
}

function isIgnored(path: string, ignoring: readonly { base: string; patterns: Ignore }[]): boolean {
  let ignored = false
  for (const { base, patterns } of ignoring) {
    const verdict = patterns.test(base === '' ? path : path.slice(base.length + 1))
    if (verdict.ignored || verdict.unignored) ignored = verdict.ignored
  }
  return ignored
}

/** Other people's code that was put there by a package manager. */
function reasonToPass(name: string, path: string): string | undefined {
  if (name === 'node_modules') return 'installed packages; name the folder to scan it'
  return entriesOf(path)?.some((entry) => entry.name === 'pyvenv.cfg') === true ? 'a virtual environment; name the folder to scan it' : undefined
}

function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => byCodeUnits(a.name, b.name))
  } catch {
    return undefined
  }
}
