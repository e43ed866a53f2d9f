import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Packages } from '../dependency/manifest.ts'
import type { Files } from '../beside.ts'
import { affordable, type Link, linkedIn, stepsFor } from '../links.ts'
import { filesAt, type SourcePath, type SourceScan, scanSource, unread } from './scan-source.ts'

export interface ScanFilesOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => unknown
  /** Threads at most; without it one for each core. */
  readonly concurrency?: number
  /** What the workspace says of its packages. */
  readonly packages?: Packages
  /** The files into which values are followed; without it those that are scanned. */
  readonly around?: readonly string[]
}

const ownWorker = new URL(`./scan-worker${extname(import.meta.url)}`, import.meta.url)
/** A thread needs a sixth of a second to load its grammars: what many more files than this repay. */
const filesPerThread = 40
const mostThreads = 8
/** No file that is read at all takes a hundredth of this: what does has found a fault of ours. */
const watchdogMs = 60_000
const memory = { maxOldGenerationSizeMb: 1024 }

/** A file to read, and whether its values are followed into the others. */
export interface Job {
  readonly source: SourcePath
  readonly follow: boolean
  /** Steps that following may take. */
  readonly steps?: number | undefined
}

/**
 * Reads and scans the files of a workspace, in the order given, a few in one thread or many in several: each alone, and once more those of which
 * the others can say more, with the files that they lead into.
 */
export async function scanFiles(root: string, sources: readonly SourcePath[], options: ScanFilesOptions = {}): Promise<SourceScan[]> {
  const { packages, around = sources.map(({ path }) => path) } = options
  const threads = Math.min(options.concurrency ?? availableParallelism(), mostThreads, Math.ceil(sources.length / filesPerThread))
  const seats = threads <= 1 ? [new OwnSeat({ root, packages, paths: around })] : Array.from({ length: threads }, () => new ThreadSeat({ root, packages, paths: around }))
  try {
    const alone = await scanEach(sources.map((source) => ({ source, follow: false })), seats, { ...options, total: sources.length, before: 0 })
    const links = new Map(alone.flatMap(({ link }, index) => (link === undefined ? [] : [[sources[index]?.path ?? '', link]])))
    const linked = linkedIn(links)
    const followable = affordable(links, linked)
    const again = sources.filter(({ path }) => followable.has(path))
    const followed = await scanEach(again.map((source) => ({ source, follow: true, steps: stepsOf(links.get(source.path)) })), seats, { ...options, total: sources.length + again.length, before: sources.length })
    const better = new Map(followed.map((scan, index) => [again[index]?.path ?? '', scan]))
    return alone.map((scan, index) => {
      const path = sources[index]?.path ?? ''
      return linked.has(path) && !followable.has(path) ? cut(scan) : withFollowed(scan, better.get(path))
    })
  } finally {
    await Promise.all(seats.map((seat) => seat.leave()))
  }
}

const cut = (scan: SourceScan): SourceScan => ({ ...scan, isCut: true })
const stepsOf = (link: Link | undefined) => (link === undefined ? undefined : stepsFor(link))

/** What following its values made of a file. Where that failed, what it says alone is not lost. */
function withFollowed(alone: SourceScan, followed: SourceScan | undefined): SourceScan {
  if (followed === undefined) return alone
  return followed.link === undefined ? { ...alone, coverage: followed.coverage } : { ...followed, ...(alone.link !== undefined && { link: alone.link }) }
}

interface Progress extends ScanFilesOptions {
  readonly total: number
  readonly before: number
}

/** Does each job once, at whichever seat is free; the scans are in the jobs' order. */
async function scanEach(jobs: readonly Job[], seats: readonly Seat[], { signal, onProgress, total, before }: Progress): Promise<SourceScan[]> {
  const scans: SourceScan[] = []
  let next = 0
  let done = before
  await Promise.all(
    seats.map(async (seat) => {
      for (;;) {
        signal?.throwIfAborted()
        const index = next++
        const job = jobs[index]
        if (job === undefined) return
        scans[index] = await seat.scan(job)
        onProgress?.(++done, total)
      }
    }),
  )
  return scans
}

/** Where one file after another is read. */
interface Seat {
  scan(job: Job): Promise<SourceScan>
  leave(): Promise<unknown>
}

/** In this thread. */
class OwnSeat implements Seat {
  private readonly given: WorkerGiven
  private readonly others: Files

  constructor(given: WorkerGiven) {
    this.given = given
    this.others = filesAt(given.root, given.paths)
  }

  scan({ source, follow, steps }: Job): Promise<SourceScan> {
    return scanSource(this.given.root, source, { packages: this.given.packages, others: this.others, follow, steps })
  }

  async leave(): Promise<void> {}
}

/** In a thread of its own: a file that ends it is incomplete, and the next file gets a new one. */
class ThreadSeat implements Seat {
  private readonly given: WorkerGiven
  private worker: Worker | undefined

  constructor(given: WorkerGiven) {
    this.given = given
  }

  async scan(job: Job): Promise<SourceScan> {
    this.worker ??= new Worker(ownWorker, { workerData: this.given, resourceLimits: memory })
    const answer = await ask(this.worker, job)
    if (answer.kind === 'scanned') return answer.scan
    await this.leave()
    const { path, language = 'unknown' } = job.source
    return unread(path, { reason: answer.reason, partial: true }, language)
  }

  async leave(): Promise<void> {
    const { worker } = this
    this.worker = undefined
    await worker?.terminate()
  }
}

/** What each thread is started with. */
export interface WorkerGiven {
  readonly root: string
  readonly packages: Packages | undefined
  /** All files that one of them may lead into. */
  readonly paths: readonly string[]
}

type Answer = { kind: 'scanned'; scan: SourceScan } | { kind: 'failed'; reason: string }

function ask(worker: Worker, job: Job): Promise<Answer> {
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
    worker.postMessage(job)
  })
}
