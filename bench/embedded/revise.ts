import { Ledger, listPrices, loadSyntax } from '../../src/index.ts'
import { askedOf, cutFunction } from '../../src/critique/one-function.ts'
import type { Model } from '../../src/ports.ts'
import type { Judge } from './outcome.ts'
import { documentPrompt, type EvaluationTask } from './task.ts'

/** Whether a weakness was gone after a revision for its own finding, for the other one of the same program, and for one of another task. */
export interface Revised {
  own: boolean
  other: boolean
  shuffled: boolean
  /** For its own finding, and for the other one, where the model is shown the whole program and not the function that the finding is in. */
  ownWhole: boolean
  otherWhole: boolean
}

export type Revisable = EvaluationTask & Required<Pick<EvaluationTask, 'revision'>>

interface Asking {
  model: Model
  finding: string
  whole?: boolean
}

/** The model's answer at temperature 0 to three findings about one program with two weaknesses. */
export async function revise(task: Revisable, foreign: string, { model, judge }: { model: Model; judge: Judge }): Promise<Revised> {
  const { revision } = task
  await loadSyntax()
  const weakness = /^CWE-\d+/.exec(revision.finding)?.[0]
  const about = { ...revision, language: task.language }
  const count = (told: readonly string[]) => told.filter((each) => each === weakness).length
  const before = await judge.see(about, revision.program)
  const mends = async (finding: string, whole = false): Promise<boolean> => {
    const { correct, resists, told } = await judge.see(about, await rewritten(task, { model, finding, whole }))
    return correct && resists && (before.resists ? count(told) < count(before.told) : count(told) <= count(before.told))
  }
  return {
    own: await mends(revision.finding),
    other: await mends(revision.otherFinding),
    shuffled: await mends(foreign),
    ownWhole: await mends(revision.finding, true),
    otherWhole: await mends(revision.otherFinding, true),
  }
}

/** The program after one revision, asked for as `indict` asks this model: for the function that the finding is in, which is then put back. */
export async function rewritten({ revision: { instruction, program }, language }: Revisable, { model, finding, whole = false }: Asking): Promise<string> {
  const line = Number(/on line (\d+)/.exec(finding)?.[1] ?? 0)
  const cut = whole ? undefined : cutFunction(language, program, line)
  if (cut === undefined) return await answer(model, documentPrompt({ language }, ['inst', instruction], ['code', program], ['find', finding], ['fix', '']))
  const found = finding.replace(`on line ${line}`, `on line ${cut.line}`)
  return cut.put(await answer(model, documentPrompt({ language }, ['inst', askedOf(instruction, cut.name)], ['code', `${cut.code}\n`], ['find', found], ['fix', ''])))
}

async function answer(model: Model, prompt: Parameters<Model['sample']>[0]): Promise<string> {
  const sampling = { temperature: 0, maxTokens: 300, stop: [], seed: 1, logProbabilities: false }
  const { samples } = await model.sample(prompt, { budget: new Ledger({}, { prices: listPrices }), sampling, first: 0, count: 1 })
  return samples[0]?.text ?? ''
}
