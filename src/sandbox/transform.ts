import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { extname } from 'node:path'
import { CountersignError } from '../errors.ts'
import type { Job } from '../ports.ts'
import type { Raised } from '../records/execution.ts'

/** A file as the JavaScript guest loads it: `module` is an ES module rewritten to a function's body, `data` is never executed. */
export interface GuestFile {
  path: string
  content: string
  format: 'commonjs' | 'module' | 'data'
  /** Decorators of the 2023 proposal rather than TypeScript's `experimentalDecorators`. */
  decorators?: 'standard'
}

/** A program that cannot be read has raised a SyntaxError of its own: that is an answer, not a failure of ours. */
export type Transformed = { kind: 'program'; files: GuestFile[] } | { kind: 'raised'; error: Raised }
export type Source = Pick<Job, 'language' | 'files' | 'work'>

/** One transform for all drivers: JavaScript or TypeScript files become what the guest loads. An in-process test's code is appended to the main file. */
export interface Transformer {
  transformProgram(source: Source): Promise<Transformed>
  close(): void
}

/** What the worker says: that it is there, or what became of a program; `broken` is a failure of ours. */
export type WorkerMessage = Transformed | { kind: 'ready' } | { kind: 'broken'; message: string }

const ownWorker = new URL(`./transform-worker${extname(import.meta.url)}`, import.meta.url)
const WATCHDOG_MS = 30_000
const nestedMessage = 'the program is nested too deeply or too large to be read'
export const nestedTooDeeply: Transformed = { kind: 'raised', error: { type: 'SyntaxError', message: nestedMessage } }

/** The work is done in a child process, one program at a time: parsers written in native code do crash on hostile nesting. */
export function openTransformer(worker = ownWorker): Transformer {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()

  const discard = () => {
    child?.kill('SIGKILL')
    child = undefined
  }
  const attempt = async (source: Source): Promise<Transformed | undefined> => {
    child ??= await startWorker(worker)
    const answer = await ask(child, source)
    if (answer === undefined) discard()
    if (answer?.kind === 'broken' || answer?.kind === 'ready') throw broken(answer.kind === 'broken' ? answer.message : 'it answers out of turn')
    return answer
  }
  // Tried twice, lest a worker that something else has killed be held against the program.
  const transform = async (source: Source) => (await attempt(source)) ?? (await attempt(source)) ?? nestedTooDeeply

  return {
    transformProgram(source) {
      const result = last.then(() => transform(source))
      last = result.catch(() => undefined)
      return result
    },
    close: discard,
  }
}

/** A worker that has loaded its parser: one that cannot is no reason to think ill of a program. */
async function startWorker(worker: URL): Promise<ChildProcess> {
  const child = fork(worker, { env: {}, execArgv: ['--max-old-space-size=1024'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  // Between two programs nobody waits for it, and then its death is noticed by the next.
  child.on('error', () => undefined)
  let complaint = ''
  child.stderr?.on('data', (bytes: Buffer) => (complaint = (complaint + bytes.toString()).slice(-500)))
  if ((await message(child))?.kind !== 'ready') throw broken(`it does not start: ${complaint.trim()}`)
  // Waiting for the next program must not keep the process alive.
  child.unref()
  ;(child.stderr as Socket | null)?.unref()
  return child
}

/** The worker's answer, or `undefined` when it died or hung. */
function ask(child: ChildProcess, { language, files, work }: Source): Promise<WorkerMessage | undefined> {
  const answer = message(child)
  child.send({ language, files, appended: work.kind === 'in-process' ? work.code : undefined })
  return answer
}

function message(child: ChildProcess): Promise<WorkerMessage | undefined> {
  return new Promise((resolve) => {
    const done = (answer?: WorkerMessage) => {
      clearTimeout(watchdog)
      child.removeListener('message', done).removeListener('exit', gone).removeListener('error', gone)
      child.channel?.unref()
      resolve(answer)
    }
    const gone = () => done()
    const watchdog = setTimeout(gone, WATCHDOG_MS)
    child.channel?.ref()
    child.once('message', done).once('exit', gone).once('error', gone)
  })
}

function broken(why: string): CountersignError {
  return new CountersignError('SANDBOX_BROKEN', `the transform of JavaScript and TypeScript is broken (${why}); npm install brings oxc-transform`)
}
