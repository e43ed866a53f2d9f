import type { Job, Limits, Sandbox } from '../ports.ts'
import type { Candidate, ChangedFile } from '../records/candidate.ts'
import { contentDigest } from '../records/candidate.ts'
import type { Execution, Observation, Run } from '../records/execution.ts'
import type { Task } from '../records/task.ts'
import type { Call, Test, TestOutcome } from '../records/test.ts'
import { isExpectedOutput, judgeCheck } from './check.ts'
import { concurrently } from './concurrently.ts'
import { isIdle } from './idle.ts'
import { planCalls } from '../records/call-plan.ts'
import { readCommandOutcome, testCommand } from './test-runner.ts'

export interface ObserveOptions {
  sandbox: Sandbox
  limits: Limits
  inputs: readonly Call[]
  /** What lies beside every candidate: the files of its workspace that it does not change. */
  surroundings?: readonly ChangedFile[]
  /** Candidates run at once. */
  concurrency: number
  signal?: AbortSignal
  onExecution?: (execution: Execution) => void
}

/** Runs every candidate on the task's tests and the generated inputs, and judges each test outside the candidate's process (law 5). */
export async function observe(task: Task, candidates: readonly Candidate[], options: ObserveOptions): Promise<Execution[]> {
  const plan = planCalls(task, options.inputs)
  const starting = (candidate: Candidate): Start => (work, files = candidate.files) =>
    options.sandbox.run(
      { language: candidate.language, files: withSurroundings(files, options.surroundings), work, ...(task.workspace && { project: task.workspace.path }) },
      { limits: options.limits, ...(options.signal && { signal: options.signal }) },
    )
  const judgeIdle = remembering(async (test: RunTest, program: Candidate) => await judgeRun(test, starting(program), { candidate: program, loaded: { outcome: 'completed' } }))
  return concurrently(candidates, { limit: options.concurrency, signal: options.signal }, async (candidate) => {
    const run = starting(candidate)
    // Without a call there is still the load to look at: a program that raises while it is imported has failed.
    const loaded = await run({ kind: 'calls', calls: plan.calls })
    const tests: TestOutcome[] = []
    const idle: number[] = []
    for (const [index, test] of task.tests.entries()) {
      const observed = (plan.tests[index] ?? []).map((position): Observation => loaded.observations[position] ?? { kind: 'not-run' })
      const outcome = test.kind === 'call' ? judgeCall(task, test, observed, loaded) : await judgeRun(test, run, { candidate, loaded })
      tests.push(outcome)
      if (outcome === 'passed' && (await isIdle(test, candidate, async (program) => (test.kind === 'call' ? outcome : await judgeIdle(test, program))))) idle.push(index)
    }
    const execution: Execution = {
      candidate: contentDigest(candidate),
      sandbox: options.sandbox.driver,
      outcome: loaded.outcome,
      ...(loaded.error && { error: loaded.error }),
      tests,
      ...(idle.length > 0 && { idle }),
      calls: loaded.observations,
    }
    options.onExecution?.(execution)
    return execution
  })
}

function withSurroundings(files: readonly ChangedFile[], surroundings: readonly ChangedFile[] = []): readonly ChangedFile[] {
  const own = new Set(files.map(({ path }) => path))
  return [...files, ...surroundings.filter(({ path }) => !own.has(path))]
}

function judgeCall(task: Task, test: Test & { kind: 'call' }, observed: Observation[], loaded: Run): TestOutcome {
  // Never reached because the program did not load: what kept it from loading is the test's outcome too.
  if (observed.every(({ kind }) => kind === 'not-run') && loaded.outcome !== 'completed') return endings[loaded.outcome]
  return judgeCheck(task.language, test.check, observed)
}

const endings = {
  completed: 'passed',
  raised: 'error',
  exited: 'error',
  'timed-out': 'timed-out',
  'out-of-memory': 'out-of-memory',
  'output-limit': 'output-limit',
  unsupported: 'unsupported',
} as const satisfies Record<Run['outcome'], TestOutcome>

type Start = (work: Job['work'], files?: Job['files']) => Promise<Run>
type RunTest = Exclude<Test, { kind: 'call' }>

/** Programs that define the same names do nothing in the same way. */
function remembering(judge: (test: RunTest, program: Candidate) => Promise<TestOutcome>): typeof judge {
  const known = new Map<RunTest, Map<string, Promise<TestOutcome>>>()
  return (test, program) => {
    const outcomes = known.get(test) ?? new Map<string, Promise<TestOutcome>>()
    known.set(test, outcomes)
    const digest = contentDigest(program)
    const outcome = outcomes.get(digest) ?? judge(test, program)
    outcomes.set(digest, outcome)
    return outcome
  }
}

async function judgeRun(test: RunTest, run: Start, { candidate, loaded }: { candidate: Candidate; loaded: Pick<Run, 'outcome'> }): Promise<TestOutcome> {
  if (test.kind === 'stdio') {
    const { outcome, exitCode, stdout } = await run({ kind: 'script', stdin: test.stdin, arguments: [] })
    if (outcome !== 'completed') return endings[outcome]
    return exitCode === 0 && isExpectedOutput(stdout, test.stdout) ? 'passed' : 'failed'
  }
  if (test.kind === 'in-process') {
    const { outcome, error } = await run({ kind: 'in-process', code: test.code })
    return outcome === 'raised' && error !== undefined && /^Assert(ion)?Error$|^AssertionError\b/.test(error.type) ? 'failed' : endings[outcome]
  }
  // Whoever ends the process that imports it ends the runner's as well, and can write the runner's summary before.
  if (loaded.outcome === 'exited' && test.runner !== 'command') return endings.exited
  // The test's files come last and win over a candidate's of the same name: tests are read-only to the coder.
  const own = new Set(test.files.map(({ path }) => path))
  const ended = await run({ kind: 'command', command: testCommand(test) }, [...candidate.files.filter(({ path }) => !own.has(path)), ...test.files])
  return readCommandOutcome(test, ended) ?? endings[ended.outcome]
}
