import { join } from 'node:path'
import { type Configuration, defaults, generate, Ledger, listPrices, readStrategy, rememberModel } from '../../src/index.ts'
import type { Candidate, Verdict } from '../../src/index.ts'
import type { Model, Sandbox } from '../../src/ports.ts'
import type { Judge } from '../embedded/outcome.ts'
import type { CompositeTask } from './task.ts'

/** Representatives by group, as many at random, none at all; and no rounds: all tokens go to samples of the plain question. */
export const ways = ['clustered', 'random', 'none', 'plain'] as const
export type Way = (typeof ways)[number]

/** What one way made of a task. */
export interface Attempt {
  /** The chosen program passes the tests that nobody but the judge knows; an abstention does not. */
  good: boolean
  /** Some program passes them. */
  possible: boolean
  programs: number
  right: number
  tokens: number
  rounds: number
}

export interface Solved {
  task: CompositeTask
  by: Record<Way, Attempt>
}

interface SolveOptions {
  model: Model
  sandbox: Sandbox
  judge: Judge
  /** For each way, in and out. */
  tokens: number
  /** Programs in each round. */
  samples: number
  seed: number
}

/** More than any budget here pays for. */
const many = 400

/** The same question in each way, with a budget each; what was asked before is answered as before, so that all rounds start from the same first one. */
export async function solve(task: CompositeTask, options: SolveOptions): Promise<Solved> {
  const model = rememberModel(options.model)
  const attempts: [Way, Attempt][] = []
  for (const way of ways) attempts.push([way, await attempt(task, way, { ...options, model })])
  return { task, by: Object.fromEntries(attempts) as Record<Way, Attempt> }
}

async function attempt(task: CompositeTask, way: Way, { model, sandbox, judge, tokens, samples, seed }: SolveOptions): Promise<Attempt> {
  const { id, language, instruction, entryPoint, tests } = task
  const budget = new Ledger({ tokens }, { prices: listPrices })
  const candidates: Candidate[] = []
  const verdict = await generate(
    { id, language, instruction, entryPoint, tests: { asserts: tests[0]?.replaceAll('nodeAssert', 'assert') ?? '' } },
    {
      sandbox,
      configuration: configurationOf(way, { samples, seed }),
      models: { coder: model, budget },
      onProgress: (progress) => {
        if (progress.kind === 'drawn') candidates.push(...progress.candidates)
      },
    },
  )
  const right = new Set<string>()
  for (const { id, files } of candidates) if ((await judge.see({ ...task, tests: tests.slice(1) }, files[0]?.content ?? '')).correct) right.add(id)
  const { inputTokens, outputTokens } = budget.spend
  return { good: isChosen(verdict, right), possible: right.size > 0, programs: candidates.length, right: right.size, tokens: inputTokens + outputTokens, rounds: verdict.rounds?.length ?? 1 }
}

function configurationOf(way: Way, { samples, seed }: Pick<SolveOptions, 'samples' | 'seed'>): Configuration {
  const generation = { ...defaults.generate, temperature: 0.8, maxTokens: 256, tests: 0, samples: way === 'plain' ? many : samples }
  const { strategy } = readStrategy(join(import.meta.dirname, way === 'plain' ? 'plain.json' : 'chained.json'))
  return { ...defaults, strategy, seed, generate: generation, codechain: { ...defaults.codechain, keep: false, representatives: way === 'plain' ? 'none' : way } }
}

function isChosen({ choice }: Verdict, right: ReadonlySet<string>): boolean {
  return choice.kind === 'chosen' && right.has(choice.id)
}
