import type { Message, OfferedTool, Prompt } from '../records/prompt.ts'
import { objectArguments } from '../records/tool-arguments.ts'
import { wireName } from './tool-uses.ts'

/** A conversation as OpenAI's chat interface takes it, with the tools that are offered. */
export function openAiMessages({ messages, tools, toolsClosed }: Prompt & { kind: 'chat' }): Record<string, unknown> {
  return {
    messages: messages.map(wireMessage),
    ...(tools && { tools: tools.map(wireTool) }),
    ...(tools && toolsClosed && { tool_choice: 'none' }),
  }
}

function wireMessage(message: Message): Record<string, unknown> {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.use, content: message.content }
  if (message.role !== 'assistant' || message.toolUses === undefined) return { role: message.role, content: message.content }
  const calls = message.toolUses.map((use) => ({
    id: use.id,
    type: 'function',
    // Templates of chat parse what a model wrote before, and fail where it is not JSON.
    function: { name: wireName(use.name), arguments: JSON.stringify(objectArguments(use.arguments)) },
  }))
  return { role: 'assistant', content: message.content === '' ? null : message.content, tool_calls: calls }
}

function wireTool({ name, description, parameters }: OfferedTool): Record<string, unknown> {
  return { type: 'function', function: { name, description, parameters } }
}
