import { CountersignError, type ErrorCode } from '../errors.ts'
import type { LikelihoodTerm } from '../records/likelihood.ts'
import type { TokenLogProbability } from '../records/sample.ts'

/** A term of a likelihood, or why it is not known. */
export type Term = LikelihoodTerm | { unknown: string }

/** The log-probability of tokens together; unknown as soon as that of one of them is. */
export function termOf(tokens: readonly TokenLogProbability[]): Term {
  const values = tokens.map(({ logProbability }) => logProbability)
  if (values.length === 0) return { unknown: 'there are no tokens' }
  if (values.includes(null)) return { unknown: 'a token has no value' }
  const sum = values.reduce<number>((total, value) => total + value!, 0)
  return { sum, mean: sum / values.length, tokens: values.length }
}

/** The same for a sample's own tokens, of which only those count whose first character lies in the program. */
export function sampledTerm(tokens: readonly TokenLogProbability[], spans: readonly { start: number; end: number }[]): Term {
  return termOf(tokens.filter(({ offset }) => spans.some(({ start, end }) => offset >= start && offset < end)))
}

const local: ReadonlySet<ErrorCode> = new Set([
  'MODEL_UNREACHABLE',
  'MODEL_REFUSED',
  'MODEL_REPLY_INVALID',
  'CONTEXT_EXCEEDED',
  'BUDGET_SPENT',
  'SPEND_UNKNOWN',
])

/** One candidate that a model could not score is one unknown, and the others keep what they have. Any other error is thrown on. */
export async function orUnknown<Known>(work: () => Promise<Known>): Promise<Known | { unknown: string }> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CountersignError && local.has(error.code)) return { unknown: `${error.code}: ${error.message}` }
    throw error
  }
}
