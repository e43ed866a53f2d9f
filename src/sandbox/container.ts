import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { CountersignError } from '../errors.ts'
import type { Frame } from './frame.ts'
import { createFrameReader, encodeFrame } from './frame.ts'

/** What a warden is asked to hold one candidate to, and what it starts (`guest/warden.py`). */
export interface Plan {
  /** Of each call, and of the start and load together. */
  cpuMs: number
  totalCpuSeconds: number
  wallMs: number
  outputBytes: number
  memoryBytes: number
  /** Address space where the runtime can live under such a limit. */
  addressBytes: number | null
  /** No control group counts the memory: the warden does. */
  watchMemory: boolean
  processes: number
  fileBytes: number
  /** `null`: the Python guest. */
  command: readonly string[] | null
  environment: Readonly<Record<string, string>>
  /** The program's files are to be there before the command starts. */
  writeFiles: boolean
}

/** A candidate's true end, as its warden saw it. `setup` is `confined` when every wall stood before the first byte of the job was read. */
export interface Ended {
  setup: string
  reason: 'cpu' | 'wall' | 'memory' | 'output' | 'cancelled' | null
  exitCode: number | null
  signal: string | null
  cpuMs: number
  peakMemoryBytes: number
}

export interface Said {
  stdout: string
  stderr: string
  answers: string
  ended: Ended
}

export interface Container {
  /** Runs one candidate at a time. Rejects when the container itself fails, and is of no use after that. */
  run(plan: Plan, job: Uint8Array, signal?: AbortSignal): Promise<Said>
  close(): void
}

export interface ContainerOptions {
  command: readonly [string, ...string[]]
  environment: Record<string, string>
  /** Who to be before anything else is done. */
  identity?: { uid: number; gid: number }
  /** Open files that the warden gets as descriptors 3, 4, ... */
  descriptors: readonly number[]
  /** What the warden is told first. */
  start: unknown
}

// Beyond a program's own wall clock: a warden that says nothing for so long is broken.
const GRACE_MS = 20_000

/** Starts a container and waits until its warden is ready. */
export async function openContainer({ command: [program, ...given], environment, identity, descriptors, start }: ContainerOptions): Promise<Container> {
  // In a process group of its own: Control-C at a terminal is ours to answer.
  const child = spawn(program, given, { env: environment, stdio: ['pipe', 'pipe', 'pipe', ...descriptors], detached: true, ...identity }) as Piped
  const conversation = converse(child)
  conversation.send(encodeFrame('plan', Buffer.from(JSON.stringify(start))))
  await conversation.until('ready', { timeoutMs: GRACE_MS })
  return {
    async run(plan, job, signal) {
      signal?.throwIfAborted()
      const cancel = () => conversation.send(encodeFrame('cancel', Buffer.alloc(0)))
      conversation.send(encodeFrame('plan', Buffer.from(JSON.stringify(plan))))
      conversation.send(encodeFrame('job', job))
      signal?.addEventListener('abort', cancel, { once: true })
      try {
        const said = gather(await conversation.until('ended', { timeoutMs: plan.wallMs + GRACE_MS }))
        signal?.throwIfAborted()
        return said
      } finally {
        signal?.removeEventListener('abort', cancel)
      }
    },
    close: conversation.close,
  }
}

function gather(frames: Frame[]): Said {
  const text = (kind: Frame['kind']) => Buffer.concat(frames.flatMap((frame) => (frame.kind === kind ? frame.payload : []))).toString('utf8')
  return { stdout: text('stdout'), stderr: text('stderr'), answers: text('answers'), ended: JSON.parse(text('ended')) as Ended }
}

type Piped = ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable }

/** One side asks, the other answers with frames up to a certain kind. */
function converse(child: Piped) {
  const read = createFrameReader()
  let frames: Frame[] = []
  let complaint = ''
  let broken: Error | undefined
  let waiting: { kind: Frame['kind']; resolve: (frames: Frame[]) => void; reject: (error: Error) => void } | undefined

  const fail = (why: string, cause?: unknown) => {
    broken ??= new CountersignError('SANDBOX_BROKEN', `the sandbox's container ${why}${complaint === '' ? '' : `: ${complaint.trim()}`}`, { cause })
    child.kill('SIGKILL')
    waiting?.reject(broken)
    waiting = undefined
  }
  child.on('error', (error) => fail('could not be started', error))
  child.on('close', () => fail('has ended'))
  child.stdin.on('error', () => undefined)
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)))
  child.stdout.on('data', (chunk: Buffer) => {
    try {
      frames.push(...read(chunk))
    } catch (error) {
      return fail('cannot be understood', error)
    }
    if (waiting === undefined || frames.at(-1)?.kind !== waiting.kind) return
    waiting.resolve(frames)
    waiting = undefined
    frames = []
  })

  return {
    send: (bytes: Buffer) => void child.stdin.write(bytes),
    close: () => void child.kill('SIGKILL'),
    until(kind: Frame['kind'], { timeoutMs }: { timeoutMs: number }): Promise<Frame[]> {
      if (broken !== undefined) return Promise.reject(broken)
      return new Promise((resolve, reject) => {
        const watchdog = setTimeout(() => fail('did not answer'), timeoutMs)
        const settle = <T>(then: (result: T) => void) => (result: T) => {
          clearTimeout(watchdog)
          then(result)
        }
        waiting = { kind, resolve: settle(resolve), reject: settle(reject) }
      })
    },
  }
}
