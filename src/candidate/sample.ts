import { CountersignError } from '../errors.ts'
import type { Budget, Model } from '../ports.ts'
import type { Candidate, ChangedFile } from '../records/candidate.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import type { Prompt, Sampling } from '../records/prompt.ts'
import type { Reply, Sample, SampleFailure } from '../records/sample.ts'
import type { Task } from '../records/task.ts'
import type { Span } from './bare-code.ts'
import { candidatePrompt, candidateStops, prefixOf } from './candidate-prompt.ts'
import { type Extracted, extractCode, type Wanted } from './extract-code.ts'

/** A candidate with the sample it was taken from; `spans` are the stretches of the sample's text that are the program. */
export interface Proposal {
  candidate: Candidate
  sample: Sample
  spans: Span[]
  cutOff: boolean
}

/** A sample without a program, and why. */
export interface Unusable {
  sample: Sample
  reason: (Extracted & { kind: 'no-code' })['reason']
  detail: string
}

/** Everything that was drawn for a task. `stop` says why there is no more of it. */
export interface Drawn {
  prompt: Digest
  proposals: Proposal[]
  unusable: Unusable[]
  failures: SampleFailure[]
  stop: 'all-drawn' | 'budget' | 'failed'
}

export interface DrawOptions {
  /** Samples besides the direct answer. */
  count: number
  sampling: Pick<Sampling, 'temperature' | 'maxTokens'> & Partial<Sampling>
  budget: Budget
  /** Files of the task's workspace that the model is shown. */
  files?: readonly ChangedFile[]
  /** Samples asked for in one call. The prompt is paid for once a call, and what a call may cost grows with them. */
  batch?: number
  /** Calls at once. */
  concurrency?: number
  signal?: AbortSignal
  onText?: (index: number, text: string) => void
  /** Called as each sample arrives, in no order. */
  onSample?: (sample: Sample) => void
}

/**
 * The model's plain answer at temperature 0 as candidate 0 (law 3), then `count` samples, side by side. Throws only when nothing at all was
 * drawn: what was paid for is returned with the failures beside it.
 */
export async function sampleCandidates(task: Task, model: Model, options: DrawOptions): Promise<Drawn> {
  const kind = model.prompts[0] ?? 'chat'
  const prompt = candidatePrompt(task, kind, options.files)
  const reply = await drawAll(model, prompt, {
    ...options,
    sampling: { stop: candidateStops(task, kind), logProbabilities: true, ...options.sampling },
  })
  const wanted = wantedOf(task, prompt)
  const read = reply.samples.map((sample) => ({ sample, extracted: extractCode(sample, wanted) }))
  return {
    prompt: digestRecord(prompt),
    proposals: read.flatMap(({ sample, extracted }) =>
      extracted.kind === 'code' ? [proposalOf(sample, extracted, { task, model, options })] : [],
    ),
    unusable: read.flatMap(({ sample, extracted }) =>
      extracted.kind === 'code' ? [] : [{ sample, reason: extracted.reason, detail: extracted.detail }],
    ),
    failures: reply.failures,
    stop: stopOf(reply.failures),
  }
}

async function drawAll(model: Model, prompt: Prompt, options: DrawOptions & { sampling: Sampling }): Promise<Reply> {
  const { count, batch = 5, concurrency = 8, sampling } = options
  const calls = [{ first: 0, count: 1, sampling: { ...sampling, temperature: 0 } }]
  for (let first = 1; first <= count; first += batch) calls.push({ first, count: Math.min(batch, count + 1 - first), sampling })
  const replies = await inParallel(calls, concurrency, async (call) => await drawSome(model, prompt, { ...options, ...call }))
  const failures = replies.flatMap(({ failures }) => failures).sort((a, b) => a.index - b.index)
  const samples = replies.flatMap(({ samples }) => samples).sort((a, b) => a.index - b.index)
  if (samples.length === 0)
    throw (
      replies.find(({ error }) => error !== undefined)?.error ?? new CountersignError('MODEL_REPLY_INVALID', `${model.name} gave no sample`)
    )
  return { samples, failures }
}

// A batch whose worst case the budget does not cover may still fit in part.
async function drawSome(
  model: Model,
  prompt: Prompt,
  call: DrawOptions & { sampling: Sampling; first: number },
): Promise<Reply & { error?: unknown }> {
  const { budget, count, first, sampling, signal, onText, onSample } = call
  try {
    const reply = await model.sample(prompt, {
      budget,
      count,
      first,
      sampling,
      ...(signal === undefined ? {} : { signal }),
      ...(onText === undefined ? {} : { onText }),
    })
    for (const sample of reply.samples) onSample?.(sample)
    return reply
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'INTERRUPTED' || error.code === 'EVIDENCE_BROKEN') throw error
    if (error.code === 'BUDGET_SPENT' && count > 1) return await singly(model, prompt, call)
    const failures = Array.from({ length: count }, (_, offset) => ({ index: first + offset, code: error.code, message: error.message }))
    return { samples: [], failures, error }
  }
}

async function singly(
  model: Model,
  prompt: Prompt,
  call: DrawOptions & { sampling: Sampling; first: number },
): Promise<Reply & { error?: unknown }> {
  const indices = Array.from({ length: call.count }, (_, offset) => call.first + offset)
  const replies = await Promise.all(indices.map(async (first) => await drawSome(model, prompt, { ...call, first, count: 1 })))
  const error = replies.find((reply) => reply.error !== undefined)?.error
  return {
    samples: replies.flatMap(({ samples }) => samples),
    failures: replies.flatMap(({ failures }) => failures),
    ...(error === undefined ? {} : { error }),
  }
}

async function inParallel<Item, Result>(items: readonly Item[], limit: number, work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at]!)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
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
): Proposal {
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

function stopOf(failures: readonly SampleFailure[]): Drawn['stop'] {
  if (failures.length === 0) return 'all-drawn'
  return failures.some(({ code }) => code === 'BUDGET_SPENT' || code === 'SPEND_UNKNOWN') ? 'budget' : 'failed'
}
