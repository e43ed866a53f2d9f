import type { ControlledEvaluateInputItem, Token } from 'node-llama-cpp'
import { CountersignError } from '../errors.ts'
import type { LlamaRuntime } from './llama-runtime.ts'

/**
 * Natural-log probability of each token from `from` on after those before it; null for one that nothing stands before. llama.cpp's raw
 * logits, normalised over the whole vocabulary: `logit - max - ln(sum of exp(logit - max))`. (Its ready-made probabilities are after
 * temperature and truncation.)
 */
export async function readTokens({ reading, context }: LlamaRuntime, tokens: readonly Token[], from: number): Promise<(number | null)[]> {
  fits(tokens.length, context.contextSize)
  const first = Math.max(from, 1)
  // What was read before with the same beginning is kept; logits are only given for tokens that are evaluated now.
  await reading.adaptStateToTokens(tokens.slice(0, first - 1), false)
  const start = reading.nextTokenIndex
  const input = tokens.slice(start, -1).map((token, offset): ControlledEvaluateInputItem => {
    const next = tokens[start + offset + 1]!
    return start + offset + 1 < first
      ? token
      : [token, { generateNext: { logits: { filter: { tokens: [next], includeTop: 1 } }, totalLogitWeight: true } }]
  })
  const output = input.length === 0 ? [] : await reading.controlledEvaluate(input)
  return tokens.slice(from).map((token, offset) => {
    const position = from + offset
    return position === 0 ? null : normalised(output[position - 1 - start]?.next, token)
  })
}

interface Next {
  logits?: Map<Token, number>
  totalLogitWeight?: number
}

function normalised(next: Next | undefined, token: Token): number {
  const logit = next?.logits?.get(token)
  if (logit === undefined || next?.logits === undefined || next.totalLogitWeight === undefined)
    throw new CountersignError('MODEL_REPLY_INVALID', 'llama.cpp gave no logit for a token that was asked for')
  // Rounding may leave a certain token a hair above zero.
  return Math.min(0, logit - Math.max(...next.logits.values()) - Math.log(next.totalLogitWeight))
}

/** A context that is too small must not shift: what falls out of it would be scored as if it had never been there. */
export function fits(tokens: number, contextSize: number): void {
  if (tokens > contextSize)
    throw new CountersignError('CONTEXT_EXCEEDED', `${tokens} tokens do not fit into the model's context of ${contextSize}`)
}
