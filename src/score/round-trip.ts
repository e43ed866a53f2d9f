import type { Model, ModelCall } from '../ports.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import { digestRecord } from '../records/digest.ts'
import type { Likelihood } from '../records/likelihood.ts'
import type { Sampling } from '../records/prompt.ts'
import type { Task } from '../records/task.ts'
import { canonicalProgram } from '../syntax/canonical.ts'
import { loadSyntax, parse } from '../syntax/tree.ts'
import { asTakenBy } from './as-taken-by.ts'
import { inTurn } from './in-turn.ts'
import { descriptionPrompt } from './round-trip-prompt.ts'
import { orUnknown } from './term.ts'

export interface RoundTripOptions extends ModelCall {
  model: Model
  /** Writes a program anew from a task in other words; undefined when there is none. */
  rewrite: (task: Task) => Promise<Candidate | undefined>
  /** How much of their behaviour two candidates share, 0 to 1; undefined where they cannot be run. */
  compare: (one: Candidate, other: Candidate) => Promise<number | undefined>
  maxTokens?: number
}

type Found = { value: number } | { unknown: string }

/**
 * Round-trip correctness (arXiv:2402.08699): a program is described by someone who does not know its task and written again from the
 * description; the more the two behave alike, the more the program says what it does. Where neither can be run, their embeddings are
 * compared. The value is the logarithm of the likeness.
 */
export async function scoreByRoundTrip(task: Task, candidates: readonly Candidate[], options: RoundTripOptions): Promise<Likelihood[]> {
  await loadSyntax()
  const { model } = options
  return await inTurn(candidates, async (candidate): Promise<Likelihood> => {
    const prompt = asTakenBy(model, descriptionPrompt({ program: plainProgram(candidate), language: task.language }))
    const found = await orUnknown(async (): Promise<Found> => {
      const sampling: Sampling = { temperature: 0, maxTokens: options.maxTokens ?? 800, stop: [], seed: 1, logProbabilities: false }
      const { samples } = await model.sample(prompt, { ...callOf(options), sampling, count: 1, first: 0 })
      const { text, ending } = samples[0]!
      if (ending === 'refused' || ending === 'empty') return { unknown: `the description is ${ending}` }
      return await closeness(task, { candidate, description: text, options })
    })
    return {
      candidate: contentDigest(candidate),
      tier: 'round-trip',
      model: `${model.driver}/${model.name}`,
      prompts: [digestRecord(prompt)],
      ...found,
    }
  })
}

async function closeness(
  task: Task,
  { candidate, description, options }: { candidate: Candidate; description: string; options: RoundTripOptions },
): Promise<Found> {
  // The words of the task must not come back: only its form does.
  const { prompt: _, ...form } = task
  const again = await options.rewrite({ ...form, instruction: description, tests: [] })
  if (again === undefined) return { unknown: 'the description gave no program' }
  const likeness =
    (await options.compare(candidate, again)) ?? (await embeddedLikeness(options, [plainProgram(candidate), plainProgram(again)]))
  return likeness === undefined
    ? { unknown: 'the two programs can neither be run nor embedded' }
    : { value: Math.log(Math.max(likeness, 1e-6)) }
}

async function embeddedLikeness(options: RoundTripOptions, texts: readonly [string, string]): Promise<number | undefined> {
  const embedded = await options.model.embed(texts, callOf(options))
  if (embedded.kind === 'unavailable') return undefined
  const [one, two] = embedded.vectors
  if (one === undefined || two === undefined) return undefined
  const size = Math.sqrt(dot(one, one) * dot(two, two))
  return size === 0 ? undefined : Math.max(0, dot(one, two) / size)
}

function dot(one: readonly number[], two: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (two[at] ?? 0), 0)
}

function callOf({ budget, signal }: ModelCall): ModelCall {
  return { budget, ...(signal === undefined ? {} : { signal }) }
}

// Comments and docstrings say in words what the description should find out from the program.
function plainProgram({ files, language }: Candidate): string {
  const texts = files.map(({ content }) => {
    const parsed = parse(language, content)
    return parsed.kind === 'parsed' ? canonicalProgram(language, content, parsed.root, {}) : content
  })
  return texts.join('\n')
}
