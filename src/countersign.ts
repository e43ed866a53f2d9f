import { availableParallelism } from 'node:os'
import { cluster } from './behavior/cluster.ts'
import { generateInputs } from './behavior/inputs.ts'
import { observe } from './behavior/observe.ts'
import { screenCandidates } from './candidate/screen.ts'
import { deciding, type Configuration } from './config.ts'
import { scan } from './finding/scan.ts'
import type { Sandbox } from './ports.ts'
import { type Candidate, contentDigest } from './records/candidate.ts'
import { digestRecord } from './records/digest.ts'
import type { Evidence } from './records/evidence.ts'
import type { Execution } from './records/execution.ts'
import type { CandidateScan } from './records/finding.ts'
import type { Screening } from './records/screening.ts'
import type { Task } from './records/task.ts'
import type { Call, Test } from './records/test.ts'
import type { Verdict } from './records/verdict.ts'
import { scoreByAgreement, scoreByDualAgreement } from './score/agreement.ts'
import { judge } from './verdict/judge.ts'
import { strategyNamed } from './verdict/strategy.ts'

/** What happens while a run goes on, in the order in which it happens. */
export type Progress =
  | { kind: 'screened'; screening: Screening }
  | { kind: 'scanned'; scan: CandidateScan }
  | { kind: 'executed'; execution: Execution }
  | { kind: 'judged'; verdict: Verdict }

/** What the pipeline is given to work with. `record` keeps each piece of evidence as it is made, so that an interrupted run loses nothing. */
export interface Context {
  sandbox: Sandbox
  configuration: Configuration
  record?: (kind: string, record: unknown) => void
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

/** Chooses one program out of many, or abstains. */
export async function select(task: Task, candidates: readonly Candidate[], context: Context): Promise<Verdict> {
  const evidence = await examine(task, candidates, context)
  const verdict = decide(evidence, context.configuration)
  context.record?.('verdict', verdict)
  context.onProgress?.({ kind: 'judged', verdict })
  return verdict
}

/** Gathers what a verdict rests on: looks at every candidate, makes inputs, and reads and runs what is an attempt at the task. */
export async function examine(task: Task, candidates: readonly Candidate[], { sandbox, configuration, record, onProgress, signal }: Context): Promise<Evidence> {
  record?.('task', task)
  for (const candidate of candidates) record?.('candidate', candidate)
  record?.('confinement', await sandbox.prove())
  const screenings = await screenCandidates(task, candidates)
  for (const screening of screenings) {
    record?.('screening', screening)
    onProgress?.({ kind: 'screened', screening })
  }
  const inputs = generateInputs({ language: task.language, signature: task.signature, examples: examplesOf(task) }, { seed: configuration.seed, count: configuration.inputs.count })
  record?.('inputs', inputs)
  // What our parser cannot explain is run all the same: the runtime knows its own language best.
  const attempts = new Set(screenings.filter(({ degenerate }) => degenerate === undefined).map(({ candidate }) => candidate))
  const runnable = new Map(candidates.map((candidate) => [contentDigest(candidate), candidate] as const).filter(([digest]) => attempts.has(digest)))
  const scans: CandidateScan[] = []
  for (const [digest, { files, language }] of runnable) {
    signal?.throwIfAborted()
    const found = { candidate: digest, ...(await scan(files, { language })) }
    scans.push(found)
    record?.('scan', found)
    onProgress?.({ kind: 'scanned', scan: found })
  }
  const executions = await observe(task, [...runnable.values()], {
    sandbox,
    limits: configuration.sandbox.limits,
    inputs: inputs.map(({ call }) => call),
    concurrency: configuration.concurrency === 'auto' ? availableParallelism() : configuration.concurrency,
    ...(signal && { signal }),
    onExecution: (execution) => {
      record?.('execution', execution)
      onProgress?.({ kind: 'executed', execution })
    },
  })
  return { task, candidates: [...candidates], screenings, scans, inputs, executions }
}

/** The verdict that a strategy reaches on evidence: recomputed from the same evidence, it is the same byte for byte. */
export function decide(evidence: Evidence, configuration: Configuration): Verdict {
  const strategy = strategyNamed(configuration.strategy)
  const { behaviors, clusters } = cluster(evidence)
  const agreeing = { tests: evidence.task.tests, executions: evidence.executions, behaviors }
  const agreement = { none: new Map(), dual: scoreByDualAgreement(agreeing), 'behavior-and-tests': scoreByAgreement(agreeing) }[strategy.agreement]
  return judge(evidence, { strategy, behaviors, clusters, agreement, floor: configuration.floor, seed: configuration.seed, configuration: digestRecord(deciding(configuration)) })
}

/** Calls that show what the arguments look like. A model's wild ones would blur what the task itself shows. */
function examplesOf({ tests }: Task): Call[] {
  const shown = callsOf(tests.filter(({ source }) => source !== 'generated'))
  return shown.length > 0 ? shown : callsOf(tests)
}

function callsOf(tests: readonly Test[]): Call[] {
  return tests.flatMap((test) => (test.kind === 'call' ? test.calls : []))
}
