import { CountersignError } from '../errors.ts'
import type { Model } from '../ports.ts'
import type { Candidate, ChangedFile } from '../records/candidate.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import type { Drawing, DrawingStop } from '../records/drawing.ts'
import type { PlannedModule } from '../records/plan.ts'
import type { Prompt, Sampling } from '../records/prompt.ts'
import type { Reply, Sample, SampleFailure } from '../records/sample.ts'
import type { Task } from '../records/task.ts'
import type { Span } from './bare-code.ts'
import { candidatePrompt, candidateStops, prefixOf } from './candidate-prompt.ts'
import { type CallOptions, drawAll, inBatches } from './draw.ts'
import { type Extracted, extractCode, type Wanted } from './extract-code.ts'

/** A candidate with the sample it was taken from; `spans` are the stretches of the sample's text that are the program. */
export interface Proposal {
  candidate: Candidate
  sample: Sample
  spans: Span[]
  cutOff: boolean
  prompt: Prompt
  /** The outline before it, where there was one. */
  plan?: PlannedModule[]
}

/** A sample without a program, and why. */
export interface Unusable {
  sample: Sample
  reason: Drawing['unusable'][number]['reason']
  detail: string
}

/** Everything that was drawn for a task. `stop` says why there is no more of it. */
export interface Drawn {
  prompt: Digest
  proposals: Proposal[]
  unusable: Unusable[]
  failures: SampleFailure[]
  outlines?: { asked: number; missing: number }
  stop: DrawingStop
}

export interface DrawOptions extends CallOptions {
  /** Samples besides the direct answer. */
  count: number
  /** Index of the first of them; the direct answer is drawn beside them where it is 1, as it is where it is absent. */
  first?: number
  sampling: Pick<Sampling, 'temperature' | 'maxTokens'> & Partial<Sampling>
  /** Files of the task's workspace that the model is shown. */
  files?: readonly ChangedFile[]
  /** Samples asked for in one call. */
  batch?: number
}

/**
 * The model's plain answer at temperature 0 as candidate 0 (law 3), then `count` samples, side by side. Throws only when nothing at all was
 * drawn: what was paid for is returned with the failures beside it.
 */
export async function sampleCandidates(task: Task, model: Model, options: DrawOptions): Promise<Drawn> {
  const { direct, sampling } = plainAsk(task, model, options)
  const { first = 1, count, batch = 5 } = options
  const rest = inBatches({ ...direct, sampling, first, count }, batch)
  const reply = await drawAll(model, [...(first === 1 ? [direct] : []), ...rest], options)
  expectSample(reply, model)
  return { prompt: digestRecord(direct.prompt), ...readReply(reply, { task, model, options, promptOf: () => direct.prompt }) }
}

/** What the direct answer is asked for with, and how samples beside it are drawn. */
export function plainAsk(task: Task, model: Model, options: DrawOptions) {
  const kind = model.prompts[0] ?? 'chat'
  const sampling: Sampling = { stop: candidateStops(task, kind), logProbabilities: true, ...options.sampling }
  const prompt = candidatePrompt(task, kind, options.files)
  const { topP: _, minP: __, ...greedy } = { ...sampling, temperature: 0 }
  return { kind, sampling, direct: { prompt, sampling: greedy, first: 0, count: 1 } }
}

/** Throws what kept every sample away. */
export function expectSample({ samples, error }: Reply & { error?: unknown }, model: Model): void {
  if (samples.length > 0) return
  throw error ?? new CountersignError('MODEL_REPLY_INVALID', `${model.name} gave no sample`)
}

interface ReadOptions {
  task: Task
  model: Model
  options: DrawOptions
  promptOf: (index: number) => Prompt
}

/** The programs in what was drawn. */
export function readReply(reply: Reply, { task, model, options, promptOf }: ReadOptions): Pick<Drawn, 'proposals' | 'unusable' | 'failures' | 'stop'> {
  const read = reply.samples.map((sample) => {
    const prompt = promptOf(sample.index)
    return { sample, prompt, extracted: extractCode(sample, wantedOf(task, prompt)) }
  })
  return {
    proposals: read.flatMap(({ sample, prompt, extracted }) => (extracted.kind === 'code' ? [{ ...proposalOf(sample, extracted, { task, model, options }), prompt }] : [])),
    unusable: read.flatMap(({ sample, extracted }) => (extracted.kind === 'code' ? [] : [{ sample, reason: extracted.reason, detail: extracted.detail }])),
    failures: reply.failures,
    stop: stopOf(reply.failures),
  }
}

function wantedOf(task: Task, prompt: Prompt): Wanted {
  const { language, entryPoint, workspace } = task
  const prefix = prompt.kind === 'completion' ? prefixOf(task) : task.prompt
  return {
    language,
    continues: prompt.kind === 'completion',
    workspace: workspace !== undefined,
    ...(entryPoint === undefined ? {} : { entryPoint }),
    ...(prefix === undefined ? {} : { prefix }),
  }
}

function proposalOf(
  sample: Sample,
  { files, spans, cutOff }: Extracted & { kind: 'code' },
  { task, model, options }: { task: Task; model: Model; options: DrawOptions },
): Omit<Proposal, 'prompt'> {
  const temperature = sample.index === 0 ? 0 : options.sampling.temperature
  const id = sample.index === 0 ? 'direct' : `sample-${sample.index}`
  const base = task.workspace?.tree
  return {
    candidate: {
      id,
      language: task.language,
      // Half a surrogate pair is no character of a file.
      files: files.map(({ path, content }) => ({ path, content: content.toWellFormed() })),
      model: sample.model ?? model.name,
      temperature,
      ...(base === undefined ? {} : { base }),
    },
    sample,
    spans,
    cutOff,
  }
}

function stopOf(failures: readonly SampleFailure[]): DrawingStop {
  if (failures.length === 0) return 'all-drawn'
  return failures.some(({ code }) => code === 'BUDGET_SPENT' || code === 'SPEND_UNKNOWN') ? 'budget' : 'failed'
}
