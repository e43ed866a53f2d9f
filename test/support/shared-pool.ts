import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A pool of recorded programs; it lies beside the project, or where COUNTERSIGN_SHARED says. */
export function sharedPool(name: string): { path: string; skip: false } | { path: ''; skip: string } {
  const folders = [process.env['COUNTERSIGN_SHARED'], resolve(import.meta.dirname, '../../../shared')]
  const path = folders.flatMap((folder) => (folder === undefined ? [] : [join(folder, 'data/pools', `${name}.pool.jsonl.gz`)])).find((file) => existsSync(file))
  return path === undefined ? { path: '', skip: 'skipped: needs ../shared/data' } : { path, skip: false }
}
