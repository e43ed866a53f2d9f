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
export interface Solved extends Answer {
  task: EvaluationTask
  /** The answer at temperature 0, where it is a program. */
  direct?: Drawn
  samples: Drawn[]
  /** Samples without a program in them. */
  unusable: number
  /** What it makes of the task by default: drawing ends as soon as what was seen is settled. */
  early: Answer & { drawn: number }
}

export interface Answer {
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
export async function solve(task: EvaluationTask, options: SolveOptions): Promise<Solved> {
  const all = await answer(task, options, { adaptive: false })
  const early = await answer(task, options, { adaptive: true })
  const samples = [...all.drawn].flatMap(([name, one]) => (name === 'direct' ? [] : [one]))
  const direct = all.drawn.get('direct')
  return {
    task,
    ...(direct && { direct }),
    samples,
    unusable: options.samples - samples.length,
    ...all.answer,
    early: { ...early.answer, drawn: early.drawn.size },
  }
}

async function answer(task: EvaluationTask, { model, sandbox, judge, samples }: SolveOptions, { adaptive }: { adaptive: boolean }): Promise<{ answer: Answer; drawn: Map<string, Drawn> }> {
  const { id, language, instruction, entryPoint, tests } = task
  const asserts = tests[0]?.replaceAll('nodeAssert', 'assert') ?? ''
  const candidates: Candidate[] = []
  const { choice } = await generate(
    { id, language, instruction, entryPoint, tests: { asserts } },
    {
      sandbox,
      configuration: { ...defaults, generate: { ...defaults.generate, samples, temperature: 0.8, maxTokens: 256, adaptive } },
      models: { coder: model, budget: new Ledger({}, { prices: listPrices }) },
      onProgress: (progress) => {
        if (progress.kind === 'drawn') candidates.push(...progress.candidates)
      },
    },
  )
  const judged = candidates.map(async ({ id, files }): Promise<[string, Drawn]> => {
    const program = files[0]?.content ?? ''
    return [id, { program, outcome: await judge.see(task, program) }]
  })
  const drawn = new Map(await Promise.all(judged))
  if (choice.kind === 'abstained') return { answer: { reason: choice.reason }, drawn }
  const chosen = drawn.get(choice.id)
  if (chosen === undefined) throw new Error(`${id}: ${choice.id} was chosen, and never drawn`)
  return { answer: { chosen }, drawn }
}
