import { z } from 'zod'

export const Message = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })
export type Message = z.infer<typeof Message>

/**
 * What a model is asked. `completion`: it continues the text. `chat`: it answers the last message. `tagged`: it continues the last
 * section; tags are special tokens of the model's vocabulary, which text from outside can never spell.
 */
export const Prompt = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('completion'), text: z.string() }),
  z.strictObject({ kind: z.literal('chat'), messages: z.array(Message).min(1) }),
  z.strictObject({ kind: z.literal('tagged'), sections: z.array(z.strictObject({ tag: z.string().min(1), text: z.string() })).min(1) }),
])
export type Prompt = z.infer<typeof Prompt>

export const PromptKind = z.enum(['completion', 'chat', 'tagged'])
export type PromptKind = z.infer<typeof PromptKind>

/** How samples are drawn. `stop` sequences never appear in the text of a sample; with a `seed`, sample i is drawn with `seed + i`. */
export const Sampling = z.strictObject({
  temperature: z.number().min(0).max(2),
  topP: z.number().gt(0).max(1).exactOptional(),
  maxTokens: z.int().min(1),
  stop: z.array(z.string().min(1)).max(16),
  seed: z.int().min(0).exactOptional(),
  /** Whether the log-probabilities of the sampled tokens are wanted. */
  logProbabilities: z.boolean(),
})
export type Sampling = z.infer<typeof Sampling>

/** Everything in a prompt that is text, in order. */
export function textsOf(prompt: Prompt): string[] {
  if (prompt.kind === 'completion') return [prompt.text]
  return prompt.kind === 'chat' ? prompt.messages.map((message) => message.content) : prompt.sections.map((section) => section.text)
}

/** The same prompt with each of its texts replaced. */
export function mapTexts(prompt: Prompt, change: (text: string) => string): Prompt {
  if (prompt.kind === 'completion') return { ...prompt, text: change(prompt.text) }
  if (prompt.kind === 'chat')
    return { ...prompt, messages: prompt.messages.map((message) => ({ ...message, content: change(message.content) })) }
  return { ...prompt, sections: prompt.sections.map((section) => ({ ...section, text: change(section.text) })) }
}
