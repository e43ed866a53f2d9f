import { existsSync, statSync } from 'node:fs'
import { type FileHandle, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CountersignError } from '../errors.ts'
import { makeFolder } from '../store/files.ts'
import { NotNow, type Opened, openDownload } from './download.ts'
import { leastGgufBytes } from './gguf-size.ts'
import { printable } from './http-failure.ts'
import { digestFile } from './llama-runtime.ts'
import type { ModelSource } from './model-source.ts'
import { PartFile } from './part-file.ts'

export interface PullOptions {
  /** Where model files are kept. */
  folder: string
  /** What the file must be: 64 hexadecimal digits. */
  sha256?: string | undefined
  signal?: AbortSignal
  onProgress?: (progress: { doing: string; done: number; total?: number }) => void
  /** The first wait between attempts, and the longest silence that is waited out. */
  backoffMs?: number
  silenceMs?: number
}

/** A model file that has come. `checked` says against what its digest was checked: what was asked for, what its host publishes, or nothing. */
export interface PulledModel {
  path: string
  bytes: number
  digest: string
  checked: 'given' | 'published' | 'unknown'
  /** It was there before. */
  already: boolean
}

interface Fetch extends PullOptions {
  source: ModelSource
  part: PartFile
  published?: string
}

const mostAttempts = 5
const magic = Buffer.from('GGUF')

/**
 * Fetches a model file: from where an earlier attempt broke off, where the host lets it; under its name only when it is whole, is a GGUF file and
 * has the digest that it should have. What has come is kept when the connection, the disk or the user gives up.
 */
export async function pullModel(source: ModelSource, options: PullOptions): Promise<PulledModel> {
  const path = join(options.folder, source.name)
  const fetch: Fetch = { ...options, source, part: new PartFile(path) }
  return await diskFailures(fetch, async () => {
    makeFolder(options.folder)
    return await fetch.part.alone(async () => {
      // countersign-ignore javascript/path-traversal: nothing of a path is left in the name of a source
      const already = existsSync(path)
      if (already) await askWhatItIs(fetch)
      else await whole(fetch)
      const digest = await digestOf(already ? path : fetch.part.path, options)
      const checked = check(digest, { fetch, already })
      // countersign-ignore javascript/path-traversal: the same path
      const { size: bytes } = statSync(already ? path : fetch.part.path)
      if (!already) fetch.part.finish()
      return { path, bytes, digest, checked, already }
    })
  })
}

/** The digest that the host publishes for a file that is here already. A host that cannot be asked has said nothing. */
async function askWhatItIs(fetch: Fetch): Promise<void> {
  if (fetch.sha256 !== undefined) return
  try {
    await listening({ ...fetch, silenceMs: 5000 }, async (signal) => hear(fetch, await openDownload(fetch.source, { from: 0, signal })))
  } catch (error) {
    if (fetch.signal?.aborted === true) throw interrupted()
    if (!(error instanceof NotNow) && !(error instanceof CountersignError)) throw error
  }
}

function hear(fetch: Fetch, { published }: Pick<Opened, 'published'>): void {
  if (published !== undefined) fetch.published = published
}

async function digestOf(path: string, { onProgress, signal }: PullOptions): Promise<string> {
  // countersign-ignore javascript/path-traversal: the path of the file that is fetched, made above
  const { size } = statSync(path)
  onProgress?.({ doing: 'checking', done: 0, total: size })
  const digest = await digestFile(path)
  if (signal?.aborted === true) throw interrupted()
  onProgress?.({ doing: 'checking', done: size, total: size })
  return digest
}

function check(digest: string, { fetch, already }: { fetch: Fetch; already: boolean }): PulledModel['checked'] {
  const { sha256, published, part, source } = fetch
  const wanted = sha256?.toLowerCase() ?? published
  if (wanted === undefined) return 'unknown'
  if (digest === `sha256:${wanted}`) return sha256 === undefined ? 'published' : 'given'
  if (already)
    throw new CountersignError(
      'INPUT_INVALID',
      `${source.name} is there already and is another file (${digest}): remove it, or name this one with --as`,
    )
  part.discard()
  const whose = sha256 === undefined ? 'its host publishes' : 'was asked for'
  throw new CountersignError(
    'EVIDENCE_BROKEN',
    `${placeOf(source)}: what came has ${digest}, and sha256:${wanted} is what ${whose}: it is not kept`,
  )
}

/** Attempts until the file is whole. One that comes further than those before is not counted against the host. */
async function whole(fetch: Fetch): Promise<void> {
  const { source, part, backoffMs = 500, signal } = fetch
  let furthest = part.bytes
  for (let failed = 0; ;) {
    try {
      if (await attempt(fetch)) return
      throw new NotNow('the connection broke off')
    } catch (error) {
      if (signal?.aborted === true) throw interrupted()
      if (!(error instanceof NotNow)) throw error
      failed = part.bytes > furthest ? 1 : failed + 1
      furthest = Math.max(furthest, part.bytes)
      if (failed >= mostAttempts)
        throw new CountersignError(
          'MODEL_UNREACHABLE',
          `${source.name} did not come: ${error.message}, ${mostAttempts} times at ${furthest} bytes; ${kept}`,
          { cause: error },
        )
      await sleep(backoffMs * 2 ** (failed - 1), undefined, signal === undefined ? {} : { signal }).catch(() => {})
    }
  }
}

/** Without a query, which may hold a secret. */
function placeOf({ url }: ModelSource): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}

const kept = 'what has come is kept, and the same command goes on from there'

function interrupted(): CountersignError {
  return new CountersignError('INTERRUPTED', `interrupted; ${kept}`)
}

/** One attempt, from where the last one ended if that can be trusted to be the same file. Says whether the file is whole now. */
async function attempt(fetch: Fetch): Promise<boolean> {
  const { source, part } = fetch
  const known = part.known(source.url)
  hear(fetch, known ?? {})
  const sure = known?.validator !== undefined || (fetch.sha256 ?? fetch.published) !== undefined
  const from = known !== undefined && sure ? part.bytes : 0
  if (from > 0 && from === known?.bytes) return true
  return await listening(fetch, async (signal, heard) => {
    const answer = await openDownload(source, { from, validator: known?.validator, signal })
    hear(fetch, answer)
    const same = known?.validator === undefined || answer.validator === undefined || known.validator === answer.validator
    if (answer.from !== 0 && (answer.from !== from || !same)) {
      // It is not the rest of what is here.
      part.discard()
      throw new NotNow('the file there is not the one that it was')
    }
    return await write(fetch, answer, heard)
  })
}

async function write(fetch: Fetch, answer: Opened, heard: () => void): Promise<boolean> {
  const { source, part, onProgress } = fetch
  const { from, bytes, validator, body } = answer
  await roomFor(fetch, (bytes ?? 0) - from)
  const file = await part.open(from, {
    url: source.url,
    ...(bytes === undefined ? {} : { bytes }),
    ...(validator === undefined ? {} : { validator }),
    ...(answer.published === undefined ? {} : { published: answer.published }),
  })
  try {
    let at = from
    for await (const chunk of chunksOf(body)) {
      heard()
      if (bytes !== undefined && at + chunk.byteLength > bytes)
        throw new CountersignError('MODEL_REPLY_INVALID', `${placeOf(source)}: more comes than the ${bytes} bytes that were announced`)
      at = await append(file, { chunk, at })
      if (at >= magic.length && at - chunk.byteLength < magic.length) await beginsWell(file, fetch)
      onProgress?.({ doing: `fetching ${source.name}`, done: at, ...(bytes === undefined ? {} : { total: bytes }) })
    }
    await file.sync()
    if (bytes !== undefined && at < bytes) return false
    if (at < magic.length) await beginsWell(file, fetch)
    endsWell(fetch, at)
    return true
  } finally {
    await file.close()
  }
}

async function* chunksOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw new NotNow('the connection broke off', { cause: error })
  }
}

async function append(file: FileHandle, { chunk, at }: { chunk: Uint8Array; at: number }): Promise<number> {
  for (let done = 0; done < chunk.byteLength;) done += (await file.write(chunk, done, chunk.byteLength - done, at + done)).bytesWritten
  return at + chunk.byteLength
}

async function beginsWell(file: FileHandle, { source, part }: Fetch): Promise<void> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(80), 0, 80, 0)
  const start = buffer.subarray(0, bytesRead)
  if (start.subarray(0, magic.length).equals(magic)) return
  part.discard()
  throw new CountersignError(
    'INPUT_INVALID',
    `${placeOf(source)} gives no GGUF file: it begins ${JSON.stringify(printable(start.toString('latin1')))}`,
  )
}

/** A host may announce less than the file has, and what it gives is then all there is: nothing to go on from. */
function endsWell({ source, part }: Fetch, bytes: number): void {
  const least = leastGgufBytes(part.path)
  if (least === undefined || bytes >= least) return
  part.discard()
  throw new CountersignError(
    'MODEL_REPLY_INVALID',
    `${placeOf(source)}: it gave ${bytes} bytes and called them all, and the file says that it has ${least}: it is not kept`,
  )
}

async function roomFor({ folder }: Fetch, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bytes <= bavail * bsize) return
  throw new CountersignError(
    'STORE_UNAVAILABLE',
    `${folder} has room for ${bavail * bsize} bytes, and ${bytes} are to come: free some space, or name another folder with --models`,
  )
}

/** Gives `work` a signal that ends it when the user does, or when nothing has been heard for too long; what it leaves open is closed. */
async function listening<Result>(
  { signal, silenceMs = 60_000 }: Fetch,
  work: (signal: AbortSignal, heard: () => void) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController()
  let silent = false
  const timer = setTimeout(() => {
    silent = true
    over.abort()
  }, silenceMs)
  try {
    return await work(signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]), () => timer.refresh())
  } catch (error) {
    throw silent ? new NotNow(`nothing came for ${silenceMs / 1000} s`, { cause: error }) : error
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

const diskHelps: Record<string, string> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'the quota is used up: free some of it',
  EFBIG: 'files may not become that large here: raise the limit',
  EACCES: 'it cannot be written: make it writable',
  EPERM: 'it cannot be written: make it writable',
  EROFS: 'it is read-only',
}

/** What a failure of the disk means for the user; every other error passes through. */
async function diskFailures<Result>({ folder }: Fetch, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || error instanceof CountersignError || !('syscall' in error) || !('code' in error)) throw error
    const help = diskHelps[String(error.code)] ?? error.message
    throw new CountersignError('STORE_UNAVAILABLE', `the folder of models ${folder}: ${help}, or name another one with --models; ${kept}`, {
      cause: error,
    })
  }
}
