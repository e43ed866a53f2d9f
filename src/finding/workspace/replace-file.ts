import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, lstatSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isInside } from './root.ts'

/**
 * Puts new content in place of a file, whole or not at all, if the file still holds what was read of it. Says what stands in the way; nothing
 * outside of the root, no link and no file with a second name is written.
 */
export function replaceFile(root: string, path: string, { before, after }: { before: Uint8Array; after: Uint8Array }): string | undefined {
  const place = join(root, path)
  const folder = dirname(place)
  const beside = join(folder, `.${basename(place)}.${randomBytes(6).toString('hex')}.countersign`)
  try {
    const { mode, nlink } = standing(place)
    if (!isInside(realpathSync(root), realpathSync(folder))) return 'it lies outside of the workspace'
    if (nlink > 1) return 'the file has several names'
    if ((mode & 0o200) === 0) return 'the file must not be written'
    write(beside, after, mode & 0o777)
    if (!Buffer.from(before).equals(readFileSync(place)) || standing(place).mode !== mode) return 'the file was changed meanwhile'
    renameSync(beside, place)
    return undefined
  } catch (error) {
    return `it cannot be written: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'}`
  } finally {
    rmSync(beside, { force: true })
  }
}

function standing(place: string): { mode: number; nlink: number } {
  const stats = lstatSync(place)
  if (!stats.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'not a regular file' })
  return stats
}

function write(place: string, bytes: Uint8Array, mode: number): void {
  const descriptor = openSync(place, 'wx', mode)
  try {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(writeSync(descriptor, rest))
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
