import { z } from 'zod'
import type { ModelCall } from '../ports.ts'
import type { Embedded } from '../records/sample.ts'
import { HttpError } from './http.ts'
import { ask, type OpenAiEndpoint } from './openai-endpoint.ts'
import { readWire, usageOf, WireUsage } from './openai-wire.ts'
import { mostTokens } from './worst-case.ts'

const EmbeddingReply = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1) })),
  usage: WireUsage,
})

/** One vector for each text, in the order of the texts. */
export async function embedByOpenAi(endpoint: OpenAiEndpoint, texts: readonly string[], call: ModelCall): Promise<Embedded> {
  if (texts.length === 0) return { kind: 'embedded', vectors: [] }
  try {
    const { result, usage } = await ask(endpoint, 'embeddings', {
      ...call,
      worst: { model: endpoint.identity, inputTokens: mostTokens(texts), outputTokens: 0 },
      body: () => ({ model: endpoint.model, input: texts }),
      mostBytes: 2 ** 20 + 2 ** 18 * texts.length,
      read: async (answer) => {
        const reply = readWire(EmbeddingReply, await answer.json(), answer.url)
        const usage = usageOf(reply.usage)
        return {
          result: reply.data.sort((a, b) => a.index - b.index).map(({ embedding }) => embedding),
          ...(usage === undefined ? {} : { usage }),
        }
      },
    })
    const whole = result.length === texts.length && result.every((vector) => vector.length === result[0]!.length)
    if (!whole) return { kind: 'unavailable', reason: `${result.length} vectors for ${texts.length} texts, or of different lengths` }
    return { kind: 'embedded', vectors: result, ...(usage === undefined ? {} : { usage }) }
  } catch (error) {
    if (error instanceof HttpError && error.code === 'MODEL_REFUSED' && ![401, 402, 403].includes(error.failure.status ?? 0))
      return { kind: 'unavailable', reason: error.message }
    throw error
  }
}
