import { type ChooseOptions, chooseAll } from './choose.ts'
import type { Pool } from './pool.ts'
import { rejudge } from './rejudge.ts'
import { type BenchReport, judgeChoices } from './report.ts'
import { readVerdicts } from './verdicts.ts'

export interface BenchmarkOptions extends Omit<ChooseOptions, 'onProgress'> {
  pool: Pool
  /** The path of the file that says how each candidate did. */
  verdicts: string
  /** Run each candidate with its hidden test as well. */
  rejudge?: boolean | undefined
  onProgress?: ((progress: { doing: 'choosing' | 'rejudging'; done: number; total: number }) => void) | undefined
}

/** Measures strategies on a recorded pool. The verdicts are opened only when every choice has been made. */
export async function benchmark(options: BenchmarkOptions): Promise<BenchReport> {
  const began = performance.now()
  const progressOf = (doing: 'choosing' | 'rejudging') => (progress: { done: number; total: number }) => options.onProgress?.({ doing, ...progress })
  const { name, tasks } = options.pool
  const choices = await chooseAll(tasks, { ...options, onProgress: progressOf('choosing') })
  const verdicts = readVerdicts(options.verdicts, choices.tasks)
  const { sandbox, concurrency, signal, configuration } = options
  const rejudging = { sandbox, concurrency, signal, limits: configuration.sandbox.limits, onProgress: progressOf('rejudging') }
  const rejudgement = options.rejudge === true ? { rejudge: await rejudge(tasks, verdicts, rejudging) } : {}
  return {
    pool: name,
    tasks: tasks.length,
    candidates: choices.tasks.reduce((count, { candidates }) => count + candidates, 0),
    strategies: judgeChoices(choices, verdicts, configuration.seed),
    executions: choices.executions,
    elapsedMs: Math.round(performance.now() - began),
    ...rejudgement,
  }
}
