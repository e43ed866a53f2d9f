import type { ChangedFile } from './records/candidate.ts'
import type { Confinement, Run } from './records/execution.ts'
import type { Domain } from './records/familiarity.ts'
import type { Language } from './records/language.ts'
import type { Prompt, PromptKind, Sampling } from './records/prompt.ts'
import type { Embedded, Reply, Scored, Usage } from './records/sample.ts'
import type { WorstCase } from './records/spend.ts'
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

/** The one ledger of spend. Whoever calls a model reserves the call's worst case first and settles it afterwards, retries included. */
export interface Budget {
  /**
   * Waits while calls in flight may still leave enough; throws `BUDGET_SPENT` when they cannot, `SPEND_UNKNOWN` when there is a limit on
   * money and the price of the model or the use of an earlier call is not known.
   */
  reserve(worst: WorstCase, signal?: AbortSignal): Promise<Reservation>
}

export interface Reservation {
  /** What is left of the run's time, in milliseconds; Infinity when it is not limited. */
  readonly remainingMs: number
  /**
   * `nothing`: the call never reached the model. `worst-case`: it broke off. `unknown`: the answer does not say what it used; counted at its
   * worst case too, and the end of a budget in money. Settling again does nothing.
   */
  settle(used: Usage | 'nothing' | 'worst-case' | 'unknown'): void
}

export interface ModelCall {
  budget: Budget
  signal?: AbortSignal
}

export interface SampleCall extends ModelCall {
  sampling: Sampling
  /** How many samples, and the index of the first: it tells calls apart that are otherwise the same. */
  count: number
  first: number
  /** Text as it arrives, where the driver can tell. */
  onText?: (index: number, text: string) => void
}

/**
 * A language model. What a model answers, refuses or leaves out is in the records it returns; "the model could not be asked" is a thrown
 * `CountersignError` (`MODEL_UNREACHABLE`, `MODEL_REFUSED`, `TOOLS_REFUSED`, `MODEL_LATE`, `MODEL_REPLY_INVALID`, `CONTEXT_EXCEEDED`, `BUDGET_SPENT`, `INTERRUPTED`).
 */
export interface Model {
  readonly driver: string
  /** The name that is asked for. */
  readonly name: string
  /** The kinds of prompt it takes, preferred one first. */
  readonly prompts: readonly PromptKind[]
  /**
   * The ways in which it may score a given text, preferred one first: a name, or a name, a space and the text that it puts before every other.
   * Believed only when the capability probe says so.
   */
  readonly scorers: readonly string[]
  /** What it was trained for, where that is little. */
  readonly domain?: Domain
  /** Whether a chat prompt for it may offer tools. An endpoint that refuses them all the same is a thrown `TOOLS_REFUSED`, and from then on at once. */
  readonly takesTools?: true
  /** Fewer samples than asked only with a failure for each that is missing; throws when there is none at all. */
  sample(prompt: Prompt, call: SampleCall): Promise<Reply>
  /** log p(continuation | prompt), teacher-forced, by one of `scorers`. */
  score(prompt: Prompt, continuation: string, call: ModelCall & { by: string }): Promise<Scored>
  embed(texts: readonly string[], call: ModelCall): Promise<Embedded>
  /** What the answers of the endpoint depend on besides the name; empty where it does not say. */
  versions(call: { signal?: AbortSignal }): Promise<Record<string, string>>
  close(): Promise<void>
}

/** A program, or a part of one. */
export interface Embeddable {
  language: Language
  code: string
}

/** Places programs in a space where those that are alike are near. */
export interface Embedder {
  readonly driver: string
  /** One vector for each program, in their order, of Euclidean length 1 (all zeros where there is nothing in it); all of one dimension. */
  embed(programs: readonly Embeddable[], call: ModelCall): Promise<Embedded>
}
