import { passages } from '../../src/model/probe-passage.ts'
import type { ServerTraits } from './model-server.ts'
import { Bigram } from './ngram.ts'

type Distortion = NonNullable<ServerTraits['distort']>

/** What the probe asks about. */
export const probeTexts: readonly string[] = [
  passages.ordered,
  `${passages.opening} number % 2 == 0\n`,
  ...passages.branches.map((branch) => passages.stem + branch),
  'Answer: True.',
  'True or False. True',
]

/** A model that has read it. */
export const probeCorpus = new Bigram(probeTexts)

/** Values listed one token too early. */
export const shifted: Distortion = (tokens) =>
  tokens.map(({ token }, at) => ({ token, logProbability: tokens[at + 1]?.logProbability ?? -1 }))

/** Values listed one token too late. */
export const delayed: Distortion = (tokens) =>
  tokens.map(({ token }, at) => ({ token, logProbability: at === 0 ? null : (tokens[at - 1]!.logProbability ?? -1) }))

/** A value of its own for the token in the middle. */
export function middle(logProbability: number | null): Distortion {
  return (tokens) => tokens.map((item, at) => (at === 5 ? { ...item, logProbability } : item))
}

/** Wrong values for as much of a text as an earlier one began with. */
export function stale(): Distortion {
  const seen: string[] = []
  return (tokens, { body }) => {
    const text = body['prompt'] as string
    const cached = Math.max(0, ...seen.map((earlier) => common(earlier, text)))
    seen.push(text)
    let at = 0
    return tokens.map((item) => {
      at += item.token.length
      return at <= cached && item.logProbability !== null ? { ...item, logProbability: item.logProbability - 3 } : item
    })
  }
}

function common(one: string, two: string): number {
  let length = 0
  while (length < Math.min(one.length, two.length) && one[length] === two[length]) length++
  return length
}
