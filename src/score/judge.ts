import type { Model, ModelCall } from '../ports.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import type { Likelihood } from '../records/likelihood.ts'
import type { Sampling } from '../records/prompt.ts'
import type { Task } from '../records/task.ts'
import { asTakenBy } from './as-taken-by.ts'
import { inTurn } from './in-turn.ts'
import { intentionOf } from '../records/intention.ts'
import { judgePrompt } from './judge-prompt.ts'
import { orUnknown } from './term.ts'

export interface JudgeOptions extends ModelCall {
  model: Model
  maxTokens?: number
  /** Candidates that are compared, each with each in both orders; those behind stay unknown. */
  most?: number
}

/** What one pair came to, asked in both orders. */
type Outcome = { kind: 'won'; winner: number } | { kind: 'draw' } | { kind: 'unknown'; reason: string }

interface Duel {
  first: number
  second: number
}

/**
 * Pairwise opinion: each two programs in both orders, and a pair in which the order decides counts for neither. The value is the logarithm of
 * the share of comparisons won; a candidate of which nothing is known has none.
 */
export async function scoreByJudge(task: Task, candidates: readonly Candidate[], options: JudgeOptions): Promise<Likelihood[]> {
  const { model, most = 4 } = options
  const compared = candidates.slice(0, most)
  const duels = compared.flatMap((_, first) => compared.slice(first + 1).map((_, offset): Duel => ({ first, second: first + 1 + offset })))
  const prompts = new Map<number, Digest[]>()
  const outcomes = await inTurn(duels, async (duel) => {
    const { outcome, asked } = await decide(task, { duel, candidates: compared, options })
    for (const at of [duel.first, duel.second]) prompts.set(at, [...(prompts.get(at) ?? []), ...asked])
    return outcome
  })
  return candidates.map((candidate, at): Likelihood => {
    const common = {
      candidate: contentDigest(candidate),
      tier: 'judge' as const,
      model: `${model.driver}/${model.name}`,
      prompts: (prompts.get(at) ?? []).sort(),
    }
    return { ...common, ...standing(at, { duels, outcomes, compared: compared.length }) }
  })
}

async function decide(
  task: Task,
  { duel, candidates, options }: { duel: Duel; candidates: readonly Candidate[]; options: JudgeOptions },
): Promise<{ outcome: Outcome; asked: Digest[] }> {
  const [one, two] = [textOf(candidates[duel.first]!), textOf(candidates[duel.second]!)]
  const [forward, backward] = await Promise.all([ask(task, [one, two], options), ask(task, [two, one], options)])
  return { outcome: outcomeOf(duel, forward, backward), asked: [forward.digest, backward.digest] }
}

function outcomeOf({ first, second }: Duel, forward: Said, backward: Said): Outcome {
  if ('unknown' in forward) return { kind: 'unknown', reason: forward.unknown }
  if ('unknown' in backward) return { kind: 'unknown', reason: backward.unknown }
  const said = { A: first, B: second, SAME: undefined }[forward.choice]
  const again = { A: second, B: first, SAME: undefined }[backward.choice]
  if (said !== again) return { kind: 'unknown', reason: 'the judge said otherwise in the other order' }
  return said === undefined ? { kind: 'draw' } : { kind: 'won', winner: said }
}

type Said = { digest: Digest } & ({ choice: 'A' | 'B' | 'SAME' } | { unknown: string })

async function ask(
  task: Task,
  programs: readonly [string, string],
  { model, budget, signal, maxTokens = 1000 }: JudgeOptions,
): Promise<Said> {
  const prompt = asTakenBy(model, judgePrompt({ intention: intentionOf(task), language: task.language, programs }))
  const sampling: Sampling = { temperature: 0, maxTokens, stop: [], seed: 1, logProbabilities: false }
  const said = await orUnknown(async () => {
    const { samples } = await model.sample(prompt, { budget, sampling, count: 1, first: 0, ...(signal === undefined ? {} : { signal }) })
    return choiceOf(samples[0]!.text)
  })
  return { digest: digestRecord(prompt), ...said }
}

function choiceOf(text: string): { choice: 'A' | 'B' | 'SAME' } | { unknown: string } {
  const word = /^\W*(A|B|SAME)\W*$/.exec(text.trim().split('\n').at(-1) ?? '')?.[1]
  return word === 'A' || word === 'B' || word === 'SAME' ? { choice: word } : { unknown: 'the judge named neither program' }
}

function textOf({ files }: Candidate): string {
  return files.map(({ content }) => content).join('\n')
}

function standing(
  at: number,
  { duels, outcomes, compared }: { duels: readonly Duel[]; outcomes: readonly Outcome[]; compared: number },
): { value: number } | { unknown: string } {
  if (at >= compared) return { unknown: `only the first ${compared} candidates were compared` }
  const own = outcomes.filter((_, duel) => duels[duel]!.first === at || duels[duel]!.second === at)
  const decided = own.filter(({ kind }) => kind !== 'unknown')
  if (decided.length === 0)
    return { unknown: own.find((outcome) => outcome.kind === 'unknown')?.reason ?? 'there is nothing to compare it with' }
  const won = decided.reduce(
    (sum, outcome) => sum + (outcome.kind === 'draw' ? 0.5 : outcome.kind === 'won' && outcome.winner === at ? 1 : 0),
    0,
  )
  // Never certain, and surer the more comparisons there were (Laplace).
  return { value: Math.log((won + 1) / (decided.length + 2)) }
}
