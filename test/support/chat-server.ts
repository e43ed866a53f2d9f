import type { AddressInfo } from 'node:net'
import type { ServerResponse } from 'node:http'
import { closed, listening, sendJson } from './model-server.ts'

/** What a request asks: all of its messages as one text, and which of the answers to the same text this is. */
export interface Question {
  text: string
  index: number
}

export interface ChatServer {
  url: string
  asked: Question[]
  close: () => Promise<void>
}

/** A real HTTP server with OpenAI's chat interface, which answers what `reply` says; it may also answer by itself and give undefined. */
export async function aChatServer(reply: (question: Question, response: ServerResponse) => string | undefined | Promise<string | undefined>): Promise<ChatServer> {
  const asked: Question[] = []
  const times = new Map<string, number>()
  const server = await listening(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (request.url !== '/v1/chat/completions') return sendJson(response, { error: { message: 'Not Found' } }, 404)
    const { messages, n = 1, stream = false, model } = JSON.parse(body) as { messages: { content: string }[]; n?: number; stream?: boolean; model: string }
    const text = messages.map(({ content }) => content).join('\n')
    const choices: { index: number; message: { content: string }; finish_reason: string }[] = []
    for (let choice = 0; choice < n; choice++) {
      const question = { text, index: times.get(text) ?? 0 }
      times.set(text, question.index + 1)
      asked.push(question)
      const content = await reply(question, response)
      if (content === undefined) return
      choices.push({ index: choice, message: { content }, finish_reason: 'stop' })
    }
    const usage = { prompt_tokens: text.length, completion_tokens: choices.reduce((sum, { message }) => sum + message.content.length, 0) }
    if (!stream) return sendJson(response, { model, choices, usage })
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const { index, message, finish_reason } of choices) {
      response.write(`data: ${JSON.stringify({ model, choices: [{ index, delta: { content: message.content }, finish_reason: null }] })}\n\n`)
      response.write(`data: ${JSON.stringify({ model, choices: [{ index, delta: {}, finish_reason }] })}\n\n`)
    }
    response.end(`data: ${JSON.stringify({ model, choices: [], usage })}\n\ndata: [DONE]\n\n`)
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked, close: async () => await closed(server) }
}
