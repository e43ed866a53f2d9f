import { CountersignError } from '../errors.ts'
import type { Model, ModelCall } from '../ports.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import type { Capability } from '../records/capability.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import { documentInstruction } from '../records/document.ts'
import type { Likelihood, LikelihoodTerm } from '../records/likelihood.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Task } from '../records/task.ts'
import { canonicalProgram } from '../syntax/canonical.ts'
import { loadSyntax, parse } from '../syntax/tree.ts'
import { inTurn } from './in-turn.ts'
import { intentionOf, renamed } from '../records/intention.ts'
import { coderPrompt, reviewerPrompt } from './reviewer-prompt.ts'
import { orUnknown, type Term, termOf } from './term.ts'

export interface CoderReviewerOptions extends ModelCall {
  /** What the probe found out about the model that scores: its tier must be `exact`. */
  capability: Capability
  /** The model that scores is another than the one that wrote. */
  crossModel?: boolean
  /** Share of the reviewer, 0 to 1. */
  weight?: number
  /** Whether terms count as sums or as means per token. */
  reduction?: 'sum' | 'mean'
  /** log p(program | instruction) as sampled, by content digest; taken only when it is there for every candidate, so that all are measured alike. */
  sampled?: ReadonlyMap<Digest, LikelihoodTerm>
}

/**
 * Coder-Reviewer (arXiv:2211.16490): weight * log p(instruction | program) + (1 - weight) * log p(program | instruction), both read by the
 * model and none of it generated. Degenerate programs are not for this: they win it.
 */
export async function scoreByCoderReviewer(
  task: Task,
  candidates: readonly Candidate[],
  { model, ...options }: CoderReviewerOptions & { model: Model },
): Promise<Likelihood[]> {
  const { scorer } = options.capability
  if (options.capability.tier !== 'exact' || scorer === undefined)
    throw new CountersignError('CONFIGURATION_INVALID', `${model.name} cannot score texts exactly: probe says ${options.capability.tier}`)
  await loadSyntax()
  const kind = model.prompts[0] === 'tagged' ? 'tagged' : 'completion'
  const questions = questionsOf(task, candidates, kind)
  const allSampled = candidates.every((candidate) => options.sampled?.has(contentDigest(candidate)) === true)
  const likelihoods = await inTurn(questions, async ({ candidate, coder, reviewer }): Promise<Likelihood> => {
    const digest = contentDigest(candidate)
    const known = allSampled ? options.sampled?.get(digest) : undefined
    const [one, two] = await Promise.all([
      known ?? read(model, coder, { ...options, scorer }),
      read(model, reviewer, { ...options, scorer }),
    ])
    return {
      candidate: digest,
      tier: options.crossModel === true ? 'cross-model' : 'exact',
      model: `${model.driver}/${model.name}`,
      scorer,
      ...('unknown' in one ? {} : { coder: one }),
      ...('unknown' in two ? {} : { reviewer: two }),
      ...combined(one, two, options),
      prompts: [digestRecord(coder.prompt), digestRecord(reviewer.prompt)],
    }
  })
  return withoutTies(likelihoods, new Set(questions.map(({ reviewer }) => digestRecord(reviewer.prompt))).size)
}

interface Question {
  prompt: Prompt
  continuation: string
}

function questionsOf(
  task: Task,
  candidates: readonly Candidate[],
  kind: 'completion' | 'tagged',
): { candidate: Candidate; coder: Question; reviewer: Question }[] {
  const { language, prompt: prefix, entryPoint } = task
  // Its name gives the instruction away, in the program and in the instruction itself.
  const rename = entryPoint === undefined ? undefined : { from: entryPoint, to: 'f' }
  const intention = kind === 'tagged' ? documentInstruction(task) : intentionOf(task)
  // All of a task's candidates are asked about alike: as completions of its prefix only if each of them is one.
  const completes =
    kind === 'completion' && prefix !== undefined && candidates.every((candidate) => programOf(candidate).startsWith(prefix))
  return candidates.map((candidate) => {
    const program = programOf(candidate)
    return {
      candidate,
      coder: completes
        ? { prompt: { kind, text: prefix }, continuation: program.slice(prefix.length) }
        : { prompt: coderPrompt(kind, { intention, language }), continuation: program },
      reviewer: {
        prompt: reviewerPrompt(kind, { program: canonicalText(candidate, rename), language }),
        continuation: renamed(intention, rename),
      },
    }
  })
}

function programOf({ files }: Candidate): string {
  return files.map(({ content }) => content).join('\n')
}

// Comments, docstrings and output tell the reviewer in words what the program should say by itself.
function canonicalText(candidate: Candidate, rename: { from: string; to: string } | undefined): string {
  const texts = candidate.files.map(({ content }) => {
    const parsed = parse(candidate.language, content)
    return parsed.kind === 'parsed'
      ? canonicalProgram(candidate.language, content, parsed.root, rename === undefined ? {} : { rename })
      : content
  })
  return texts.join('\n')
}

async function read(
  model: Model,
  { prompt, continuation }: Question,
  { budget, signal, scorer }: ModelCall & { scorer: string },
): Promise<Term> {
  return await orUnknown(async () => {
    const scored = await model.score(prompt, continuation, { budget, by: scorer, ...(signal === undefined ? {} : { signal }) })
    return scored.kind === 'unavailable' ? { unknown: scored.reason } : termOf(scored.tokens)
  })
}

function combined(
  coder: Term,
  reviewer: Term,
  { weight = 0.5, reduction = 'sum' }: Pick<CoderReviewerOptions, 'weight' | 'reduction'>,
): Pick<Likelihood, 'value' | 'unknown'> {
  if ('unknown' in reviewer) return { unknown: `log p(instruction | program): ${reviewer.unknown}` }
  if ('unknown' in coder) return { unknown: `log p(program | instruction): ${coder.unknown}` }
  return { value: weight * reviewer[reduction] + (1 - weight) * coder[reduction] }
}

// An endpoint that finds the instruction exactly as likely after every program has not read the programs.
function withoutTies(likelihoods: Likelihood[], programs: number): Likelihood[] {
  const sums = new Set(likelihoods.flatMap(({ reviewer }) => reviewer?.sum ?? []))
  if (programs < 3 || sums.size !== 1 || likelihoods.some(({ reviewer }) => reviewer === undefined)) return likelihoods
  for (const likelihood of likelihoods) {
    delete likelihood.value
    likelihood.unknown = 'every program got the same value: the endpoint does not read them'
  }
  return likelihoods
}
