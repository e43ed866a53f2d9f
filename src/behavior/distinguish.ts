import { CountersignError } from '../errors.ts'
import type { Model, ModelCall } from '../ports.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import { canonicalJson, type Digest, digestRecord } from '../records/digest.ts'
import type { Distinction } from '../records/distinction.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Observation } from '../records/execution.ts'
import { planCalls } from '../records/call-plan.ts'
import { type Prompt, textsOf } from '../records/prompt.ts'
import type { Call } from '../records/test.ts'
import { answerKey } from './answer-key.ts'
import { type Dispute, inputPrompt, wantedPrompt } from './distinction-prompt.ts'
import { observe, type ObserveOptions } from './observe.ts'
import { shownCall, shownObservation } from './shown.ts'

export interface DistinguishOptions extends Omit<ObserveOptions, 'inputs' | 'onExecution'>, ModelCall {
  model: Model
  maxTokens: number
  /** One candidate of each of the two best ways of behaving. */
  between: readonly [Candidate, Candidate]
  /** A call of the task's function in what a model wrote. */
  readCall: (text: string) => Call | undefined
}

/**
 * Finds a call on which two candidates differ, runs every candidate on it, and asks which behaviour the task wants (S*, arXiv:2502.14382). A
 * call that the model names is taken where they do differ on it; else one of those that were made already.
 */
export async function distinguish(evidence: Evidence, options: DistinguishOptions): Promise<Distinction> {
  const { model, between, readCall } = options
  const { instruction, language, entryPoint = '' } = evidence.task
  const dispute: Dispute = { instruction, language, entryPoint }
  const digests: Distinction['between'] = [contentDigest(between[0]), contentDigest(between[1])]
  const asked = await ask(inputPrompt(dispute, [textOf(between[0]), textOf(between[1])]), options)
  const named = asked.text === undefined ? undefined : readCall(asked.text)
  const seen = (named && (await seenOn(evidence, { call: named, options, digests }))) ?? seenBefore(evidence, digests)
  const common = { model: `${model.driver}/${model.name}`, between: digests }
  if (seen === undefined) return { ...common, observations: [], unknown: asked.unknown ?? 'no call was found on which they differ', prompts: [asked.prompt] }
  const opinion = await opinionOn(dispute, { seen, digests, options })
  return { ...common, ...seen, ...opinion, prompts: [asked.prompt, ...opinion.prompts] }
}

type Seen = Pick<Distinction, 'observations'> & { call: Call }

/** What every candidate does on a call; undefined where it does not tell the two apart. */
async function seenOn(
  evidence: Evidence,
  { call, digests, options }: { call: Call; digests: Distinction['between']; options: DistinguishOptions },
): Promise<Seen | undefined> {
  const known = observedOn(evidence, call)
  const observations = known ?? (await observeCall(evidence, call, options))
  return differ(observations, digests) ? { call, observations } : undefined
}

/** Runs a call into every candidate that ran before. */
export async function observeCall(
  { task, candidates, executions }: Pick<Evidence, 'task' | 'candidates' | 'executions'>,
  call: Call,
  options: Omit<ObserveOptions, 'inputs' | 'onExecution'>,
): Promise<Distinction['observations']> {
  const { sandbox, limits, concurrency, surroundings, signal } = options
  const ran = new Set(executions.map(({ candidate }) => candidate))
  const distinct = new Map(candidates.map((candidate) => [contentDigest(candidate), candidate] as const).filter(([digest]) => ran.has(digest)))
  const again = await observe({ ...task, tests: [] }, [...distinct.values()], { sandbox, limits, concurrency, inputs: [call], ...(surroundings && { surroundings }), ...(signal && { signal }) })
  return again.map(({ candidate, calls }) => ({ candidate, observation: calls[0] ?? { kind: 'not-run' } }))
}

/** The first generated input that tells the two apart, those inside what the task shows before those at the edge. */
function seenBefore(evidence: Evidence, digests: Distinction['between']): Seen | undefined {
  for (const { call } of evidence.inputs) {
    const observations = observedOn(evidence, call)
    if (observations !== undefined && differ(observations, digests)) return { call, observations }
  }
  return undefined
}

function observedOn({ task, inputs, executions }: Evidence, call: Call): Distinction['observations'] | undefined {
  const wanted = canonicalJson(call)
  const position = planCalls(task, inputs.map((input) => input.call)).calls.findIndex((other) => canonicalJson(other) === wanted)
  if (position === -1) return undefined
  return executions.map(({ candidate, calls }) => ({ candidate, observation: calls[position] ?? { kind: 'not-run' } }))
}

function differ(observations: Distinction['observations'], [one, two]: Distinction['between']): boolean {
  const [first, second] = [keyOf(observations, one), keyOf(observations, two)]
  return first !== undefined && second !== undefined && first !== second
}

function keyOf(observations: Distinction['observations'], candidate: Digest): string | undefined {
  const found = observations.find((item) => item.candidate === candidate)
  return found && answerKey(found.observation)
}

// In both orders: an answer that depends on the order is none.
async function opinionOn(
  dispute: Dispute,
  { seen, digests, options }: { seen: Seen; digests: Distinction['between']; options: DistinguishOptions },
): Promise<Pick<Distinction, 'wanted' | 'unknown' | 'prompts'>> {
  const call = shownCall(dispute.language, seen.call)
  const [one, two] = digests.map((digest) => shownObservation(dispute.language, observationOf(seen, digest))) as [string, string]
  const forward = await ask(wantedPrompt(dispute, { call, results: [one, two] }), options)
  const backward = await ask(wantedPrompt(dispute, { call, results: [two, one] }), options)
  const prompts = [forward.prompt, backward.prompt]
  const said = wantedOf(forward.text, digests)
  const again = wantedOf(backward.text, [digests[1], digests[0]])
  const unknown = forward.unknown ?? backward.unknown
  if (unknown !== undefined) return { unknown, prompts }
  if (said === undefined || again === undefined) return { unknown: 'the model does not say which of the two the task wants', prompts }
  return said === again ? { wanted: said, prompts } : { unknown: 'the model said otherwise in the other order', prompts }
}

function observationOf({ observations }: Seen, candidate: Digest): Observation {
  return observations.find((item) => item.candidate === candidate)?.observation ?? { kind: 'not-run' }
}

function wantedOf(text: string | undefined, [a, b]: readonly [Digest, Digest]): Digest | undefined {
  const word = /^\W*(A|B)\W*$/.exec(text?.trim().split('\n').at(-1) ?? '')?.[1]
  return word === undefined ? undefined : word === 'A' ? a : b
}

async function ask(asked: Prompt, { model, maxTokens, budget, signal }: DistinguishOptions): Promise<{ prompt: Digest; text?: string; unknown?: string }> {
  const prompt: Prompt = model.prompts.includes('chat') ? asked : { kind: 'completion', text: `${textsOf(asked).join('\n\n')}\n\nAnswer:` }
  const sampling = { temperature: 0, maxTokens, stop: [], seed: 1, logProbabilities: false }
  try {
    const { samples } = await model.sample(prompt, { budget, sampling, count: 1, first: 0, ...(signal && { signal }) })
    const [sample] = samples
    return sample?.ending === 'refused' || sample === undefined
      ? { prompt: digestRecord(prompt), unknown: `the model refused: ${sample?.refusal ?? ''}`.slice(0, 200) }
      : { prompt: digestRecord(prompt), text: sample.text }
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'INTERRUPTED' || error.code === 'EVIDENCE_BROKEN') throw error
    return { prompt: digestRecord(prompt), unknown: `${error.code}: ${error.message}` }
  }
}

function textOf({ files }: Candidate): string {
  return files.map(({ content }) => content).join('\n')
}
