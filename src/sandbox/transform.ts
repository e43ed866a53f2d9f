import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { extname } from 'node:path'
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

const WATCHDOG_MS = 30_000
const tooHard: Transformed = { kind: 'raised', error: { type: 'SyntaxError', message: 'the program is nested too deeply or too large to be read' } }

/** The work is done in a child process, one program at a time: parsers written in native code do crash on hostile nesting. */
export function openTransformer(): Transformer {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()

  const attempt = async (source: Source): Promise<Transformed | undefined> => {
    child ??= startWorker()
    const answer = await ask(child, source)
    if (answer === undefined) {
      child.kill('SIGKILL')
      child = undefined
    }
    return answer
  }
  // Tried twice, lest a worker that something else has killed be held against the program.
  const transform = async (source: Source) => (await attempt(source)) ?? (await attempt(source)) ?? tooHard

  return {
    transformProgram(source) {
      const result = last.then(() => transform(source))
      last = result.catch(() => undefined)
      return result
    },
    close() {
      child?.kill('SIGKILL')
      child = undefined
    },
  }
}

function startWorker(): ChildProcess {
  const worker = new URL(`./transform-worker${extname(import.meta.url)}`, import.meta.url)
  const child = fork(worker, { env: {}, execArgv: ['--max-old-space-size=1024'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  // Waiting for the next program must not keep the process alive.
  child.unref()
  child.channel?.unref()
  return child
}

/** The worker's answer, or `undefined` when it died or hung. */
function ask(child: ChildProcess, source: Source): Promise<Transformed | undefined> {
  return new Promise((resolve) => {
    const done = (answer: Transformed | undefined) => {
      clearTimeout(watchdog)
      child.removeAllListeners()
      child.channel?.unref()
      resolve(answer)
    }
    const watchdog = setTimeout(() => done(undefined), WATCHDOG_MS)
    child.once('message', (answer) => done(answer as Transformed))
    child.once('exit', () => done(undefined))
    child.once('error', () => done(undefined))
    child.channel?.ref()
    child.send({ language: source.language, files: source.files, appended: source.work.kind === 'in-process' ? source.work.code : undefined })
  })
}
