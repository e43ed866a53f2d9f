import type { Model, ModelCall } from '../ports.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import { digestRecord } from '../records/digest.ts'
import type { Likelihood } from '../records/likelihood.ts'
import type { Prompt, Sampling } from '../records/prompt.ts'
import type { Sample } from '../records/sample.ts'
import type { Task } from '../records/task.ts'
import { asTakenBy } from './as-taken-by.ts'
import { inTurn } from './in-turn.ts'
import { intentionOf } from '../records/intention.ts'
import { orUnknown } from './term.ts'
import { verdictPrompt } from './verdict-prompt.ts'

const sampling: Sampling = { temperature: 0, maxTokens: 4, stop: [], seed: 1, logProbabilities: true }

/** log p(True) that a program does what the task wants, from the log-probability of the one word that the model answers with. */
export async function scoreByVerdict(
  task: Task,
  candidates: readonly Candidate[],
  { model, ...call }: ModelCall & { model: Model },
): Promise<Likelihood[]> {
  const intention = intentionOf(task)
  return await inTurn(candidates, async (candidate): Promise<Likelihood> => {
    const program = candidate.files.map(({ content }) => content).join('\n')
    const prompt = asTakenBy(model, verdictPrompt({ intention, program, language: task.language }))
    const found = await orUnknown(async () => await ask(model, prompt, call))
    const common = {
      candidate: contentDigest(candidate),
      tier: 'verdict-logprob' as const,
      model: `${model.driver}/${model.name}`,
      prompts: [digestRecord(prompt)],
    }
    return { ...common, ...found }
  })
}

async function ask(model: Model, prompt: Prompt, call: ModelCall): Promise<{ value: number } | { unknown: string }> {
  const { samples } = await model.sample(prompt, { ...call, sampling, count: 1, first: 0 })
  return probabilityOfTrue(samples[0]!)
}

/** The first token that is not white space decides; what it does not say is left to the other word. */
export function probabilityOfTrue({
  text,
  tokens,
  tokensRejected,
}: Pick<Sample, 'text' | 'tokens' | 'tokensRejected'>): { value: number } | { unknown: string } {
  if (tokens === undefined) return { unknown: tokensRejected ?? 'the answer came without log-probabilities' }
  const word = tokens.find(({ token }) => /\w/.test(token))
  if (word?.logProbability === undefined || word.logProbability === null)
    return { unknown: 'the answer is not a word with a log-probability' }
  const answer = /^\W*(true|false)\b/i.exec(text)?.[1]?.toLowerCase()
  if (answer === 'true') return { value: word.logProbability }
  // log(1 - p), and not log of zero where the model is certain of the other.
  if (answer === 'false') return { value: Math.log(Math.max(-Math.expm1(word.logProbability), Number.MIN_VALUE)) }
  return { unknown: `the answer is neither True nor False: ${JSON.stringify(text.slice(0, 40))}` }
}
