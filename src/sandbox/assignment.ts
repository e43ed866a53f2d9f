import { randomBytes } from 'node:crypto'
import type { Job, Limits } from '../ports.ts'
import type { Attempt } from './attempt.ts'
import type { Plan, Said } from './container.ts'

/** Where a container has what candidates need. */
export const inside = { guest: '/guest', javascriptGuest: '/guest-javascript.cjs', project: '/project', program: '/tmp/program', node: '/usr/bin/node', hosts: '/etc/hosts' } as const

/** What one process is given: its plan for the warden, its standard input, and how to read what it says. */
export interface Assignment {
  plan: Plan
  input: Buffer
  read: (said: Said) => Pick<Attempt, 'lines' | 'stdout'>
}

export interface Portion {
  limits: Limits
  first: number
  wallMs: number
}

export const environment: Record<string, string> = {
  PATH: '/usr/bin:/bin',
  HOME: '/tmp',
  LANG: 'C.UTF-8',
  // The order of sets is behaviour.
  PYTHONHASHSEED: '0',
  PYTHONDONTWRITEBYTECODE: '1',
  NO_COLOR: '1',
}

/** A process of the Python guest, which the warden has ready. */
export function assignPython(job: Job, portion: Portion & { packages: readonly string[] }): Assignment {
  return answering(job, portion, { plan: planFor(job, portion), about: { files: job.files, path: portion.packages } })
}

/** A process of Node with the JavaScript guest. `files` are transformed. */
export function assignJavaScript(job: Job, portion: Portion & { files: readonly object[] }): Assignment {
  const command = [inside.node, `--max-old-space-size=${Math.ceil(portion.limits.memoryBytes / 2 ** 20)}`, inside.javascriptGuest]
  const project = job.project === undefined ? {} : { project: inside.project }
  const about = { files: portion.files, root: inside.program, answers: 3, ...project }
  return answering(job, portion, { plan: { ...nodePlan(job, portion), command }, about })
}

/** A guest answers on a descriptor of its own: every line there is marked, or forged. A line that was cut off is neither. */
function answering({ work }: Job, { limits, first }: Portion, { plan, about }: { plan: Plan; about: object }): Assignment {
  const mark = `${randomBytes(16).toString('hex')} `
  const told = work.kind === 'script' ? { ...work, stdin: '' } : work
  const common = { work: told, cpuMs: limits.cpuMs, outputBytes: limits.outputBytes, first, mark }
  const lineOf = (text: string) => (text.startsWith(mark) ? text.slice(mark.length) : '')
  const read = ({ answers, stdout }: Said) => ({ lines: answers.split('\n').slice(0, -1).map(lineOf), stdout })
  return { plan, input: encodeJob({ ...about, ...common }, work), read }
}

/** A command of the runtime or the project, in the folder of the program's files. It has no guest: when it has ended by itself, that is its answer. */
export function assignCommand(job: Job, portion: Portion & { command: readonly string[]; packages: readonly string[] }): Assignment {
  const limits = { ...portion.limits, cpuMs: portion.limits.cpuMs + RUNNER_CPU_MS }
  const plan = { ...nodePlan(job, { ...portion, limits }), command: portion.command, writeFiles: true }
  const environment = { ...plan.environment, PYTHONPATH: portion.packages.join(':') }
  return { plan: { ...plan, environment }, input: encodeJob({ files: job.files }, job.work), read: readCommand }
}

function readCommand({ stdout, ended: { exitCode } }: Said): ReturnType<Assignment['read']> {
  const end = JSON.stringify({ kind: 'ended', outcome: 'completed', exitCode })
  return { lines: exitCode === null ? [] : [end], stdout }
}

// What a test runner takes to start is no fault of the program's.
const RUNNER_CPU_MS = 4000

// V8 reserves address space far beyond what it uses, and its threads count as processes: that is the runtime's share, not the program's.
const RUNTIME_BYTES = 128 * 2 ** 20
const RUNTIME_THREADS = 64

function nodePlan(job: Job, portion: Portion): Plan {
  const { memoryBytes, processes } = portion.limits
  return { ...planFor(job, portion), addressBytes: null, memoryBytes: memoryBytes + RUNTIME_BYTES, processes: processes + RUNTIME_THREADS }
}

function encodeJob(about: object, work: Job['work']): Buffer {
  const text = Buffer.from(JSON.stringify(about))
  return Buffer.concat([Buffer.from(`${text.length}\n`), text, Buffer.from(work.kind === 'script' ? work.stdin : '')])
}

// A file takes whole pages of memory, and one more for its name.
const BLOCK_BYTES = 8192

function planFor(job: Job, { limits, wallMs }: Portion): Plan {
  const parts = job.work.kind === 'calls' ? job.work.calls.length + 1 : 1
  const sourceBytes = job.files.reduce((sum, { content }) => sum + Buffer.byteLength(content) + BLOCK_BYTES, BLOCK_BYTES)
  return {
    cpuMs: limits.cpuMs,
    // A whole second more than all parts may use: it ends what burns CPU time where the clock of the calls cannot see it.
    totalCpuSeconds: Math.ceil((limits.cpuMs * parts) / 1000) + 1,
    wallMs,
    outputBytes: limits.outputBytes,
    memoryBytes: limits.memoryBytes,
    addressBytes: limits.memoryBytes,
    watchMemory: false,
    processes: limits.processes,
    fileBytes: limits.fileBytes + sourceBytes,
    command: null,
    environment,
    writeFiles: false,
  }
}
