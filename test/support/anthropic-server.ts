import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Asked, closed, listening, type ModelServer, sendJson } from './model-server.ts'

export interface AnthropicTraits {
  intercept?: (asked: Asked, response: ServerResponse, count: number) => boolean
}

/** A real HTTP server with Anthropic's messages interface; it says the last message's words, numbered by the request at temperature > 0. */
export async function anAnthropicServer(traits: AnthropicTraits = {}): Promise<ModelServer> {
  const asked: Asked[] = []
  const server = await listening(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const call = { path: request.url ?? '', body: JSON.parse(text) as Record<string, unknown>, headers: request.headers }
    const count = asked.push(call)
    if (traits.intercept?.(call, response, count) === true) return
    answer(call, response)
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: async () => await closed(server) }
}

function answer({ path, body }: Asked, response: ServerResponse): void {
  if (path !== '/v1/messages') return sendJson(response, { type: 'error', error: { type: 'not_found_error', message: 'Not found' } }, 404)
  const { text, reason } = written(body)
  const usage = { input_tokens: 12, output_tokens: text.split(' ').length, cache_read_input_tokens: 3 }
  if (body['stream'] !== true) {
    return sendJson(response, { type: 'message', model: body['model'], content: [{ type: 'text', text }], stop_reason: reason, usage })
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const event = (type: string, data: object) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
  event('message_start', { message: { model: body['model'], content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } } })
  event('ping', {})
  for (let start = 0; start < text.length; start += 3)
    event('content_block_delta', { delta: { type: 'text_delta', text: text.slice(start, start + 3) } })
  event('message_delta', { delta: { stop_reason: reason }, usage: { output_tokens: usage.output_tokens } })
  event('message_stop', {})
  response.end()
}

function written(body: Record<string, unknown>): { text: string; reason: string } {
  const {
    messages,
    max_tokens,
    stop_sequences = [],
  } = body as { messages: { content: string }[]; max_tokens: number; stop_sequences?: string[] }
  const words = messages.at(-1)!.content.split(' ')
  const text = words.slice(0, max_tokens).join(' ')
  const ends = stop_sequences.map((sequence) => text.indexOf(sequence)).filter((at) => at >= 0)
  if (ends.length > 0) return { text: text.slice(0, Math.min(...ends)), reason: 'stop_sequence' }
  return { text, reason: words.length > max_tokens ? 'max_tokens' : 'end_turn' }
}
