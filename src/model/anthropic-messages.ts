import type { Message, Prompt } from '../records/prompt.ts'
import { objectArguments } from '../records/tool-arguments.ts'
import { wireName } from './tool-uses.ts'

type Block = Record<string, unknown>
interface WireMessage {
  role: 'user' | 'assistant'
  content: string | Block[]
}

/** A conversation as Anthropic's messages interface takes it: system messages apart, and all results of an answer's tools in the one message behind it. */
export function anthropicMessages({ messages, tools, toolsClosed }: Prompt & { kind: 'chat' }): Record<string, unknown> {
  const system = messages.flatMap(({ role, content }) => (role === 'system' ? [content] : [])).join('\n\n')
  return {
    messages: spoken(messages),
    ...(system !== '' && { system }),
    ...(tools && { tools: tools.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters })) }),
    ...(tools && toolsClosed && { tool_choice: { type: 'none' } }),
  }
}

function spoken(messages: readonly Message[]): WireMessage[] {
  const wire: WireMessage[] = []
  let results: Block[] | undefined
  for (const message of messages) {
    if (message.role === 'system') continue
    if (message.role === 'tool') {
      if (results === undefined) wire.push({ role: 'user', content: (results = []) })
      results.push({ type: 'tool_result', tool_use_id: message.use, content: message.content })
      continue
    }
    results = undefined
    wire.push(message.role === 'assistant' && message.toolUses !== undefined ? { role: 'assistant', content: blocksOf(message) } : { role: message.role, content: message.content })
  }
  return wire
}

// A block of nothing but white space is refused.
function blocksOf({ content, toolUses = [] }: Message & { role: 'assistant' }): Block[] {
  const text = content.trim() === '' ? [] : [{ type: 'text', text: content }]
  return [...text, ...toolUses.map(({ id, name, arguments: json }) => ({ type: 'tool_use', id, name: wireName(name), input: objectArguments(json) }))]
}
