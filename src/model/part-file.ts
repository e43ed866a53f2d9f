import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { z } from 'zod'
import { CountersignError } from '../errors.ts'

/** What is known of a file that has come in part. */
const Known = z.strictObject({
  url: z.string(),
  bytes: z.int().min(0).exactOptional(),
  validator: z.string().exactOptional(),
  published: z.string().exactOptional(),
})
type Known = z.infer<typeof Known>

/** A file that is on its way: beside its final name, with what it was known by, until it is whole. */
export class PartFile {
  readonly path: string
  private readonly target: string

  constructor(target: string) {
    this.target = target
    this.path = `${target}.part`
  }

  get bytes(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0
  }

  /** What earlier attempts to fetch `url` left; undefined where that was another file. */
  known(url: string): Known | undefined {
    try {
      const known = Known.parse(JSON.parse(readFileSync(`${this.path}.json`, 'utf8')))
      return known.url === url ? known : undefined
    } catch {
      return undefined
    }
  }

  async open(from: number, known: Known): Promise<FileHandle> {
    writeFileSync(`${this.path}.json`, JSON.stringify(known))
    const file = await open(this.path, from === 0 ? 'w+' : 'r+')
    await file.truncate(from)
    return file
  }

  /** Under its final name there is either the whole file or none. */
  finish(): void {
    renameSync(this.path, this.target)
    this.discard()
  }

  discard(): void {
    for (const path of [this.path, `${this.path}.json`]) rmSync(path, { force: true })
  }

  /** Does `work` while no other process fetches the same file. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const lock = `${this.path}.lock`
    if (existsSync(lock) && !isRunning(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true })
    try {
      const descriptor = openSync(lock, 'wx')
      writeFileSync(descriptor, String(process.pid))
      closeSync(descriptor)
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error
      throw new CountersignError('INPUT_INVALID', `another process is fetching ${this.target} (${lock})`)
    }
    try {
      return await work()
    } finally {
      rmSync(lock, { force: true })
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
