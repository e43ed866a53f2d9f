import type { LlamaRuntime } from '../../src/model/llama-runtime.ts'
import { promptTokens } from '../../src/model/llama-prompt.ts'
import { readTokens } from '../../src/model/llama-read.ts'
import type { Prompt } from '../../src/records/prompt.ts'
import { documentPrompt, type EvaluationTask } from './task.ts'

/** How likely a model finds a program for a task, in nats, both ways. */
export interface Likelihoods {
  /** log p(program | instruction), over the program's own tokens. */
  coder: number
  coderTokens: number
  /** log p(the document ends here | instruction, program), which knows nothing of the task. */
  end: number
  /** log p(instruction | program). */
  reviewer: number
}

export async function likelihoodsOf(runtime: LlamaRuntime, task: Pick<EvaluationTask, 'language' | 'instruction'>, program: string): Promise<Likelihoods> {
  const coder = await read(runtime, documentPrompt(task, ['inst', task.instruction], ['code', '']), program)
  const reviewer = await read(runtime, documentPrompt(task, ['code', program], ['inst', '']), task.instruction)
  return { coder: sum(coder.slice(0, -1)), coderTokens: coder.length - 1, end: coder.at(-1) ?? 0, reviewer: sum(reviewer.slice(0, -1)) }
}

/** log p(instruction | program), a token on average. */
export async function instructionGiven(runtime: LlamaRuntime, task: Pick<EvaluationTask, 'language'>, { program, instruction }: { program: string; instruction: string }): Promise<number> {
  return await meanOf(runtime, documentPrompt(task, ['code', program], ['inst', '']), instruction)
}

/** log p(instruction), a token on average. */
export async function instructionAlone(runtime: LlamaRuntime, task: Pick<EvaluationTask, 'language'>, instruction: string): Promise<number> {
  return await meanOf(runtime, documentPrompt(task, ['inst', '']), instruction)
}

async function meanOf(runtime: LlamaRuntime, prompt: Prompt, text: string): Promise<number> {
  const values = (await read(runtime, prompt, text)).slice(0, -1)
  return sum(values) / values.length
}

/** The values of the continuation's tokens and of the terminator behind them. */
async function read(runtime: LlamaRuntime, prompt: Prompt, continuation: string): Promise<number[]> {
  const { model } = runtime
  const before = promptTokens(runtime, prompt)
  const { eos } = model.tokens
  if (eos === null) throw new Error('the model has no terminator')
  const values = await readTokens(runtime, [...before, ...model.tokenize(continuation, false), eos], before.length)
  return values.map((value) => value ?? 0)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
