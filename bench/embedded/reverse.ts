import { Random } from '../../scripts/embedded-model/corpus/random.ts'
import type { LlamaRuntime } from '../../src/model/llama-runtime.ts'
import { instructionAlone, instructionGiven } from './likelihood.ts'
import type { EvaluationTask } from './task.ts'

const others = 4

/** Whether the true instruction is likelier than each of four others, given the task's sound program. */
export interface Recognised {
  plain: boolean
  /** The others ask for a function with the true one's name, so that the name alone does not tell. */
  sameName: boolean
  /** The program makes the true one likelier by more than it does the others, a token on average. */
  gained: boolean
}

export async function recognise(task: EvaluationTask, tasks: readonly EvaluationTask[], { runtime, seed }: { runtime: LlamaRuntime; seed: number }): Promise<Recognised> {
  const foreign = tasks.filter(({ family, language }) => family !== task.family && language === task.language)
  const picked = new Random(seed).shuffled(foreign).slice(0, others)
  const value = async (instruction: string) => await instructionGiven(runtime, task, { program: task.sound, instruction })
  const own = await value(task.instruction)
  const alone = async (instruction: string) => await instructionAlone(runtime, task, instruction)
  const ownGain = own - (await alone(task.instruction))
  const plain: number[] = []
  const named: number[] = []
  const gains: number[] = []
  for (const { instruction, entryPoint } of picked) {
    const given = await value(instruction)
    plain.push(given)
    gains.push(given - (await alone(instruction)))
    named.push(await value(instruction.replaceAll(entryPoint, task.entryPoint)))
  }
  return { plain: plain.every((one) => one < own), sameName: named.every((one) => one < own), gained: gains.every((one) => one < ownGain) }
}
