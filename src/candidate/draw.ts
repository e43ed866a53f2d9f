import { CountersignError } from '../errors.ts'
import type { Budget, Model } from '../ports.ts'
import type { Prompt, Sampling } from '../records/prompt.ts'
import type { Reply, Sample } from '../records/sample.ts'

export interface CallOptions {
  budget: Budget
  /** Calls at once. */
  concurrency?: number
  signal?: AbortSignal
  onText?: (index: number, text: string) => void
  /** Called as each sample arrives, in no order. */
  onSample?: (sample: Sample) => void
}

/** Samples of one prompt, `first` being the index of the first. */
export interface Ask {
  prompt: Prompt
  sampling: Sampling
  first: number
  count: number
}

/** Samples `first` to `first + count` in calls of a few. The prompt is paid for once a call, and what a call may cost grows with them. */
export function inBatches({ first, count, ...ask }: Ask, batch: number): Ask[] {
  return Array.from({ length: Math.ceil(count / batch) }, (_, i) => ({ ...ask, first: first + i * batch, count: Math.min(batch, count - i * batch) }))
}

/** Everything that could be had, in the order of the indices. `error`: why a call gave nothing, where one did. */
export async function drawAll(model: Model, asks: readonly Ask[], options: CallOptions): Promise<Reply & { error?: unknown }> {
  const replies = await inParallel(asks, options.concurrency ?? 8, async (ask) => await drawSome(model, ask, options))
  const error = replies.find((reply) => reply.error !== undefined)?.error
  return {
    samples: replies.flatMap(({ samples }) => samples).sort((a, b) => a.index - b.index),
    failures: replies.flatMap(({ failures }) => failures).sort((a, b) => a.index - b.index),
    ...(error === undefined ? {} : { error }),
  }
}

// A batch whose worst case the budget does not cover may still fit in part.
async function drawSome(model: Model, { prompt, ...ask }: Ask, options: CallOptions): Promise<Reply & { error?: unknown }> {
  const { budget, signal, onText, onSample } = options
  const { first, count } = ask
  try {
    const reply = await model.sample(prompt, { budget, ...ask, ...(signal && { signal }), ...(onText && { onText }) })
    for (const sample of reply.samples) onSample?.(sample)
    return reply
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'INTERRUPTED' || error.code === 'EVIDENCE_BROKEN') throw error
    if (error.code === 'BUDGET_SPENT' && count > 1) return await drawAll(model, inBatches({ prompt, ...ask }, 1), { ...options, concurrency: count })
    const failures = Array.from({ length: count }, (_, offset) => ({ index: first + offset, code: error.code, message: error.message }))
    return { samples: [], failures, error }
  }
}

async function inParallel<Item, Result>(items: readonly Item[], limit: number, work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at]!)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}
