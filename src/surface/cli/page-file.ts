import { randomBytes } from 'node:crypto'
import { linkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { CountersignError } from '../../errors.ts'
import { oneLine } from './text.ts'

/** Writes a page whole or not at all. A file that is there stays, unless it is to be replaced. */
export function writePage(path: string, text: string, { replace }: { replace: boolean }): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  let isWritten = false
  try {
    writeFileSync(temporary, text, { flag: 'wx' })
    isWritten = true
    // A link fails where the name is taken, also by who was faster.
    if (replace) renameSync(temporary, path)
    else linkSync(temporary, path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    throw refused(path, isFolder(path) ? 'it is a folder; name a file in it' : code === 'EEXIST' ? 'it is there already; name another file, or --force replaces it' : cause instanceof Error ? cause.message : String(cause), cause)
  } finally {
    if (isWritten) rmSync(temporary, { force: true })
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function refused(path: string, why: string, cause?: unknown): CountersignError {
  return new CountersignError('INPUT_INVALID', `the page ${oneLine(path)} cannot be written: ${oneLine(why)}`, { cause })
}
