import { randomBytes } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { CountersignError } from '../../errors.ts'

const bufferBytes = 64 * 1024

/** A file that is written line by line and stands under its name only when it is whole. */
export class LineFile {
  readonly #path: string
  readonly #temporary: string
  #descriptor: number | undefined
  #waiting = ''

  constructor(path: string) {
    this.#path = path
    this.#temporary = `${path}.${randomBytes(6).toString('hex')}`
    // Before any work is done: a folder that is not there, or cannot be written, is better known now.
    this.#descriptor = this.#try(() => {
      if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new Error('it is there, and no file')
      return openSync(this.#temporary, 'wx')
    })
  }

  add(line: string): void {
    this.#waiting += line
    if (this.#waiting.length >= bufferBytes) this.#flush()
  }

  /** Takes the place of what was there under the name. */
  finish(): void {
    this.#flush()
    this.#close()
    this.#try(() => renameSync(this.#temporary, this.#path))
  }

  /** Leaves nothing behind but what was finished. */
  discard(): void {
    this.#close()
    rmSync(this.#temporary, { force: true })
  }

  #flush(): void {
    const [descriptor, text] = [this.#descriptor, this.#waiting]
    this.#waiting = ''
    if (descriptor !== undefined) this.#try(() => writeFileSync(descriptor, text))
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  #try<T>(work: () => T): T {
    try {
      return work()
    } catch (cause) {
      throw new CountersignError('INPUT_INVALID', `${this.#path} cannot be written: ${cause instanceof Error ? cause.message : cause}`, { cause })
    }
  }
}
