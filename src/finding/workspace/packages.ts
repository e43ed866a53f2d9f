import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { ChangedFile } from '../../records/candidate.ts'
import { isManifest, type Packages, packagesOf } from '../dependency/manifest.ts'

/** Lock files are long; a longer file is none. */
const limitBytes = 32_000_000
const notOurs = new Set(['node_modules', '.git', 'venv', '.venv', 'site-packages', '__pycache__'])

/** What a workspace says of its packages: the manifests beside the files and in every folder above them, and the modules that lie there. */
export function packagesAround(root: string, files: readonly string[]): Packages {
  return packagesOf(packageFilesAround(root, files))
}

/** The files that say so, those that say it by their names alone without their content. */
export function packageFilesAround(root: string, files: readonly string[]): ChangedFile[] {
  const folders = new Set(files.flatMap((path) => foldersAbove(path)))
  return [...folders].flatMap((folder) => entriesOf(root, folder))
}

/** `a/b/c.py` lies in `a/b`, `a` and the workspace itself. */
function foldersAbove(path: string): string[] {
  const folder = posix.dirname(path)
  return folder === '.' ? [''] : [folder, ...foldersAbove(folder)]
}

function entriesOf(root: string, folder: string): ChangedFile[] {
  try {
    // countersign-ignore javascript/path-traversal: the folders are those of files that were listed below the root
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = posix.join(folder, entry.name)
      if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : [{ path: `${path}/__init__.py`, content: '' }]
      if (!entry.isFile()) return []
      return isManifest(path) ? [{ path, content: textOf(join(root, path)) }] : [{ path, content: '' }]
    })
  } catch {
    // A folder that cannot be listed says nothing, and leaves what it may declare unknown.
    return []
  }
}

function textOf(path: string): string {
  try {
    return statSync(path).size > limitBytes ? '' : readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
