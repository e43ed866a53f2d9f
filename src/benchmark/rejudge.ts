import { CountersignError } from '../errors.ts'
import type { Limits, Sandbox } from '../ports.ts'
import type { Run } from '../records/execution.ts'
import type { Language } from '../records/language.ts'
import { concurrently } from '../behavior/concurrently.ts'
import type { PoolTask } from './pool.ts'
import type { Rejudgement } from './report.ts'
import type { PoolVerdict } from './verdicts.ts'

export interface RejudgeOptions {
  sandbox: Sandbox
  limits: Limits
  concurrency: number
  signal?: AbortSignal | undefined
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
}

/** Programs of one task with the same text: one run tells about all of them. */
interface Program {
  task: string
  language: Language
  code: string
  hiddenTest: string
  candidates: readonly { position: number; recorded: boolean }[]
}

/**
 * Runs each candidate with its hidden test inside one process, as it was recorded, and compares. A candidate whose verdict is not
 * known has nothing to agree with and is left out.
 */
export async function rejudge(pool: readonly PoolTask[], verdicts: readonly PoolVerdict[], options: RejudgeOptions): Promise<Rejudgement> {
  const programs = pool.flatMap((task, index) => programsOf(task, verdicts[index]))
  if (programs.length === 0) throw new CountersignError('INPUT_INVALID', 'the verdicts hold no hidden tests, so there is nothing to rejudge with')
  let done = 0
  const disagreements = await concurrently(programs, { limit: options.concurrency, signal: options.signal }, async (program) => {
    const run = await runWithTest(program, options)
    options.onProgress?.({ done: ++done, total: programs.length })
    return disagreementsOf(program, run)
  })
  const judged = programs.reduce((count, program) => count + program.candidates.length, 0)
  return { agreement: 1 - disagreements.flat().length / judged, disagreements: disagreements.flat() }
}

function programsOf({ task, candidates }: PoolTask, verdict: PoolVerdict | undefined): Program[] {
  const hiddenTest = verdict?.hiddenTest
  if (verdict === undefined || hiddenTest === undefined) return []
  const known = verdict.functional.flatMap((recorded, position) => (recorded === null ? [] : { position, recorded }))
  const programs = Map.groupBy(known, ({ position }) => candidates[position]?.code ?? '')
  return [...programs].map(([code, same]) => ({ task: task.id, language: task.language, code, hiddenTest, candidates: same }))
}

function runWithTest({ language, code, hiddenTest }: Program, { sandbox, limits, signal }: RejudgeOptions): Promise<Run> {
  const path = { python: 'main.py', javascript: 'main.js', typescript: 'main.ts' }[language]
  const job = { language, files: [{ path, content: code }], work: { kind: 'in-process' as const, code: hiddenTest } }
  return sandbox.run(job, { limits, ...(signal === undefined ? {} : { signal }) })
}

function disagreementsOf({ task, candidates }: Program, { outcome, error }: Run): Rejudgement['disagreements'] {
  const detail = error === undefined ? {} : { detail: `${error.type}: ${error.message}` }
  return candidates
    .filter(({ recorded }) => recorded !== (outcome === 'completed'))
    .map(({ position, recorded }) => Object.assign({ task, candidate: position, recorded, outcome }, detail))
}
