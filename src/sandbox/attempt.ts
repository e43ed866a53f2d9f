import { CountersignError } from '../errors.ts'
import type { Job } from '../ports.ts'
import type { Observation, Raised, Run, RunOutcome } from '../records/execution.ts'
import type { Answer } from './answer.ts'
import { readAnswer } from './answer.ts'

/** One process of a program, from its start to its end, as the one outside it who started it saw it. */
export interface Attempt {
  /** What it said by its guest, line by line. */
  lines: readonly string[]
  stdout: string
  stderr: string
  exitCode: number | null
  signal: string | null
  /** The limit that ended it, if one did. */
  limit: 'cpu' | 'wall' | 'memory' | 'output' | null
  cpuMs: number
  peakMemoryBytes: number | null
}

/** Starts a process that takes the job's calls from `first` on, with that much wall clock left. */
export type Start = (first: number, wallMs: number) => Promise<Attempt>

// A call that ended its process is observed as that, and a new process takes the calls behind it. Once: each may use up its CPU time, and
// it is CPU time that has to end a program that hangs, before the wall clock of the whole job does.
const RESTARTS = 1

type End = { kind: RunOutcome; error?: Raised }

/** Runs a job in as many processes as it takes, and judges nothing: what each of them said and how it ended becomes a `Run`. */
export async function runAttempts(job: Job, options: { wallMs: number; start: Start }): Promise<Run> {
  const began = performance.now()
  const calls = job.work.kind === 'calls' ? job.work.calls.length : 0
  const observations = Array.from({ length: calls }, (): Observation => ({ kind: 'not-run' }))
  const attempts: Attempt[] = []
  let first = 0
  for (;;) {
    const attempt = await options.start(first, Math.max(1, options.wallMs - (performance.now() - began)))
    attempts.push(attempt)
    const told = replay(attempt, { observations, first, loads: job.work.kind === 'calls' })
    const next = told.end === undefined ? blame(attempt, { observations, told }) : undefined
    const end = told.end ?? (next === undefined ? howItEnded(attempt) : next >= calls ? { kind: 'completed' as const } : undefined)
    const isLast = next === undefined || attempts.length > RESTARTS || attempt.limit === 'wall' || attempt.limit === 'output'
    if (end !== undefined || isLast) return summarise(attempts, { observations, end: end ?? howItEnded(attempt), wallMs: performance.now() - began })
    first = next
  }
}

interface Told {
  loaded: boolean
  /** The call that comes after the last one observed, and what that was. */
  next: number
  last?: Observation['kind']
  end?: End
}

/** Takes over what the guest observed. Whoever writes between its lines, or out of turn, has ended the run by that. */
function replay(attempt: Attempt, { observations, first, loads }: { observations: Observation[]; first: number; loads: boolean }): Told {
  const told: Told = { loaded: false, next: first }
  for (const line of attempt.lines) {
    const answer = readAnswer(line)
    if (answer === undefined || !isInTurn(answer, { told, calls: observations.length, loads })) {
      return { ...told, end: { kind: 'raised', error: { type: 'ForgedAnswer', message: 'the program wrote to the descriptor of its answers' } } }
    }
    if (answer.kind === 'ended') return { ...told, end: { kind: answer.outcome, ...(answer.error && { error: answer.error }) } }
    if (answer.kind === 'observed') {
      observations[told.next++] = answer.observation
      told.last = answer.observation.kind
    }
    told.loaded ||= answer.kind !== 'ready'
  }
  return told
}

function isInTurn(answer: Answer, { told, calls, loads }: { told: Told; calls: number; loads: boolean }): boolean {
  if (answer.kind === 'ready') return !told.loaded
  if (answer.kind === 'loaded') return !told.loaded && loads
  if (answer.kind === 'observed') return told.loaded && answer.index === told.next && answer.index < calls
  return answer.outcome !== 'completed' || told.next === calls
}

/** The process died without a word: notes that on the call under way, and gives the call to go on with (none when it died at load). */
function blame(attempt: Attempt, { observations, told }: { observations: Observation[]; told: Told }): number | undefined {
  if (!told.loaded) return undefined
  const isExplained = told.last === 'exited' && attempt.signal === null && attempt.limit === null
  if (isExplained || told.next >= observations.length) return told.next
  observations[told.next] = howItEnded(attempt) as Observation
  return told.next + 1
}

const limits = { cpu: 'timed-out', wall: 'timed-out', memory: 'out-of-memory', output: 'output-limit' } as const
// What V8 says before it aborts.
const heapExhausted = /heap out of memory|Zone Allocation failed|Array buffer allocation failed/

function howItEnded(attempt: Attempt): End {
  if (attempt.limit !== null) return { kind: limits[attempt.limit] }
  if (attempt.signal === null) return { kind: 'exited' }
  if (heapExhausted.test(attempt.stderr)) return { kind: 'out-of-memory' }
  if (attempt.signal === 'SIGKILL') throw new CountersignError('SANDBOX_BROKEN', 'a program was killed from outside its sandbox')
  return { kind: 'raised', error: { type: attempt.signal, message: 'the process was ended by a signal' } }
}

function summarise(attempts: Attempt[], { observations, end, wallMs }: { observations: Observation[]; end: End; wallMs: number }): Run {
  const peaks = attempts.flatMap(({ peakMemoryBytes }) => peakMemoryBytes ?? [])
  return {
    outcome: end.kind,
    ...(end.error && { error: end.error }),
    observations,
    stdout: attempts[0]?.stdout ?? '',
    stderr: attempts[0]?.stderr ?? '',
    exitCode: attempts.at(-1)?.exitCode ?? null,
    usage: {
      cpuMs: attempts.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      wallMs,
      peakMemoryBytes: peaks.length > 0 ? Math.max(...peaks) : null,
    },
  }
}
