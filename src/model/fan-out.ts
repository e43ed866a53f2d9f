import { CountersignError } from '../errors.ts'
import type { Reply, Sample, SampleFailure, Usage } from '../records/sample.ts'

export interface OneSample {
  sample: Sample
  usage?: Usage
}

/**
 * Draws the samples with the given indices one by one, side by side. What was paid for is never lost: a sample that fails is listed, and
 * only when all fail is the first failure thrown.
 */
export async function fanOut(indices: readonly number[], draw: (index: number) => Promise<OneSample>): Promise<Reply> {
  const settled = await Promise.allSettled(indices.map(draw))
  const drawn = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failures = settled.flatMap((result, position): SampleFailure[] => {
    if (result.status === 'fulfilled') return []
    const error: unknown = result.reason
    if (drawn.length === 0 || !(error instanceof CountersignError) || error.code === 'INTERRUPTED') throw error
    return [{ index: indices[position]!, code: error.code, message: error.message }]
  })
  return { samples: drawn.map(({ sample }) => sample), failures, ...usageOf(drawn) }
}

/** Replies of several calls as one. The usage is known only if that of each is. */
export function joinReplies(replies: readonly Reply[]): Reply {
  const samples = replies.flatMap((reply) => reply.samples).sort((a, b) => a.index - b.index)
  return { samples, failures: replies.flatMap((reply) => reply.failures), ...usageOf(replies) }
}

function usageOf(parts: readonly { usage?: Usage }[]): { usage?: Usage } {
  const usage: Usage = { inputTokens: 0, outputTokens: 0 }
  for (const part of parts) {
    if (part.usage === undefined) return {}
    usage.inputTokens += part.usage.inputTokens
    usage.outputTokens += part.usage.outputTokens
  }
  return { usage }
}
