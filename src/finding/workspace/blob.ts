import { createHash } from 'node:crypto'
import { closeSync, lstatSync, openSync, readSync } from 'node:fs'

const chunkBytes = 1_048_576

/** The name that git gives to a file's content: no filter of the repository's runs for it. `undefined` for what is no regular file. */
export function blobName(path: string, algorithm: 'sha1' | 'sha256'): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats?.isFile() !== true) return undefined
  const hash = createHash(algorithm).update(`blob ${stats.size}\0`)
  const chunk = Buffer.alloc(Math.min(chunkBytes, stats.size + 1))
  const file = openSync(path, 'r')
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) hash.update(chunk.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}
