import { lstatSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import type { Ignore } from 'ignore'
import type { FileCoverage } from '../../records/finding.ts'
import { byCodeUnits, git, namesOf } from './git.ts'
import { readIgnoreFile } from './ignore-file.ts'
import { ignoredReason, type Listing, walkFolder } from './walk.ts'

/** Patterns in the syntax of `.gitignore`, at the top of a workspace: what is not to be scanned. Every file that it takes out is told. */
export const excludingFile = '.countersignignore'

/**
 * The files below the given folders (and the files given by name) of a workspace, once each, in order. `excluding` are patterns to use instead of
 * those that lie in the workspace: a change must not exclude itself from what looks at it.
 */
export async function listFiles(root: string, given: readonly string[], excluding = readIgnoreFile(join(root, excludingFile))): Promise<Listing> {
  const lists = await Promise.all(
    given.map(async (path) => {
      const listing = isFolder(join(root, path)) ? await listFolder(root, path) : { files: [path], skipped: [] }
      return excluding === undefined || isNamed(path, excluding) ? listing : exclude(listing, excluding)
    }),
  )
  const files = new Set(lists.flatMap((list) => list.files))
  const skipped = new Map(lists.flatMap((list) => list.skipped).map((coverage) => [coverage.path, coverage]))
  return { files: [...files].sort(byCodeUnits), skipped: [...skipped.values()].filter(({ path }) => !files.has(path)) }
}

/** Who names what is excluded means it. */
function isNamed(path: string, excluding: Ignore): boolean {
  return path !== '' && (excluding.ignores(path) || excluding.ignores(`${path}/`))
}

/** What git tracks, whatever is ignored now, and what is new and not ignored. Outside of a repository, or in an ignored folder that was named: all of it. */
async function listFolder(root: string, folder: string): Promise<Listing> {
  const at = join(root, folder)
  const isIgnored = folder !== '' && (await git(dirname(at), ['check-ignore', '-q', `./${basename(at)}`])) !== undefined
  const listed = isIgnored ? undefined : await git(at, ['ls-files', '-co', '--exclude-standard', '-z'])
  if (listed === undefined) return walkFolder(root, folder)
  const files: string[] = []
  const ignored = await git(at, ['ls-files', '-oi', '--exclude-standard', '--directory', '-z'])
  const skipped = namesOf(ignored ?? Buffer.alloc(0)).map((name): FileCoverage => ({ kind: 'skipped', path: posix.join(folder, name), reason: ignoredReason }))
  for (const name of namesOf(listed)) {
    const path = posix.join(folder, name)
    const kind = kindOf(join(root, path))
    // Deleted, but not yet out of the index; a name that is no UTF-8 only seems so, and its file is said to be unread.
    if (kind === 'absent' && !path.includes('\uFFFD')) continue
    if (kind !== 'folder') files.push(path)
    // A repository inside the repository is one entry, and is listed by its own rules.
    else if (path !== folder) {
      const inner = await listFolder(root, path.replace(/\/$/, ''))
      files.push(...inner.files)
      skipped.push(...inner.skipped)
    }
  }
  return { files, skipped }
}

function exclude({ files, skipped }: Listing, patterns: Ignore): Listing {
  const [out, left] = [files.filter((path) => patterns.ignores(path)), files.filter((path) => !patterns.ignores(path))]
  return { files: left, skipped: [...skipped, ...out.map((path): FileCoverage => ({ kind: 'skipped', path, reason: `excluded by ${excludingFile}` }))] }
}

function isFolder(path: string): boolean {
  return kindOf(path) === 'folder'
}

function kindOf(path: string): 'file' | 'folder' | 'absent' {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 'absent'
  return stats.isDirectory() ? 'folder' : 'file'
}
