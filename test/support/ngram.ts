/**
 * An exact bigram model over words, small enough to check by hand:
 *   p(t | s) = 3/4 * count(s t) / count(s) + 1/4 * u(t),  and u(t) alone where s never occurred (or there is no s),
 * with u(t) = 2^-(9 * bytes of t), which sums to one over all texts.
 */
export class Bigram {
  private readonly counts = new Map<string, Map<string, number>>()

  constructor(corpus: readonly string[]) {
    for (const text of corpus) {
      const tokens = tokenize(text)
      for (let at = 1; at < tokens.length; at++) this.count(tokens[at - 1]!, tokens[at]!)
    }
  }

  private count(before: string, token: string): void {
    const row = this.counts.get(before) ?? new Map<string, number>()
    row.set(token, (row.get(token) ?? 0) + 1)
    this.counts.set(before, row)
  }

  probability(before: string | undefined, token: string): number {
    const row = before === undefined ? undefined : this.counts.get(before)
    const unseen = 2 ** (-9 * Buffer.byteLength(token))
    if (row === undefined) return unseen
    const total = [...row.values()].reduce((sum, count) => sum + count, 0)
    return (3 / 4) * ((row.get(token) ?? 0) / total) + unseen / 4
  }

  /** Each token of a text with its log-probability after the one before it; the first has none. */
  score(text: string): { token: string; logProbability: number | null }[] {
    const tokens = tokenize(text)
    return tokens.map((token, at) => ({ token, logProbability: at === 0 ? null : Math.log(this.probability(tokens[at - 1], token)) }))
  }

  /** Draws from what followed in the corpus; the most frequent at temperature 0. Ends where nothing ever followed. */
  next(before: string | undefined, { temperature, random }: { temperature: number; random: () => number }): string | undefined {
    const row = [...(this.counts.get(before ?? '') ?? [])]
    if (row.length === 0) return undefined
    if (temperature === 0) return row.reduce((best, item) => (item[1] > best[1] ? item : best))[0]
    const weights = row.map(([, count]) => count ** (1 / temperature))
    let rest = random() * weights.reduce((sum, weight) => sum + weight, 0)
    return row[weights.findIndex((weight) => (rest -= weight) < 0)]?.[0]
  }
}

/** Marks like `<bos>`, words with the space before them, runs of spaces, and everything else one character a token. */
export function tokenize(text: string): string[] {
  return text.match(/<\w+>| ?[\p{L}\d_]+| {2,}|[^]/gu) ?? []
}

export function seededRandom(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0
    return ((state ^ (state >>> 12)) >>> 0) / 2 ** 32
  }
}
