import type { AddressInfo } from 'node:net'
import type { ServerResponse } from 'node:http'
import { closed, listening, sendJson } from './model-server.ts'

/** What a model says at one point: words, uses of tools, or both. `arguments` is text as it writes it. */
export interface SaidWithTools {
  text?: string
  uses?: { id?: string; name: string; arguments: string }[]
}

export interface ToolServer {
  url: string
  /** Each request, as it came. */
  asked: Record<string, unknown>[]
  close: () => Promise<void>
}

interface WireMessage {
  role: string
  content: unknown
  tool_call_id?: string
  tool_calls?: { id: string; function: { name: string; arguments: string } }[]
}
interface Block {
  type: string
  id?: string
  text?: string
  tool_use_id?: string
  input?: unknown
}

/** Answers by itself and gives true, where a server is to refuse or to fail. */
type Intercept = (body: Record<string, unknown>, response: ServerResponse) => boolean

export interface ToolServerOptions {
  say: (body: Record<string, unknown>, count: number) => SaidWithTools
  intercept?: Intercept
}

/** A real HTTP server with OpenAI's chat interface and tools; it refuses a conversation that OpenAI would refuse. */
export async function anOpenAiToolServer({ say, intercept }: ToolServerOptions): Promise<ToolServer> {
  return await serving('/v1', (body, response, count) => {
    if (intercept?.(body, response) === true) return
    const wrong = wrongWithOpenAi(body['messages'] as WireMessage[], body)
    if (wrong !== undefined) return sendJson(response, { error: { message: wrong, type: 'invalid_request_error' } }, 400)
    const { text, uses } = say(body, count)
    const calls = uses?.map(({ id = `call_${count}`, name, arguments: json }, at) => ({ id: id === `call_${count}` ? `${id}_${at}` : id, type: 'function', function: { name, arguments: json } }))
    const message = { role: 'assistant', content: text ?? null, ...(calls && { tool_calls: calls }) }
    sendJson(response, { model: body['model'], choices: [{ index: 0, message, finish_reason: calls === undefined ? 'stop' : 'tool_calls' }], usage: { prompt_tokens: 10, completion_tokens: 5 } })
  })
}

/** A real HTTP server with Anthropic's messages interface and tools; it refuses a conversation that Anthropic would refuse. */
export async function anAnthropicToolServer({ say, intercept }: ToolServerOptions): Promise<ToolServer> {
  return await serving('', (body, response, count) => {
    if (intercept?.(body, response) === true) return
    const wrong = wrongWithAnthropic(body['messages'] as { role: string; content: string | Block[] }[], body)
    if (wrong !== undefined) return sendJson(response, { type: 'error', error: { type: 'invalid_request_error', message: wrong } }, 400)
    const { text, uses = [] } = say(body, count)
    const content = [...(text === undefined ? [] : [{ type: 'text', text }]), ...uses.map(({ id = `toolu_${count}`, name, arguments: json }, at) => ({ type: 'tool_use', id: `${id}_${at}`, name, input: JSON.parse(json) as unknown }))]
    sendJson(response, { model: body['model'], content, stop_reason: uses.length === 0 ? 'end_turn' : 'tool_use', usage: { input_tokens: 10, output_tokens: 5 } })
  })
}

async function serving(base: string, answer: (body: Record<string, unknown>, response: ServerResponse, count: number) => void): Promise<ToolServer> {
  const asked: Record<string, unknown>[] = []
  const server = await listening(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const body = JSON.parse(text) as Record<string, unknown>
    answer(body, response, asked.push(body))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`, asked, close: async () => await closed(server) }
}

/** Every use must be answered right behind its message, once, and arguments are JSON. */
function wrongWithOpenAi(messages: readonly WireMessage[], { tools }: Record<string, unknown>): string | undefined {
  let open = new Set<string>()
  for (const message of messages) {
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id ?? '')) return `messages with role 'tool' must be a response to a preceding message with 'tool_calls'`
      continue
    }
    if (open.size > 0) return `An assistant message with 'tool_calls' must be followed by tool messages: ${[...open].join(', ')}`
    const calls = message.tool_calls ?? []
    if (calls.length > 0 && tools === undefined) return "'tools' must be set when messages hold 'tool_calls'"
    for (const call of calls) JSON.parse(call.function.arguments)
    if (calls.some(({ function: { name } }) => !/^[\w-]{1,64}$/.test(name))) return 'invalid name of a function in tool_calls'
    open = new Set(calls.map(({ id }) => id))
    if (open.size !== calls.length) return 'duplicate tool_call ids'
  }
  return open.size > 0 ? 'tool_calls without a response' : undefined
}

/** Turns alternate, all results stand in the one message behind the uses, and no text is blank. */
function wrongWithAnthropic(messages: readonly { role: string; content: string | Block[] }[], { tools }: Record<string, unknown>): string | undefined {
  let open = new Set<string>()
  for (const [at, { role, content }] of messages.entries()) {
    if (role !== (at % 2 === 0 ? 'user' : 'assistant')) return `messages.${at}: roles must alternate`
    const blocks: Block[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content
    if (blocks.some(({ type, text }) => type === 'text' && (text ?? '').trim() === '')) return `messages.${at}: text content blocks must contain non-whitespace text`
    const results = blocks.flatMap(({ type, tool_use_id }) => (type === 'tool_result' ? [tool_use_id ?? ''] : []))
    if (results.length !== open.size || results.some((id) => !open.has(id))) return `messages.${at}: tool_use ids were found without tool_result blocks immediately after`
    const uses = blocks.filter(({ type }) => type === 'tool_use')
    if (uses.some(({ input }) => typeof input !== 'object' || input === null)) return `messages.${at}: tool_use.input: Input should be an object`
    if (uses.length > 0 && tools === undefined) return 'tools: Requests which include `tool_use` or `tool_result` blocks must define tools'
    open = new Set(uses.map(({ id }) => id ?? ''))
  }
  return undefined
}
