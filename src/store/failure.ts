import { CountersignError } from '../errors.ts'

const damaged = new Set([11, 26]) // SQLITE_CORRUPT, SQLITE_NOTADB
const helps: Record<string, string> = {
  ENOSPC: 'free some space there, or name another folder with --store',
  EDQUOT: 'free some of the quota, or name another folder with --store',
  EFBIG: 'raise the limit on file size, or name another folder with --store',
  EACCES: 'make it writable, or name another folder with --store',
  EPERM: 'make it writable, or name another folder with --store',
  EROFS: 'name a folder that is writable with --store',
}
const sqliteReasons = new Map([
  [5, 'another process keeps it locked; try again when that one has ended'],
  [8, 'it is read-only; make it writable, or name another folder with --store'],
  [10, 'the disk refused to read or write; look at its free space, or name another folder with --store'],
  [13, `the disk is full; ${helps['ENOSPC']}`],
  [14, 'it cannot be opened; make the folder writable, or name another one with --store'],
])

/** What a failure of the disk or the database means for the user. Errors that are neither (our own mistakes) pass through. */
export function storeFailure(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof CountersignError || !('code' in error)) return error
  if (error.code !== 'ERR_SQLITE_ERROR') {
    if (!('syscall' in error)) return error
    return unavailable(folder, `${error.message}; ${helps[String(error.code)] ?? 'name another folder with --store'}`, error)
  }
  const code = 'errcode' in error ? Number(error.errcode) & 0xff : 0
  if (damaged.has(code)) {
    const help = 'restore it from a copy, or move it away to start a new store (the files under objects/ stay readable)'
    return new CountersignError('EVIDENCE_BROKEN', `the store's database in ${folder} is damaged (${error.message}); ${help}`, { cause: error })
  }
  const reason = sqliteReasons.get(code)
  return reason === undefined ? error : unavailable(folder, reason, error)
}

function unavailable(folder: string, reason: string, cause: unknown): CountersignError {
  return new CountersignError('STORE_UNAVAILABLE', `the store ${folder} cannot be used: ${reason}`, { cause })
}
