import { Random } from '../../scripts/embedded-model/corpus/random.ts'
import type { LlamaRuntime } from '../../src/model/llama-runtime.ts'
import { instructionGiven } from './likelihood.ts'
import type { EvaluationTask } from './task.ts'

const others = 4

/** Whether the true instruction is likelier than each of four others, given the task's sound program. */
export interface Recognised {
  plain: boolean
  /** The others ask for a function with the true one's name, so that the name alone does not tell. */
  sameName: boolean
}

export async function recognise(task: EvaluationTask, tasks: readonly EvaluationTask[], { runtime, seed }: { runtime: LlamaRuntime; seed: number }): Promise<Recognised> {
  const foreign = tasks.filter(({ family, language }) => family !== task.family && language === task.language)
  const picked = new Random(seed).shuffled(foreign).slice(0, others)
  const value = async (instruction: string) => await instructionGiven(runtime, task, { program: task.sound, instruction })
  const own = await value(task.instruction)
  const plain: number[] = []
  const named: number[] = []
  for (const { instruction, entryPoint } of picked) {
    plain.push(await value(instruction))
    named.push(await value(instruction.replaceAll(entryPoint, task.entryPoint)))
  }
  return { plain: plain.every((one) => one < own), sameName: named.every((one) => one < own) }
}
