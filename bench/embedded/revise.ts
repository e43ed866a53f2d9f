import { Ledger, listPrices } from '../../src/index.ts'
import type { Model } from '../../src/ports.ts'
import type { Judge } from './outcome.ts'
import { documentPrompt, type EvaluationTask } from './task.ts'

/** Whether a weakness was gone after a revision for its own finding, for the other one of the same program, and for one of another task. */
export interface Revised {
  own: boolean
  other: boolean
  shuffled: boolean
}

export type Revisable = EvaluationTask & Required<Pick<EvaluationTask, 'revision'>>

/** The model's answer at temperature 0 to three findings about one program with two weaknesses. */
export async function revise(task: Revisable, foreign: string, { model, judge }: { model: Model; judge: Judge }): Promise<Revised> {
  const { revision } = task
  const weakness = /^CWE-\d+/.exec(revision.finding)?.[0]
  const about = { ...revision, language: task.language }
  const count = (weaknesses: readonly string[]) => weaknesses.filter((each) => each === weakness).length
  const before = await judge.see(about, revision.program)
  const mends = async (finding: string): Promise<boolean> => {
    const { correct, resists, weaknesses } = await judge.see(about, await rewritten(task, { model, finding }))
    return correct && resists && (before.resists ? count(weaknesses) < count(before.weaknesses) : count(weaknesses) <= count(before.weaknesses))
  }
  return { own: await mends(revision.finding), other: await mends(revision.otherFinding), shuffled: await mends(foreign) }
}

async function rewritten({ revision: { instruction, program }, language }: Revisable, { model, finding }: { model: Model; finding: string }): Promise<string> {
  const prompt = documentPrompt({ language }, ['inst', instruction], ['code', program], ['find', finding], ['fix', ''])
  const sampling = { temperature: 0, maxTokens: 300, stop: [], seed: 1, logProbabilities: false }
  const { samples } = await model.sample(prompt, { budget: new Ledger({}, { prices: listPrices }), sampling, first: 0, count: 1 })
  return samples[0]?.text ?? ''
}
