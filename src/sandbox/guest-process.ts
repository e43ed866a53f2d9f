import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { CountersignError } from '../errors.ts'
import type { Limits } from '../ports.ts'
import { splitMarked } from './answer.ts'
import type { Attempt } from './attempt.ts'
import { openMeter } from './meter.ts'
import { usageIntervalMs } from './usage.ts'

/** Reading a runtime from a cold disk on a busy machine takes its time, and none of it is the program's. */
const START_WATCHDOG_MS = 120_000
/** Windows has no process groups, and a detached process a window of its own. */
const hasGroups = process.platform !== 'win32'
// What V8 says before it aborts.
const heapExhausted = /out of memory|Zone Allocation failed/

export interface GuestCommand {
  file: string
  arguments: readonly string[]
  env: Record<string, string>
  cwd: string
  input: Buffer
  /** Begins each answer on standard output. */
  mark: string
}

export interface GuestOptions {
  limits: Limits
  wallMs: number
  signal?: AbortSignal
}

type End = NonNullable<Attempt['limit']> | 'aborted' | 'never-ready'

/**
 * Runs a guest in a process group of its own, within limits; it is gone, with all it started, when this returns. Its first answer
 * is `ready`, which is for us and not among the attempt's lines. `readyMs` is the time since.
 */
export async function runGuest(command: GuestCommand, options: GuestOptions): Promise<Attempt & { readyMs: number }> {
  const { limits, wallMs, signal } = options
  if (signal?.aborted === true) throw interrupted()
  const child = spawn(command.file, command.arguments, { cwd: command.cwd, env: command.env, detached: hasGroups, windowsHide: true })
  running.add(child)
  let end: End | undefined
  const stop = (why: End) => {
    end ??= why
    endGroup(child)
  }
  const meter = openMeter(child.pid, limits)
  const output = collectOutput(child, command.mark, {
    answered: () => void meter.answered(),
    grown: (bytes) => bytes > limits.outputBytes && stop('output'),
  })
  const poll = setInterval(() => void meter.check(wallMs).then((passed) => passed && stop(passed)), usageIntervalMs)
  const startWatchdog = setTimeout(() => meter.isReady() || stop('never-ready'), START_WATCHDOG_MS)
  const abort = () => stop('aborted')
  signal?.addEventListener('abort', abort, { once: true })
  try {
    child.stdin.on('error', () => undefined).end(command.input)
    const [exitCode, exitSignal] = await closed(child)
    const { stdout, stderr } = output()
    if (end === 'aborted') throw interrupted()
    if (end === 'never-ready' || !meter.isReady()) throw neverReady(stderr, exitCode)
    const { lines, rest } = splitMarked(stdout, command.mark)
    const isExhausted = end === undefined && exitSignal !== null && heapExhausted.test(stderr)
    const seen = { lines: lines.slice(1), stdout: rest, stderr, exitCode, signal: exitSignal, limit: isExhausted ? ('memory' as const) : (end ?? null) }
    return { ...seen, ...meter.usage(), readyMs: meter.readyMs() }
  } finally {
    clearInterval(poll)
    clearTimeout(startWatchdog)
    signal?.removeEventListener('abort', abort)
    running.delete(child)
  }
}

/** Gathers what a guest writes, answers and all; `grown` is told the size each time. */
function collectOutput(child: { stdout: Readable; stderr: Readable }, mark: string, on: { answered: () => void; grown: (bytes: number) => void }) {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  let tail = ''
  let size = 0
  const keep = (kept: Buffer[], bytes: Buffer) => {
    kept.push(bytes)
    size += bytes.length
    on.grown(size)
  }
  child.stdout.on('data', (bytes: Buffer) => {
    // A mark may be cut in two.
    const text = tail + bytes.toString('latin1')
    if (text.includes(mark)) on.answered()
    tail = text.slice(-mark.length + 1)
    keep(stdout, bytes)
  })
  child.stderr.on('data', (bytes: Buffer) => keep(stderr, bytes))
  return () => ({ stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() })
}

/** Resolves when the process and all that held its streams are gone. */
async function closed(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  try {
    return (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  } catch (cause) {
    throw new CountersignError('SANDBOX_BROKEN', `the sandbox could not be started: ${String(cause)}`, { cause })
  }
}

function interrupted(): CountersignError {
  return new CountersignError('INTERRUPTED', 'the run was interrupted')
}

function neverReady(stderr: string, exitCode: number | null): CountersignError {
  const status = exitCode === null ? 'killed' : `exit status ${exitCode}`
  return new CountersignError('SANDBOX_BROKEN', `the sandbox's guest did not start (${status}): ${stderr.trim().slice(-500)}`)
}

/** What must not outlive us. */
const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach(endGroup))

function endGroup(child: ChildProcess): void {
  try {
    if (!hasGroups) child.kill('SIGKILL')
    else if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
