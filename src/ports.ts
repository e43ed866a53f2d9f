import type { ChangedFile } from './records/candidate.ts'
import type { Confinement, Run } from './records/execution.ts'
import type { Language } from './records/language.ts'
import type { Call } from './records/test.ts'

/** What bounds one program. CPU time decides; wall clock is a watchdog. */
export interface Limits {
  /** CPU time of the program's start and load together, and again of each call, in milliseconds. */
  cpuMs: number
  /** Wall clock for the whole job, in milliseconds: sleeping for ever ends here, as `timed-out`. */
  wallMs: number
  memoryBytes: number
  /** Standard output, standard error and answers together. */
  outputBytes: number
  processes: number
  fileBytes: number
}

/** A program and what to do with it. `files[0]` is the main file; further files lie beside it. */
export interface Job {
  language: Language
  files: readonly ChangedFile[]
  /** A project's folder whose `node_modules` or virtual environment is mounted read-only. */
  project?: string
  work:
    | { kind: 'calls'; calls: readonly Call[] }
    | { kind: 'script'; stdin: string; arguments: readonly string[] }
    /** `code` is appended to the main file and runs in its namespace; `completed` when its end was reached. */
    | { kind: 'in-process'; code: string }
    /** A program of the runtime or the project (`pytest`, `node --test`), run in a folder that holds the files. */
    | { kind: 'command'; command: readonly string[] }
}

/**
 * Runs untrusted programs. "The program failed" is a `Run`; "the sandbox is unavailable or broke" is a thrown
 * `CountersignError` (`SANDBOX_UNAVAILABLE`, `SANDBOX_BROKEN`) and never an outcome.
 */
export interface Sandbox {
  readonly driver: string
  readonly languages: readonly Language[]
  /** Tries to break out, from inside, in every language; throws `SANDBOX_UNAVAILABLE` when an attempt succeeds. Done once, before the first run. */
  prove(): Promise<Confinement>
  run(job: Job, options: { limits: Limits; signal?: AbortSignal }): Promise<Run>
  close(): Promise<void>
}
