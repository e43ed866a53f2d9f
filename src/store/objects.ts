import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CountersignError } from '../errors.ts'
import { type Digest, canonicalJson, digestBytes } from '../records/digest.ts'
import { replaceFile } from './files.ts'

/** Records as files named by their digest: equal records share one file, and a changed file is noticed when it is read. */
export class Objects {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  put(record: unknown): Digest {
    const text = canonicalJson(record)
    const digest = digestBytes(text)
    const path = this.#path(digest)
    // A file cut short by a crash of the machine has another size, and is written again.
    if (statSync(path, { throwIfNoEntry: false })?.size !== Buffer.byteLength(text)) replaceFile(path, text)
    return digest
  }

  get(digest: Digest): unknown {
    const path = this.#path(digest)
    const text = this.#read(path)
    if (digestBytes(text) !== digest) throw broken(path, 'was changed after it was written')
    return JSON.parse(text)
  }

  #read(path: string): string {
    try {
      return readFileSync(path, 'utf8')
    } catch (cause) {
      throw broken(path, 'cannot be read', cause)
    }
  }

  #path(digest: Digest): string {
    const hex = digest.slice('sha256:'.length)
    return join(this.#folder, hex.slice(0, 2), `${hex.slice(2)}.json`)
  }
}

function broken(path: string, what: string, cause?: unknown): CountersignError {
  return new CountersignError('EVIDENCE_BROKEN', `${path} ${what}: the runs that point at it can no longer be replayed; restore it or run again`, { cause })
}
