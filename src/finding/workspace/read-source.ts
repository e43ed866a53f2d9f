import { lstatSync, readFileSync } from 'node:fs'

/** Text as far as a file holds text; `flaw` says what could not be read as it stands. */
export type Source = { kind: 'text'; content: string; flaw?: string } | { kind: 'unread'; reason: string; partial: boolean; isLink?: true }

/** Beyond this no file is taken into memory: programs that large are machine-made, and too large for the parser several times over. */
const limitBytes = 4_000_000
const looksBinaryBytes = 8192

/** Reads a file that may be anything: huge, binary, a link, a pipe that never ends. */
export function readSource(path: string): Source {
  let bytes: Buffer
  try {
    const stats = lstatSync(path)
    if (stats.isSymbolicLink()) return { kind: 'unread', reason: 'a symbolic link', partial: false, isLink: true }
    if (!stats.isFile()) return { kind: 'unread', reason: 'not a regular file', partial: false }
    if (stats.size > limitBytes) return { kind: 'unread', reason: `too large: ${stats.size} bytes beyond ${limitBytes}`, partial: true }
    bytes = readFileSync(path)
  } catch (error) {
    return { kind: 'unread', reason: `cannot be read: ${codeOf(error)}`, partial: true }
  }
  return decodeSource(bytes)
}

export function decodeSource(bytes: Uint8Array): Source {
  if (bytes.subarray(0, looksBinaryBytes).includes(0)) return { kind: 'unread', reason: 'binary', partial: true }
  try {
    return { kind: 'text', content: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const latin = new TextDecoder('latin1').decode(bytes)
    // PEP 263: Python's own way to say so, in one of the first two lines.
    if (/^(?:.*\n)?[ \t\f]*#.*?coding[:=][ \t]*(?:latin|iso-?8859|cp125|windows-125)/i.test(latin.slice(0, 400))) return { kind: 'text', content: latin }
    return { kind: 'text', content: new TextDecoder().decode(bytes), flaw: 'not valid UTF-8: read with replacement characters' }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
}
