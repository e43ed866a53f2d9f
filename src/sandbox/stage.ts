import {
  chmodSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** Who a container is, when we are root: nobody that owns a file. */
export const nobody = { uid: 65534, gid: 65534 }

/** Puts what a container needs where the user it runs as can reach it: root's files often lie in a folder that is closed to all others. */
export interface Stage {
  place: (path: string) => string
  /** A file of this content. */
  write: (name: string, content: string) => string
  /** An empty folder or file, to which a path can be bound that is closed to others; the path itself where it is open. */
  target: (path: string) => string
  close: () => void
}

export function openStage(isNeeded: boolean): Stage {
  let folder: string | undefined
  const placed = new Map<string, string>()
  const targets: string[] = []

  const targetOf = (name: string) => join((folder ??= makeFolder()), name)
  const copy = (path: string): string => {
    const target = targetOf(`${placed.size}-${basename(path)}`)
    if (statSync(path).isDirectory()) cpSync(path, target, { recursive: true })
    else linkOrCopy(path, target)
    placed.set(path, target)
    return target
  }
  const makeTarget = (path: string): string => {
    const target = targetOf(`target-${targets.length}`)
    if (statSync(path).isDirectory()) mkdirSync(target)
    else writeFileSync(target, '')
    targets.push(target)
    return target
  }
  const isClosed = (path: string) => isNeeded && !isOpenToAll(path)
  return {
    place: (path) => (isClosed(path) ? (placed.get(path) ?? copy(path)) : path),
    target: (path) => (isClosed(path) ? makeTarget(path) : path),
    write(name, content) {
      // countersign-ignore javascript/path-traversal: the driver gives constant names
      writeFileSync(targetOf(name), content)
      return targetOf(name)
    },
    close() {
      // Should a binding ever be seen here, this fails, where a removal with all contents would reach the project itself.
      for (const target of targets.splice(0)) (statSync(target).isDirectory() ? rmdirSync : unlinkSync)(target)
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      folder = undefined
      placed.clear()
    },
  }
}

/** True when everybody can read the path and enter every folder above it. */
export function isOpenToAll(path: string): boolean {
  const isReadable = (statSync(path).mode & 0o004) !== 0
  return isReadable && [...foldersAbove(path), ...foldersAbove(realpathSync(path))].every((folder) => (statSync(folder).mode & 0o001) !== 0)
}

function foldersAbove(path: string): string[] {
  const folder = dirname(path)
  return folder === dirname(folder) ? [] : [folder, ...foldersAbove(folder)]
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'))
  chmodSync(folder, 0o755)
  return folder
}

function linkOrCopy(path: string, target: string): void {
  try {
    linkSync(path, target)
  } catch {
    copyFileSync(path, target)
  }
}
