import { Ledger } from '../../budget/ledger.ts'
import type { Configuration } from '../../config.ts'
import { generate } from '../../countersign.ts'
import type { Models } from '../../pipeline/context.ts'
import type { BudgetLimits, Price } from '../../records/spend.ts'
import type { Candidate } from '../../records/candidate.ts'
import type { Capability } from '../../records/capability.ts'
import type { Sandbox } from '../../ports.ts'
import type { TaskRequest } from '../../task/read-task.ts'
import type { Result } from './unit.ts'

export interface AnswerOptions {
  configuration: Configuration
  models: Omit<Models, 'budget' | 'known'>
  sandbox: Sandbox
  /** Of each answer. */
  limits: BudgetLimits
  prices: readonly Price[]
  /** What probes found; what this answer probes is added. */
  known: Capability[]
  signal?: AbortSignal | undefined
}

/** What the pipeline made of a task. */
export interface Answer {
  /** The programs that were drawn at first, the model's plain answer (`direct`) among them. */
  drawn: Candidate[]
  chosen?: Candidate
  /** Why nothing was chosen. */
  abstained?: string
  cost: NonNullable<Result['cost']>
}

/** A user who asks for the task. Nothing hidden comes this far: a request is all there is. */
export async function answer(request: TaskRequest, { configuration, models, sandbox, limits, prices, known, signal }: AnswerOptions): Promise<Answer> {
  const budget = new Ledger(limits, { prices })
  const began = performance.now()
  const programs = new Map<string, Candidate>()
  let drawn: Candidate[] = []
  const verdict = await generate(request, {
    sandbox,
    configuration,
    models: { ...models, budget, known },
    onProgress: (progress) => {
      if (progress.kind === 'drawn') {
        if (progress.round === 1) drawn = progress.candidates
        for (const candidate of progress.candidates) programs.set(candidate.id, candidate)
      }
      if (progress.kind === 'repaired' && progress.repair.child !== undefined) programs.set(progress.repair.child.candidate.id, progress.repair.child.candidate)
      if (progress.kind === 'probed') known.push(progress.capability)
    },
    ...(signal && { signal }),
  })
  const { calls, inputTokens, outputTokens } = budget.spend
  const { choice } = verdict
  const chosen = choice.kind === 'chosen' ? programs.get(choice.id) : undefined
  return {
    drawn,
    ...(chosen && { chosen }),
    ...(choice.kind === 'abstained' && { abstained: choice.reason }),
    cost: { tokens: inputTokens + outputTokens, calls, seconds: (performance.now() - began) / 1000 },
  }
}
