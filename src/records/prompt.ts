import { z } from 'zod'
import { mapArguments, textsInArguments } from './tool-arguments.ts'

/** A tool's use as a model asked for it natively. `arguments` are its own words: JSON as a rule, and whatever it wrote otherwise. */
export const ToolUse = z.strictObject({ id: z.string().min(1), name: z.string(), arguments: z.string() })
export type ToolUse = z.infer<typeof ToolUse>

/** A tool that is offered to a model natively; `parameters` is the JSON schema of its arguments. */
export const OfferedTool = z.strictObject({ name: z.string().regex(/^[\w-]{1,64}$/), description: z.string(), parameters: z.record(z.string(), z.json()) })
export type OfferedTool = z.infer<typeof OfferedTool>

export const Message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: z.string() }),
  z.strictObject({ role: z.literal('user'), content: z.string() }),
  z.strictObject({ role: z.literal('assistant'), content: z.string(), toolUses: z.array(ToolUse).exactOptional() }),
  /** What a tool gave; `use` is the id of what asked for it, in the message before. */
  z.strictObject({ role: z.literal('tool'), content: z.string(), use: z.string().min(1) }),
])
export type Message = z.infer<typeof Message>

/**
 * What a model is asked. `completion`: it continues the text. `chat`: it answers the last message. `tagged`: it continues the last
 * section; tags are special tokens of the model's vocabulary, which text from outside can never spell.
 */
export const Prompt = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('completion'), text: z.string() }),
  z.strictObject({
    kind: z.literal('chat'),
    messages: z.array(Message).min(1),
    tools: z.array(OfferedTool).min(1).exactOptional(),
    /** The tools are named because the messages hold their uses; none may be used any more. */
    toolsClosed: z.literal(true).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('tagged'), sections: z.array(z.strictObject({ tag: z.string().min(1), text: z.string() })).min(1) }),
])
export type Prompt = z.infer<typeof Prompt>

export const PromptKind = z.enum(['completion', 'chat', 'tagged'])
export type PromptKind = z.infer<typeof PromptKind>

/** How samples are drawn. `stop` sequences never appear in the text of a sample; with a `seed`, sample i is drawn with `seed + i`. */
export const Sampling = z.strictObject({
  temperature: z.number().min(0).max(2),
  topP: z.number().gt(0).max(1).exactOptional(),
  /** Nothing that is less likely than this share of the likeliest next token. */
  minP: z.number().min(0).max(1).exactOptional(),
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
  return prompt.kind === 'chat' ? prompt.messages.flatMap((message) => [message.content, ...usesIn(message).flatMap((use) => textsInArguments(use.arguments))]) : prompt.sections.map((section) => section.text)
}

/** The same prompt with each of its texts replaced. */
export function mapTexts(prompt: Prompt, change: (text: string) => string): Prompt {
  if (prompt.kind === 'completion') return { ...prompt, text: change(prompt.text) }
  if (prompt.kind === 'chat') return { ...prompt, messages: prompt.messages.map((message) => mapMessage(message, change)) }
  return { ...prompt, sections: prompt.sections.map((section) => ({ ...section, text: change(section.text) })) }
}

function usesIn(message: Message): readonly ToolUse[] {
  return message.role === 'assistant' ? (message.toolUses ?? []) : []
}

function mapMessage(message: Message, change: (text: string) => string): Message {
  const content = change(message.content)
  if (message.role !== 'assistant' || message.toolUses === undefined) return { ...message, content }
  return { ...message, content, toolUses: message.toolUses.map((use) => ({ ...use, arguments: mapArguments(use.arguments, change) })) }
}
