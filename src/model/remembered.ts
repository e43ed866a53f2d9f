import type { Model } from '../ports.ts'
import type { Digest } from '../records/digest.ts'
import { type Exchange, exchangeKey, type Question } from '../records/recording.ts'
import { recordModel, replayModel } from './recorded.ts'

/**
 * The same model, which answers what it was asked before as it did before, and charges for it again: runs that are compared start from the same answers,
 * and pay the same for them. What failed is asked again.
 */
export function rememberModel(model: Model): Model {
  const { driver, name, prompts, scorers, domain, takesTools } = model
  const known = new Map<Digest, Exchange>()
  const answering = (question: Question): Model => {
    const exchange = known.get(exchangeKey(`${driver}/${name}`, question))
    if (exchange !== undefined) return replayModel({ driver, name, prompts: [...prompts], scorers: [...scorers], ...(domain && { domain }), ...(takesTools && { takesTools }), exchanges: [exchange] })
    return recordModel(model, (seen) => {
      if (seen.answer.kind !== 'failed') known.set(seen.key, seen)
    })
  }
  return {
    ...model,
    sample: async (prompt, call) => await answering({ kind: 'sample', prompt, sampling: call.sampling, first: call.first, count: call.count }).sample(prompt, call),
    score: async (prompt, continuation, call) => await answering({ kind: 'score', prompt, continuation, by: call.by }).score(prompt, continuation, call),
    embed: async (texts, call) => await answering({ kind: 'embed', texts: [...texts] }).embed(texts, call),
    versions: async (call) => await answering({ kind: 'versions' }).versions(call),
    close: async () => await model.close(),
  }
}
