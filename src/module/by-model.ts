import { CountersignError } from '../errors.ts'
import type { Embedder, Model, ModelCall } from '../ports.ts'
import { type Digest, digestBytes } from '../records/digest.ts'
import type { Embedded, Usage } from '../records/sample.ts'
import { toUnitLength } from './vector.ts'

export interface ByModelOptions {
  /** Texts that are sent at once. */
  batch?: number
  /** Vectors by digest of the text, from earlier calls of the same model; what is learnt is added. */
  known?: Map<Digest, number[]>
}

/** Embeds with a language model, `/v1/embeddings` or a local one. A text is asked for once. */
export function embedByModel(model: Model, { batch = 64, known = new Map() }: ByModelOptions = {}): Embedder {
  return {
    driver: `${model.driver}/${model.name}`,
    async embed(programs, call): Promise<Embedded> {
      const digests = programs.map(({ code }) => digestBytes(code))
      const missing = [...new Map(programs.map(({ code }, i) => [digests[i]!, code]))].filter(([digest]) => !known.has(digest))
      const used: (Usage | undefined)[] = []
      for (let from = 0; from < missing.length; from += batch) {
        const part = missing.slice(from, from + batch)
        const answer = await ask(model, part.map(([, code]) => code), call)
        if (answer.kind === 'unavailable') return answer
        used.push(answer.usage)
        for (const [i, [digest]] of part.entries()) known.set(digest, toUnitLength(sameDimensions(model, answer.vectors[i]!, known)))
      }
      return { kind: 'embedded', vectors: digests.map((digest) => known.get(digest)!), ...usageOf(used) }
    },
  }
}

async function ask(model: Model, texts: readonly string[], call: ModelCall): Promise<Embedded> {
  const answer = await model.embed(texts, call)
  if (answer.kind === 'embedded' && answer.vectors.length !== texts.length)
    throw new CountersignError('MODEL_REPLY_INVALID', `${model.name} gave ${answer.vectors.length} vectors for ${texts.length} texts`)
  return answer
}

function sameDimensions(model: Model, vector: number[], known: ReadonlyMap<Digest, number[]>): number[] {
  const before = known.values().next().value?.length ?? vector.length
  if (vector.length !== before)
    throw new CountersignError(
      'MODEL_REPLY_INVALID',
      `${model.name} changed the dimension of its embeddings from ${before} to ${vector.length}: another model may be answering; they are not comparable, start again`,
    )
  return vector
}

// A part that says nothing makes the sum unknown.
function usageOf(used: readonly (Usage | undefined)[]): { usage?: Usage } {
  const known = used.filter((usage) => usage !== undefined)
  if (known.length < used.length) return {}
  return { usage: { inputTokens: known.reduce((sum, usage) => sum + usage.inputTokens, 0), outputTokens: known.reduce((sum, usage) => sum + usage.outputTokens, 0) } }
}
