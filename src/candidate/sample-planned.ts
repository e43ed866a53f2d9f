import type { Model } from '../ports.ts'
import { digestRecord } from '../records/digest.ts'
import type { PlannedModule } from '../records/plan.ts'
import type { Prompt, PromptKind, Sampling } from '../records/prompt.ts'
import type { Reply, Sample } from '../records/sample.ts'
import type { Task } from '../records/task.ts'
import { candidateStops } from './candidate-prompt.ts'
import { type Ask, drawAll, inBatches } from './draw.ts'
import { fitting, type Offered, outlinePrompt, plannedPrompt } from './plan-prompt.ts'
import { outlineOf, readPlan } from './read-plan.ts'
import { afterEcho } from './echo.ts'
import { type Drawn, type DrawOptions, expectSample, plainAsk, type Proposal, readReply } from './sample.ts'
import { withMissingModules } from './missing-module.ts'

export interface PlannedOptions extends DrawOptions {
  /** Index of the first sample. The plain answer is drawn beside them where it is 1 (law 3). */
  first: number
  /** Sub-modules that the writer may use. */
  offered: readonly Offered[]
}

// An outline is a few lines.
const outlineTokens = 512

/**
 * Samples that are planned first (CodeChain §3.1): the sub-modules are outlined, and the program is written with them; from the modules that are
 * offered, where there are some (§3.3). A sample without an outline is used as it is, and counted. Throws only when nothing at all was drawn.
 */
export async function samplePlanned(task: Task, model: Model, options: PlannedOptions): Promise<Drawn> {
  const { kind, direct, ...plainly } = plainAsk(task, model, options)
  const sampling = { ...plainly.sampling, stop: candidateStops(task, kind, { several: true }) }
  const offered = fitting(options.offered, kind)
  const { first, count, batch = 5 } = options
  // The plain answer is on its way while others are still being outlined.
  const [plain, planned] = await Promise.all([
    first === 1 ? drawAll(model, [direct], options) : nothing,
    kind !== 'chat' && offered.length === 0 ? drawInTwo(task, model, { ...options, kind, sampling }) : drawAtOnce(task, model, { ...options, batch, kind, sampling, offered }),
  ])
  const reply: Reply & { error?: unknown } = {
    samples: [...plain.samples, ...planned.reply.samples],
    failures: [...plain.failures, ...planned.reply.failures],
    error: plain.error ?? planned.reply.error,
  }
  if (first === 1 || count > 0) expectSample(reply, model)
  const promptOf = (index: number) => (index === 0 ? direct.prompt : planned.promptOf(index))
  const { samples, repeated } = withoutEcho(reply.samples, promptOf)
  const read = readReply({ ...reply, samples }, { task, model, options, promptOf })
  const proposals = read.proposals.map((proposal) => withModules(withPlan(proposal, planned.planOf(proposal)), offered))
  const asked = planned.outlines ? count : 0
  const missing = asked === 0 ? 0 : proposals.filter(({ sample, plan }) => sample.index >= first && plan === undefined).length
  return {
    prompt: digestRecord(planned.promptOf(first)),
    ...read,
    proposals,
    unusable: [...read.unusable, ...repeated].sort((a, b) => a.sample.index - b.sample.index),
    ...(asked > 0 && { outlines: { asked, missing } }),
  }
}

const nothing: Reply & { error?: unknown } = { samples: [], failures: [] }

interface Planned {
  reply: Reply & { error?: unknown }
  promptOf: (index: number) => Prompt
  planOf: (proposal: Proposal) => PlannedModule[]
  /** Whether outlines were asked for. */
  outlines: boolean
}

type Asking = PlannedOptions & { kind: PromptKind; sampling: Sampling }

async function drawAtOnce(task: Task, model: Model, { kind, sampling, ...options }: Asking): Promise<Planned> {
  const { first, count, batch = 5, offered, files } = options
  const prompt = plannedPrompt(task, kind, { offered, ...(files && { files }) })
  return {
    reply: await drawAll(model, inBatches({ prompt, sampling, first, count }, batch), options),
    promptOf: () => prompt,
    // What stands before the program in a chat's answer; other forms go on with the program itself.
    planOf: ({ sample: { text }, spans }) => (kind === 'chat' ? readPlan(text.slice(0, spans[0]?.start ?? 0), task.language) : []),
    outlines: kind === 'chat',
  }
}

/** A prompt that is continued holds one thing at a time: first the outlines, then a program from each. */
async function drawInTwo(task: Task, model: Model, { kind, sampling, ...options }: Asking & { kind: 'completion' | 'tagged' }): Promise<Planned> {
  const { first, count, batch = 5 } = options
  const { prompt, stop } = outlinePrompt(task, kind)
  const { onText: _, onSample: __, ...quiet } = options
  const outlining = { ...sampling, stop, maxTokens: Math.min(sampling.maxTokens, outlineTokens), logProbabilities: false }
  const outlined = await drawAll(model, inBatches({ prompt, sampling: outlining, first, count }, batch), quiet)
  const plans = new Map(outlined.samples.map((sample) => [sample.index, readPlan(sample.text, task.language)]))
  const planAt = (index: number) => plans.get(index) ?? []
  const promptOf = (index: number) => plannedPrompt(task, kind, { outline: planAt(index).length === 0 ? undefined : outlineOf(planAt(index)), offered: [] })
  const asks = Array.from({ length: count }, (_, i): Ask => ({ prompt: promptOf(first + i), sampling, first: first + i, count: 1 }))
  return { reply: await drawAll(model, asks, options), promptOf, planOf: ({ sample }) => planAt(sample.index), outlines: true }
}

function withPlan(proposal: Proposal, plan: PlannedModule[]): Proposal {
  return plan.length === 0 ? proposal : { ...proposal, plan }
}

function withModules(proposal: Proposal, offered: readonly Offered[]): Proposal {
  const [main, ...others] = proposal.candidate.files
  if (main === undefined || offered.length === 0) return proposal
  const { language } = proposal.candidate
  const content = withMissingModules(main.content, offered.map(({ code }) => code), language)
  return content === main.content ? proposal : { ...proposal, candidate: { ...proposal.candidate, files: [{ ...main, content }, ...others] } }
}

/** Answers that say the question again hold in what follows it what they have to say; those that hold nothing else say nothing. */
function withoutEcho(samples: readonly Sample[], promptOf: (index: number) => Prompt): { samples: Sample[]; repeated: Drawn['unusable'] } {
  // The tokens spell the whole answer.
  const read = samples.map(({ tokens, ...sample }) => {
    const rest = afterEcho(sample.text, promptOf(sample.index))
    return { sample: rest === undefined && tokens !== undefined ? { ...sample, tokens } : sample, rest }
  })
  return {
    samples: read.flatMap(({ sample, rest }) => (rest === undefined ? [sample] : rest === '' ? [] : [{ ...sample, text: rest }])),
    repeated: read.flatMap(({ sample, rest }) => (rest === '' ? [{ sample, reason: 'repeated' as const, detail: 'the answer repeats the question' }] : [])),
  }
}
