import { copyFileSync, cpSync, linkSync, mkdtempSync, chmodSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** Who a container is, when we are root: nobody that owns a file. */
export const nobody = { uid: 65534, gid: 65534 }

/** Puts what a container needs where the user it runs as can reach it: root's files often lie in a folder that is closed to all others. */
export interface Stage {
  place: (path: string) => string
  /** A file of this content. */
  write: (name: string, content: string) => string
  close: () => void
}

export function openStage(isNeeded: boolean): Stage {
  let folder: string | undefined
  const placed = new Map<string, string>()

  const targetOf = (name: string) => join((folder ??= makeFolder()), name)
  const copy = (path: string): string => {
    const target = targetOf(`${placed.size}-${basename(path)}`)
    if (statSync(path).isDirectory()) cpSync(path, target, { recursive: true })
    else linkOrCopy(path, target)
    placed.set(path, target)
    return target
  }
  return {
    place: (path) => (isNeeded && !isOpenToAll(path) ? (placed.get(path) ?? copy(path)) : path),
    write(name, content) {
      writeFileSync(targetOf(name), content)
      return targetOf(name)
    },
    close() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      folder = undefined
      placed.clear()
    },
  }
}

/** True when everybody can read the path and enter every folder above it. */
export function isOpenToAll(path: string): boolean {
  const { mode } = statSync(path)
  const isReadable = (mode & 0o004) !== 0
  const parents: string[] = []
  for (let parent = dirname(path); parent !== dirname(parent); parent = dirname(parent)) parents.push(parent)
  return isReadable && parents.every((parent) => (statSync(parent).mode & 0o001) !== 0)
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
