import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { closed, listening, sendJson } from './model-server.ts'

export interface AgentEndpoint {
  url: string
  /** The bodies of the requests for an answer, as they came. */
  asked: string[]
  close: () => Promise<void>
}

const answer = 'True'

/** What the hosts of agent programs look like to them: Anthropic's messages, OpenAI's responses and chat, Gemini's streams. It says one word. */
export async function anAgentEndpoint(): Promise<AgentEndpoint> {
  const asked: string[] = []
  const server = await listening(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const path = request.url ?? ''
    const reply = replies.find(([part]) => path.includes(part))?.[1]
    if (reply === undefined || path.includes('count_tokens')) return sendJson(response, { error: { message: 'Not found' } }, 404)
    asked.push(body)
    reply(response)
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: async () => await closed(server) }
}

const message = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: answer, annotations: [] }] }
const replies: [string, (response: ServerResponse) => void][] = [
  [
    '/v1/messages',
    (response) =>
      stream(response, [
        {
          type: 'message_start',
          message: { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], usage: { input_tokens: 5, output_tokens: 1 } },
        },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: answer } },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
        { type: 'message_stop' },
      ]),
  ],
  [
    '/responses',
    (response) =>
      stream(response, [
        { type: 'response.created', response: { id: 'r' } },
        { type: 'response.output_item.done', output_index: 0, item: { id: 'm', status: 'completed', ...message } },
        {
          type: 'response.completed',
          response: { id: 'r', output: [message], usage: { input_tokens: 5, output_tokens: 2, total_tokens: 7 } },
        },
      ]),
  ],
  [
    '/chat/completions',
    (response) => stream(response, [{ id: 'c', choices: [{ index: 0, delta: { content: answer }, finish_reason: 'stop' }] }]),
  ],
  [
    'GenerateContent',
    (response) =>
      stream(response, [{ candidates: [{ content: { role: 'model', parts: [{ text: answer }] }, finishReason: 'STOP', index: 0 }] }]),
  ],
]

function stream(response: ServerResponse, events: readonly ({ type?: string } & Record<string, unknown>)[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events)
    response.write(`${event.type === undefined ? '' : `event: ${event.type}\n`}data: ${JSON.stringify(event)}\n\n`)
  response.end()
}

const Named = z.object({ name: z.string().optional(), type: z.string().optional() })
const Body = z.object({
  tools: z.array(Named.extend({ functionDeclarations: z.array(Named).optional(), function: Named.optional() })).optional(),
  input: z
    .array(
      z.object({
        tools: z.array(Named.extend({ tools: z.array(Named.extend({ description: z.string().optional() })).optional() })).optional(),
      }),
    )
    .optional(),
})

/** The names of the tools that a request offers to the model, those inside of others included. */
export function toolsIn(body: string): string[] {
  const { tools = [], input = [] } = Body.parse(JSON.parse(body))
  const plain = tools.flatMap(
    ({ functionDeclarations, function: inner, name, type }) =>
      functionDeclarations?.map((item) => item.name ?? '') ?? [inner?.name ?? name ?? type ?? ''],
  )
  const grouped = input.flatMap((item) => (item.tools ?? []).flatMap((group) => group.tools ?? []))
  const nested = grouped.flatMap(({ description = '' }) => [...description.matchAll(/^### `?(\w+)/gm)].map((match) => match[1] ?? ''))
  return [...plain, ...grouped.map(({ name }) => name ?? ''), ...nested].sort()
}
