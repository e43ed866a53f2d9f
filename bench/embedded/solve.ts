import { defaults, generate, Ledger, listPrices } from '../../src/index.ts'
import type { Candidate } from '../../src/index.ts'
import type { Model, Sandbox } from '../../src/ports.ts'
import type { Judge, Outcome } from './outcome.ts'
import type { EvaluationTask } from './task.ts'

/** One program that was drawn for a task, and what is seen of it. */
export interface Drawn {
  program: string
  outcome: Outcome
}

/** What the pipeline made of a task. */
export interface Solved {
  task: EvaluationTask
  /** The answer at temperature 0, where it is a program. */
  direct?: Drawn
  samples: Drawn[]
  /** Samples without a program in them. */
  unusable: number
  /** The program that was chosen; absent where it abstained, for `reason`. */
  chosen?: Drawn
  reason?: string
}

export interface SolveOptions {
  model: Model
  sandbox: Sandbox
  judge: Judge
  samples: number
}

/** A user who asks for the task and gives the first of its tests; the others, and the exploits, nobody but the judge knows. */
export async function solve(task: EvaluationTask, { model, sandbox, judge, samples }: SolveOptions): Promise<Solved> {
  const { id, language, instruction, entryPoint, tests } = task
  const asserts = tests[0]?.replaceAll('nodeAssert', 'assert') ?? ''
  let candidates: Candidate[] = []
  const verdict = await generate(
    { id, language, instruction, entryPoint, tests: { asserts } },
    {
      sandbox,
      configuration: { ...defaults, generate: { ...defaults.generate, samples, temperature: 0.8, maxTokens: 256, adaptive: false } },
      models: { coder: model, budget: new Ledger({}, { prices: listPrices }) },
      onProgress: (progress) => {
        if (progress.kind === 'drawn') candidates = progress.candidates
      },
    },
  )
  const judged = candidates.map(async ({ id, files }): Promise<[string, Drawn]> => {
    const program = files[0]?.content ?? ''
    return [id, { program, outcome: await judge.see(task, program) }]
  })
  const drawn = new Map(await Promise.all(judged))
  const sampled = [...drawn].flatMap(([name, one]) => (name === 'direct' ? [] : [one]))
  const direct = drawn.get('direct')
  const { choice } = verdict
  const chosen = choice.kind === 'chosen' ? drawn.get(choice.id) : undefined
  return {
    task,
    ...(direct && { direct }),
    samples: sampled,
    unusable: samples - sampled.length,
    ...(chosen && { chosen }),
    ...(choice.kind === 'abstained' && { reason: choice.reason }),
  }
}
