import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const inside = 'reference/embedded-model/trial-f16.gguf'

/** A small model file to develop against; it lies beside the project, or where COUNTERSIGN_SHARED says. */
export function trialModel(): { path: string; skip: false } | { path: ''; skip: string } {
  const folders = [process.env['COUNTERSIGN_SHARED'], resolve(import.meta.dirname, '../../../shared')]
  const path = folders.flatMap((folder) => (folder === undefined ? [] : [join(folder, inside)])).find((file) => existsSync(file))
  return path === undefined ? { path: '', skip: `skipped: needs ../shared/${inside}` } : { path, skip: false }
}
