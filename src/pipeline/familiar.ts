import type { Model, ModelCall } from '../ports.ts'
import { digestRecord } from '../records/digest.ts'
import { documentInstruction, documentTags } from '../records/document.ts'
import type { Familiarity } from '../records/familiarity.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Task } from '../records/task.ts'
import { readTask, type TaskRequest } from '../task/read-task.ts'
import { calling, type WithModels } from './context.ts'

/** The task as it is asked, and how familiar it is to a model that says what it was trained for: p(instruction) by the model itself. */
export async function meet(request: TaskRequest, context: WithModels): Promise<{ task: Task; familiarity?: Familiarity }> {
  const { models, record } = context
  const { task } = await readTask(request)
  const { domain } = models.coder
  if (domain === undefined) return { task }
  const prompt = instructionPrompt(task)
  const least = domain.least[task.language]
  const asked = { model: `${models.coder.driver}/${models.coder.name}`, prompt: digestRecord(prompt), ...(least === undefined ? {} : { least }) }
  const familiarity = { ...asked, ...(await likelihoodOf(task, { coder: models.coder, call: calling(context) })) }
  record?.('task', task)
  record?.('familiarity', familiarity)
  return { task, familiarity }
}

/** What an instruction of a document goes on from. */
function instructionPrompt({ language }: Pick<Task, 'language'>): Prompt {
  return {
    kind: 'tagged',
    sections: [
      { tag: documentTags[language], text: '' },
      { tag: 'inst', text: '' },
    ],
  }
}

/** How likely a model finds a task's instruction, in the form of the documents that it was trained on. */
export async function likelihoodOf(
  task: Pick<Task, 'language' | 'instruction' | 'prompt' | 'signature'>,
  { coder, call }: { coder: Model; call: ModelCall },
): Promise<Pick<Familiarity, 'perCharacter' | 'unknown'>> {
  const [by] = coder.scorers
  if (by === undefined) return { unknown: `${coder.name} scores no text` }
  const instruction = documentInstruction(task)
  const scored = await coder.score(instructionPrompt(task), instruction, { ...call, by })
  if (scored.kind === 'unavailable') return { unknown: scored.reason }
  const values = scored.tokens.flatMap(({ logProbability }) => logProbability ?? [])
  if (values.length === 0) return { unknown: 'there is no instruction to score' }
  return { perCharacter: values.reduce((sum, value) => sum + value, 0) / instruction.length }
}
