import { availableParallelism } from 'node:os'
import type { ObserveOptions } from '../behavior/observe.ts'
import type { Configuration } from '../config.ts'
import type { Budget, Embedder, Model, Sandbox } from '../ports.ts'
import type { Candidate } from '../records/candidate.ts'
import type { Capability } from '../records/capability.ts'
import type { CriticRole, Dialogue } from '../records/critique.ts'
import type { Distinction } from '../records/distinction.ts'
import type { Drawing, TestWriting } from '../records/drawing.ts'
import type { Execution } from '../records/execution.ts'
import type { CandidateScan } from '../records/finding.ts'
import type { KeptModule } from '../records/kept-module.ts'
import type { Look } from '../records/look.ts'
import type { Likelihood } from '../records/likelihood.ts'
import type { ModuleOffer, Round, RoundsEnd } from '../records/round.ts'
import type { Repair } from '../records/repair.ts'
import type { Sample } from '../records/sample.ts'
import type { Screening } from '../records/screening.ts'
import type { Spend, TokensSpent } from '../records/spend.ts'
import type { Task } from '../records/task.ts'
import type { Verdict } from '../records/verdict.ts'
import type { UnreadTest } from '../task/read-task.ts'
import { sourceFiles } from '../task/workspace-files.ts'

/** What happens while a run goes on, in the order in which it happens. `shown` are the files of the workspace that the model is shown. */
export type Progress =
  | { kind: 'read'; task: Task; unread: UnreadTest[]; shown: string[] }
  | { kind: 'sampled'; sample: Sample }
  | { kind: 'drawn'; round: number; drawing: Drawing; candidates: Candidate[] }
  | { kind: 'looked'; look: Look }
  | { kind: 'tests-written'; writing: TestWriting }
  | { kind: 'screened'; screening: Screening }
  | { kind: 'scanned'; scan: CandidateScan }
  | { kind: 'executed'; execution: Execution }
  | { kind: 'modules-chosen'; number: number; offer: ModuleOffer; /** Of all that are offered. */ names: string[] }
  | { kind: 'round-ended'; round: Round }
  | { kind: 'rounds-ended'; end: RoundsEnd }
  | { kind: 'discussed'; dialogue: Dialogue; id: string }
  | { kind: 'repaired'; repair: Repair }
  | { kind: 'distinguished'; distinction: Distinction }
  | { kind: 'probed'; capability: Capability }
  | { kind: 'scored'; likelihood: Likelihood }
  | { kind: 'judged'; verdict: Verdict }

/** The models of a run: one writes, and another one, where it is there, scores what that one wrote. */
export interface Models {
  coder: Model
  reviewer?: Model
  /** What places sub-modules, in the place of their structure. */
  embedder?: Embedder
  budget: Budget & { readonly spend?: Spend }
  /** Who may speak in each role, the preferred one first; without them the coder does. */
  critics?: Record<CriticRole, readonly Model[]>
  /** What earlier probes found. */
  known?: readonly Capability[]
}

/** What the pipeline is given to work with. `record` keeps each piece of evidence as it is made, so that an interrupted run loses nothing. */
export interface Context {
  sandbox: Sandbox
  /** Sub-modules of other tasks that may be offered. */
  kept?: readonly KeptModule[]
  configuration: Configuration
  models?: Models
  record?: (kind: string, record: unknown) => void
  onProgress?: (progress: Progress) => void
  /** The answers that programs are taken from, as they arrive. */
  onText?: (index: number, text: string) => void
  signal?: AbortSignal
}

export type WithModels = Context & { models: Models }

/** How programs are run here, and what lies beside them. */
export async function observing({ workspace, language }: Task, { sandbox, configuration, signal }: Context): Promise<Omit<ObserveOptions, 'inputs'>> {
  const { concurrency } = configuration
  return {
    ...(workspace && { surroundings: await sourceFiles(workspace.path, language) }),
    sandbox,
    limits: configuration.sandbox.limits,
    concurrency: concurrency === 'auto' ? availableParallelism() : concurrency,
    ...(signal && { signal }),
  }
}

/** What the models have used, where that is known. */
export function spentBy({ models }: Context): { spent?: TokensSpent } {
  const { spend } = models?.budget ?? {}
  if (spend === undefined) return {}
  const { usd: _, ...spent } = spend
  return { spent }
}

/** What every call to a model is made with. */
export function calling({ models, signal }: WithModels): { budget: Budget; signal?: AbortSignal } {
  return { budget: models.budget, ...(signal && { signal }) }
}
