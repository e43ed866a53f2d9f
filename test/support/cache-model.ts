import { tokenize } from './ngram.ts'

/**
 * An exact model that reads its whole context, small enough to check by hand: p(t | context) = 1/2 * share of t in the context
 * + 1/2 * 2^-(9 * bytes of t).
 */
export function cacheScore(text: string): { token: string; logProbability: number | null }[] {
  const tokens = tokenize(text)
  return tokens.map((token, at) => ({ token, logProbability: at === 0 ? null : Math.log(cacheProbability(tokens.slice(0, at), token)) }))
}

export function cacheProbability(context: readonly string[], token: string): number {
  return context.filter((other) => other === token).length / context.length / 2 + 2 ** (-9 * Buffer.byteLength(token)) / 2
}
