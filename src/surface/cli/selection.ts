import { type Configuration, type Progress, type Recorder, Store, type TaskRequest, openSandbox, readTaskFor, select } from '../../index.ts'
import type { Candidate } from '../../records/candidate.ts'
import type { Task } from '../../records/task.ts'
import type { Verdict } from '../../records/verdict.ts'
import { CandidateTable } from './candidate-table.ts'
import { type ModelRunOptions, runWithModels } from './model-run.ts'
import type { Output } from './output.ts'
import { recorded } from './recorded.ts'
import { oneLine } from './text.ts'
import { versions } from './versions.ts'
import type { OpenedWriters } from './writers.ts'

export interface SelectionOptions {
  output: Output
  configuration: Configuration
  /** Print each event as a JSON line. */
  events: boolean
  /** Models that are asked about what is not decided by what the programs do. */
  writers?: OpenedWriters | undefined
}

/** One recorded run of the pipeline, shown while it goes on. However it ends, the record says so. */
export async function runSelection(request: TaskRequest, candidates: readonly Candidate[], options: SelectionOptions): Promise<Verdict> {
  const { output, configuration } = options
  const { task, unread } = await readTaskFor(request, candidates)
  for (const { text, reason } of unread) output.say(`${output.colors.yellow('not read')}  ${oneLine(text)} (${reason})`)
  const { writers, ...told } = options
  if (writers !== undefined) {
    const run: ModelRunOptions = { ...told, title: task.id, language: task.language, writers, answers: 0, replay: false }
    return await runWithModels(run, async (context) => await select(task, candidates, context))
  }
  const store = Store.open(configuration.store.folder)
  try {
    const recorder = store.begin({ title: task.id, versions })
    if (options.events) output.event({ kind: 'started', run: recorder.id })
    output.say(`run ${recorder.id}: ${candidates.length} candidates, ${task.tests.length} tests`)
    return await recorded(recorder, (signal) => examineAndJudge(task, candidates, { ...options, recorder, signal }))
  } finally {
    store.close()
  }
}

async function examineAndJudge(
  task: Task,
  candidates: readonly Candidate[],
  { output, configuration, events, recorder, signal }: SelectionOptions & { recorder: Recorder; signal: AbortSignal },
): Promise<Verdict> {
  recorder.add('configuration', configuration)
  const { concurrency } = configuration
  const sandbox = await openSandbox({ driver: configuration.sandbox.driver, ...(concurrency === 'auto' ? {} : { concurrency }) })
  const table = new CandidateTable(output)
  const onProgress = (progress: Progress) => {
    // The verdict itself is the last line.
    if (events && progress.kind !== 'judged') output.event(progress)
    table.update(progress)
  }
  try {
    return await select(task, candidates, { sandbox, configuration, signal, onProgress, record: (kind, record) => recorder.add(kind, record) })
  } finally {
    table.close()
    await sandbox.close()
  }
}
