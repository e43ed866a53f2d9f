import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job, Limits, Sandbox } from '../ports.ts'
import type { Run } from '../records/execution.ts'
import type { Language } from '../records/language.ts'
import { runAttempts } from './attempt.ts'
import { javaScriptCommand, pythonCommand } from './deno-command.ts'
import type { DenoCommand } from './deno-command.ts'
import { findDenoRuntime } from './deno-runtime.ts'
import { runGuest } from './guest-process.ts'
import { readJob, withoutRun } from './job.ts'
import { openPool } from './pool.ts'
import { proveConfinement } from './proof.ts'
import { findSnapshot } from './pyodide-snapshot.ts'
import { openTransformer } from './transform.ts'

export interface DenoOptions {
  /** Programs run at once, at most. */
  concurrency?: number
}

/**
 * The portable sandbox: a fresh Deno process without permissions for each program; JavaScript runs in its V8, Python in Pyodide. It
 * needs nothing but npm packages. No program can start another one here, so `command` is unsupported.
 */
export async function openDeno({ concurrency = availableParallelism() }: DenoOptions = {}): Promise<Sandbox> {
  const runtime = findDenoRuntime()
  const { pyodide } = runtime
  const scratch = await mkdtemp(join(tmpdir(), 'countersign-deno-'))
  await mkdir(join(scratch, 'empty'))
  const place = { runtime, scratch }
  const transformer = openTransformer()
  const languages: Language[] = [...(pyodide === undefined ? [] : (['python'] as const)), 'javascript', 'typescript']
  const places = openPool({ size: concurrency, open: () => Promise.resolve(), close: () => undefined })
  let snapshot: Promise<string> | undefined
  let proof: ReturnType<Sandbox['prove']> | undefined

  const run: Sandbox['run'] = async (given, options) => {
    const job = readJob(given, languages)
    const { limits } = options
    if (job.work.kind === 'command') return withoutRun(job, { outcome: 'unsupported' })
    if (job.language === 'python' && pyodide !== undefined) {
      snapshot ??= findSnapshot(place, pyodide)
      const command = pythonCommand(place, { limits, pyodide, snapshot: await snapshot })
      return places.use(() => attempt({ job, files: job.files, command }, options.signal))
    }
    const transformed = await transformer.transformProgram(job)
    if (transformed.kind === 'raised') return withoutRun(job, { outcome: 'raised', error: transformed.error })
    const command = javaScriptCommand(place, { limits, project: job.project })
    return places.use(() => attempt({ job, files: transformed.files, command }, options.signal))
  }
  const prove = () => (proof ??= proveConfinement({ driver: 'deno', languages, run }))

  return {
    driver: 'deno',
    languages,
    prove,
    async run(job, options) {
      await prove()
      return run(job, options)
    },
    async close() {
      transformer.close()
      await rm(scratch, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

interface Undertaking {
  job: Job
  files: readonly object[]
  command: DenoCommand
}

/** Runs the job in as many processes as it takes; only the time after a process is ready counts. */
function attempt({ job, files, command }: Undertaking, signal: AbortSignal | undefined): Promise<Run> {
  const { limits } = command
  let leftMs = limits.wallMs
  const start = async (first: number) => {
    const mark = `\u001E${randomBytes(16).toString('hex')} `
    const input = encodeJob(job, { files, limits, first, mark })
    const seen = await runGuest({ ...command, input, mark }, { limits, wallMs: leftMs, ...(signal && { signal }) })
    leftMs -= seen.readyMs
    return seen
  }
  return runAttempts(job, { wallMs: limits.wallMs, start })
}

/** As `guest/channel.mjs` reads it: a length, a line feed, JSON, and the script's own standard input behind it. */
function encodeJob({ work, project }: Job, about: { files: readonly object[]; limits: Limits; first: number; mark: string }): Buffer {
  const { files, limits, first, mark } = about
  const stdin = work.kind === 'script' ? work.stdin : ''
  const common = { root: '/program', answers: 1, mark, first, cpuMs: limits.cpuMs, outputBytes: limits.outputBytes }
  const text = Buffer.from(JSON.stringify({ ...common, project, files, work: work.kind === 'script' ? { ...work, stdin: '' } : work }))
  return Buffer.concat([Buffer.from(`${text.length}\n`), text, Buffer.from(stdin)])
}
