import { CountersignError } from '../../errors.ts'
import {
  type Configuration,
  type Context,
  Ledger,
  type Models,
  type Progress,
  type Recorder,
  RecordingFile,
  embedByModel,
  keptModules,
  readRun,
  Store,
  keepCapability,
  knownCapabilities,
  listPrices,
  loadSyntax,
  openSandbox,
  parseLimits,
  strategyIn,
} from '../../index.ts'
import type { Language } from '../../records/language.ts'
import type { Verdict } from '../../records/verdict.ts'
import { ModelStory } from './model-story.ts'
import type { Output } from './output.ts'
import { recorded } from './recorded.ts'
import { spendLine } from './spend.ts'
import { versions } from './versions.ts'
import { keepModulesOf } from '../keep-modules.ts'
import { orNextBest } from '../writing-model.ts'
import { allOf, guarded, type OpenedWriters, type Writers } from './writers.ts'

export interface ModelRunOptions {
  title: string
  output: Output
  configuration: Configuration
  writers: OpenedWriters
  language: Language
  /** Answers that programs are taken from; 0 where the programs are there already. */
  answers: number
  /** Print each event as a JSON line. */
  events: boolean
  /** Where to keep what the models are asked and answer. */
  record?: string | undefined
  /** The models are a recording: nothing is known of them but what it holds. */
  replay: boolean
  onProgress?: (progress: Progress) => void
  onStarted?: (run: string) => void
}

type Work = (context: Context & { models: Models }) => Promise<Verdict>

/** One recorded run of the pipeline with models, told while it goes on. However it ends, the record says so. */
export async function runWithModels(options: ModelRunOptions, work: Work): Promise<Verdict> {
  const { title, output, configuration, events } = options
  const ledger = new Ledger(parseLimits(configuration.generate.budget), { prices: [...configuration.models.prices, ...listPrices] })
  const store = Store.open(configuration.store.folder)
  try {
    const recorder = store.begin({ title, versions })
    options.onStarted?.(recorder.id)
    if (events) output.event({ kind: 'started', run: recorder.id })
    return await recorded(recorder, async (signal) => {
      try {
        const { settings } = options.writers
        const run = async () => await inSandbox({ ...options, recorder, ledger, signal }, work)
        const verdict = await (settings === undefined ? run() : orNextBest(settings, configuration, run))
        if (verdict.rounds !== undefined && !options.replay) keepModulesOf(readRun(store, recorder.id), configuration.store.folder)
        return verdict
      } finally {
        recorder.add('spend', ledger.spend)
        output.say(`spent ${spendLine(ledger.spend)}`)
      }
    })
  } finally {
    store.close()
  }
}

async function inSandbox(options: ModelRunOptions & { recorder: Recorder; ledger: Ledger; signal: AbortSignal }, work: Work): Promise<Verdict> {
  const { output, configuration, recorder, ledger, signal, answers, language } = options
  recorder.add('configuration', configuration)
  recorder.add('model-choice', options.writers.choice)
  if (options.events) output.event({ kind: 'model-chosen', choice: options.writers.choice })
  const { concurrency, store } = configuration
  const story = new ModelStory(output, { ledger, answers, isAdaptive: isAdaptive(configuration, answers), language })
  const sandbox = await openSandbox({ driver: configuration.sandbox.driver, ...(concurrency === 'auto' ? {} : { concurrency }) })
  const onProgress = (progress: Progress) => {
    options.onProgress?.(progress)
    if (progress.kind === 'probed' && !isSelfContained(options)) keepCapability(store.folder, progress.capability)
    if (options.events && progress.kind !== 'judged') output.event(eventOf(progress))
    story.update(progress)
  }
  try {
    story.begin(recorder.id, options.writers)
    // Before a model is paid for: without a sandbox there is no use for what it writes.
    await Promise.all([sandbox.prove(), loadSyntax()])
    const { embedder, ...writing } = recording(options, story)
    const models = { ...writing, ...(embedder && { embedder: embedByModel(embedder) }), budget: ledger, known: isSelfContained(options) ? [] : knownCapabilities(store.folder) }
    const record = (kind: string, record: unknown) => void recorder.add(kind, record)
    const kept = isSelfContained(options) || configuration.codechain.kept === 0 ? [] : keptModules(store.folder)
    return await work({ kept, sandbox, configuration, models, signal, onProgress, record, onText: (index, text) => story.hear(index, text) })
  } finally {
    story.close()
    await sandbox.close()
  }
}

function isAdaptive(configuration: Configuration, answers: number): boolean {
  const { adaptive } = strategyIn(configuration).sampling
  return adaptive !== false && configuration.generate.adaptive && answers > adaptive.batch + 1
}

/** A recording holds everything that it depends on, and so takes nothing from what is known of its models. */
function isSelfContained({ record, replay }: ModelRunOptions): boolean {
  return record !== undefined || replay
}

function recording({ writers, record, recorder }: ModelRunOptions & { recorder: Recorder }, story: ModelStory): Writers {
  const file = record === undefined ? undefined : new RecordingFile(record)
  for (const model of allOf(writers)) file?.addModel(model)
  return guarded(writers, {
    sink: (exchange) => {
      recorder.add('exchange', exchange)
      file?.addExchange(exchange)
    },
    onRedacted: (kinds) => story.redacted(kinds),
  })
}

/** What a reader of events needs; the tokens of a sample are in the record of the run. */
function eventOf(progress: Progress): object {
  if (progress.kind !== 'sampled') return progress
  const { tokens: _, ...sample } = progress.sample
  return { kind: 'sampled', sample }
}

/** Whether the run's budget ended it before there was an answer. */
export function isOutOfBudget({ choice, stop }: Verdict): boolean {
  return choice.kind === 'abstained' && stop === 'budget'
}

export function noAnswer(verdict: Verdict): CountersignError {
  return new CountersignError('BUDGET_SPENT', `the budget was spent before there was an answer: ${verdict.choice.kind === 'abstained' ? verdict.choice.detail : ''} (--budget raises it)`)
}
