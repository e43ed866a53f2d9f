import { realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isInside } from '../workspace/root.ts'
import type { SarifLocation, SarifRun } from './shape.ts'

/** The folder that results must lie in, and the folder that relative paths may have been written from. */
export interface Workspace {
  readonly root: string
  readonly folder: string
}

export type Place = { kind: 'inside'; path: string } | { kind: 'outside'; uri: string } | { kind: 'absent'; uri: string } | { kind: 'none' }

/** The file of a location, relative to the workspace. Where a file says that it lies is a claim: what leads out of the workspace is refused. */
export function placeOf(location: SarifLocation | undefined, run: SarifRun, workspace: Workspace): Place {
  const given = location?.physicalLocation?.artifactLocation
  const artifact = given?.uri === undefined ? run.artifacts?.[given?.index ?? -1]?.location : given
  if (artifact?.uri === undefined || artifact.uri === '') return { kind: 'none' }
  const path = pathOf(artifact.uri, basesOf(artifact.uriBaseId, run))
  if (path === undefined) return { kind: 'outside', uri: artifact.uri }
  const real = candidates(path, workspace).find(isFile)
  if (real === undefined) return { kind: isInside(workspace.root, resolve(workspace.root, path)) ? 'absent' : 'outside', uri: artifact.uri }
  // Neither `..` nor a link in the workspace leads out of it.
  if (!isInside(workspace.root, real) || !isInside(realpathSync(workspace.root), realpathSync(real))) return { kind: 'outside', uri: artifact.uri }
  return { kind: 'inside', path: relative(workspace.root, real).split(sep).join('/') }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    // Not there, or a name that no file can have.
    return false
  }
}

/** Where a path may be meant from: absolute; from the workspace, which is what Checkov's leading slash means too; from where the tool stood. */
function candidates(path: string, { root, folder }: Workspace): string[] {
  const fromRoot = join(root, path)
  return isAbsolute(path) ? (isInside(root, path) ? [path] : [fromRoot]) : [fromRoot, resolve(folder, path)]
}

/** The addresses of the base, outermost first. One that the log does not tell (`%SRCROOT%`, mostly) is the workspace. */
function basesOf(id: string | undefined, { originalUriBaseIds = {} }: SarifRun, depth = 0): string[] {
  const base = id === undefined ? undefined : originalUriBaseIds[id]
  if (base === undefined || depth > 8) return []
  return [...basesOf(base.uriBaseId, { originalUriBaseIds } as SarifRun, depth + 1), ...(base.uri === undefined ? [] : [base.uri])]
}

/** A path of this machine, absolute or relative; `undefined` for what names no file. */
function pathOf(uri: string, bases: readonly string[]): string | undefined {
  try {
    let path = ''
    for (const part of [...bases, uri]) path = joined(path, part)
    return path.includes('\0') ? undefined : path
  } catch {
    return undefined
  }
}

function joined(before: string, uri: string): string {
  if (/^file:/i.test(uri)) return fileURLToPath(uri)
  if (/^[a-z][a-z0-9+.-]+:/i.test(uri)) throw new Error('an address of another kind')
  const path = decodeURIComponent(uri)
  return path.startsWith('/') || before === '' ? path : join(before, path)
}
