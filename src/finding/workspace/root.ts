import { realpathSync, statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { CountersignError } from '../../errors.ts'
import { repositoryOf } from './git.ts'

/** The folder that every path of a scan is relative to, and what was given, relative to it; '' is the folder itself. */
export interface Workspace {
  readonly root: string
  readonly given: readonly string[]
}

/** The repository that holds what was given, else the folder that one stands in, else the nearest folder that holds all of it. */
export async function workspaceOf(folder: string, paths: readonly string[]): Promise<Workspace> {
  const real = paths.map((path) => resolved(folder, path))
  const nearest = common(real)
  const roots = [await repositoryOf(nearest), realpathSync(folder)]
  const root = roots.find((candidate) => candidate !== undefined && isInside(candidate, nearest)) ?? nearest
  return { root, given: real.map((path) => relative(root, path).split(sep).join('/')) }
}

function resolved(folder: string, path: string): string {
  try {
    return realpathSync(resolve(folder, path))
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `there is no file or folder ${path}`, { cause })
  }
}

export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function common(paths: readonly string[]): string {
  const folders = paths.map((path) => (statSync(path).isDirectory() ? path : dirname(path)))
  let root = folders[0] ?? sep
  while (!folders.every((path) => isInside(root, path))) root = dirname(root)
  return root
}
