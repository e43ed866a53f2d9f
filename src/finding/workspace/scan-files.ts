import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Packages } from '../dependency/manifest.ts'
import { type SourcePath, type SourceScan, scanSource, unread } from './scan-source.ts'

export interface ScanFilesOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => unknown
  /** Threads at most; without it one for each core. */
  readonly concurrency?: number
  /** What the workspace says of its packages. */
  readonly packages?: Packages
}

const ownWorker = new URL(`./scan-worker${extname(import.meta.url)}`, import.meta.url)
/** A thread needs a sixth of a second to load its grammars: what many more files than this repay. */
const filesPerThread = 40
const mostThreads = 8
/** No file that is read at all takes a hundredth of this: what does has found a fault of ours. */
const watchdogMs = 60_000
const memory = { maxOldGenerationSizeMb: 1024 }

/** Reads and scans the files of a workspace, in the order given, a few in one thread or many in several. */
export async function scanFiles(root: string, sources: readonly SourcePath[], options: ScanFilesOptions = {}): Promise<SourceScan[]> {
  const threads = Math.min(options.concurrency ?? availableParallelism(), mostThreads, Math.ceil(sources.length / filesPerThread))
  const scans: SourceScan[] = []
  let next = 0
  let done = 0
  const finish = (index: number, scan: SourceScan) => {
    scans[index] = scan
    options.onProgress?.(++done, sources.length)
  }
  const take = (): [number, SourcePath] | undefined => {
    options.signal?.throwIfAborted()
    const source = sources[next]
    return source === undefined ? undefined : [next++, source]
  }
  if (threads <= 1) for (let job = take(); job !== undefined; job = take()) finish(job[0], await scanSource(root, job[1], options.packages))
  else await Promise.all(Array.from({ length: threads }, () => work({ root, packages: options.packages }, take, finish)))
  return scans
}

/** One thread after another, until nothing is left: a file that ends its thread is incomplete, and the next file gets a new one. */
async function work(given: WorkerGiven, take: () => [number, SourcePath] | undefined, finish: (index: number, scan: SourceScan) => void): Promise<void> {
  let worker: Worker | undefined
  try {
    for (let job = take(); job !== undefined; job = take()) {
      worker ??= new Worker(ownWorker, { workerData: given, resourceLimits: memory })
      const [index, source] = job
      const answer = await ask(worker, source)
      if (answer.kind === 'failed') {
        await worker.terminate()
        worker = undefined
      }
      finish(index, answer.kind === 'failed' ? unread(source.path, { reason: answer.reason, partial: true }, source.language ?? 'unknown') : answer.scan)
    }
  } finally {
    await worker?.terminate()
  }
}

/** What each thread is started with. */
export interface WorkerGiven {
  readonly root: string
  readonly packages: Packages | undefined
}

type Answer = { kind: 'scanned'; scan: SourceScan } | { kind: 'failed'; reason: string }

function ask(worker: Worker, source: SourcePath): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      clearTimeout(watchdog)
      worker.off('message', answered).off('error', failed).off('exit', ended)
      resolve(answer)
    }
    const fail = (what: string) => settle({ kind: 'failed', reason: `the analyser ${what}; please report it` })
    const answered = (scan: SourceScan) => settle({ kind: 'scanned', scan })
    const failed = (error: unknown) => fail(`failed: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}`)
    const ended = () => fail('ended')
    const watchdog = setTimeout(() => fail(`did not end within ${watchdogMs / 1000} s`), watchdogMs)
    worker.on('message', answered).on('error', failed).on('exit', ended)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    worker.postMessage(source)
  })
}
