import type { Prompt, Sampling } from '../records/prompt.ts'
import { textsOf } from '../records/prompt.ts'
import type { WorstCase } from '../records/spend.ts'

// Role names, turn markers and tool preambles that a chat template puts around each text.
const tokensAround = 32

/** At most as many tokens as these texts can have: no tokenizer in use makes more than one token of a byte. */
export function mostTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + tokensAround, tokensAround)
}

function toolsIn(prompt: Prompt): string[] {
  if (prompt.kind !== 'chat') return []
  return [...(prompt.tools ?? []).map((tool) => JSON.stringify(tool)), ...prompt.messages.flatMap((message) => (message.role === 'assistant' && message.toolUses ? [JSON.stringify(message.toolUses)] : []))]
}

// Endpoints tell their models how tools are used, in words of their own (Anthropic: about 350 tokens).
function aroundTools(prompt: Prompt): number {
  return prompt.kind === 'chat' && prompt.tools !== undefined ? 1000 : 0
}

/** The most that a call for `count` samples can use. */
export function worstSample(model: string, prompt: Prompt, { sampling, count }: { sampling: Sampling; count: number }): WorstCase {
  return { model, inputTokens: mostTokens([...textsOf(prompt), ...toolsIn(prompt)]) + aroundTools(prompt), outputTokens: count * sampling.maxTokens }
}
