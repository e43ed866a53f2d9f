import { CountersignError } from '../errors.ts'
import type { Model, ModelCall } from '../ports.ts'
import { digestRecord } from '../records/digest.ts'
import type { TestWriting } from '../records/drawing.ts'
import type { Sampling } from '../records/prompt.ts'
import type { Reply } from '../records/sample.ts'
import type { Task } from '../records/task.ts'
import { loadSyntax } from '../syntax/tree.ts'
import { assertionsAnAnswer, testPrompt } from './test-prompt.ts'
import { writtenAssertions } from './written-assertions.ts'

export interface WriteTestsOptions extends ModelCall {
  model: Model
  /** Answers asked for. */
  count: number
  seed: number
  maxTokens: number
}

/** Assertions by answer, as they were written, and how they were had. */
export interface WrittenTests {
  assertions: string[][]
  writing: Omit<TestWriting, 'tests' | 'unread'>
}

/**
 * A model's own tests for a task (CodeT, arXiv:2207.10397 §2.1), at temperature 0.8. Undefined where the task names no function that a test
 * could call. A model that gives none is no reason to stop: the record says why.
 */
export async function writeTests(task: Task, { model, count, seed, maxTokens, ...call }: WriteTestsOptions): Promise<WrittenTests | undefined> {
  const { entryPoint } = task
  if (entryPoint === undefined || count === 0) return undefined
  await loadSyntax()
  const { prompt, opening } = testPrompt({ ...task, entryPoint }, model.prompts[0] ?? 'chat')
  const sampling: Sampling = { temperature: 0.8, maxTokens, stop: [], seed, logProbabilities: false }
  const { samples, failures } = await samplesOrFailures(count, async () => await model.sample(prompt, { ...call, sampling, count, first: 0 }))
  return {
    assertions: samples.map(({ text }) => writtenAssertions(task.language, opening + text).slice(0, assertionsAnAnswer)),
    writing: {
      model: `${model.driver}/${model.name}`,
      prompt: digestRecord(prompt),
      asked: count,
      failures,
      stop: failures.length === 0 ? 'all-drawn' : failures.some(({ code }) => code === 'BUDGET_SPENT' || code === 'SPEND_UNKNOWN') ? 'budget' : 'failed',
    },
  }
}

async function samplesOrFailures(count: number, work: () => Promise<Reply>): Promise<Pick<Reply, 'samples' | 'failures'>> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'INTERRUPTED' || error.code === 'EVIDENCE_BROKEN') throw error
    const { code, message } = error
    return { samples: [], failures: Array.from({ length: count }, (_, index) => ({ index, code, message })) }
  }
}
