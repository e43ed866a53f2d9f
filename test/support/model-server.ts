import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Bigram, seededRandom, tokenize } from './ngram.ts'

export interface Asked {
  path: string
  body: Record<string, unknown>
  headers: IncomingMessage['headers']
}

interface Scored {
  token: string
  logProbability: number | null
}

export interface ServerTraits {
  /** What it does before its usual answer, with the number of the request; true: it has answered. */
  intercept?: (asked: Asked, response: ServerResponse, count: number) => boolean | Promise<boolean>
  /** The scored tokens of a prompt as it would give them. */
  distort?: (tokens: Scored[], asked: Asked) => Scored[] | undefined
  /** Whether `n` gives more than one choice. */
  many?: boolean
  usage?: boolean
  /** The name it answers under. */
  name?: string
  /** Echo that gives only what was generated, as llama.cpp's server does. */
  echo?: boolean
  promptLogprobs?: boolean
  sglang?: boolean
  sampledLogprobs?: boolean
  version?: string
}

export interface ModelServer {
  url: string
  asked: Asked[]
  close: () => Promise<void>
}

/** A real HTTP server with OpenAI's interface (and SGLang's) in front of a bigram model. */
export async function aModelServer(model: Bigram, traits: ServerTraits = {}): Promise<ModelServer> {
  const asked: Asked[] = []
  const server = await listening(async (request, response) => {
    const call = { path: request.url ?? '', body: await bodyOf(request), headers: request.headers }
    const count = asked.push(call)
    if ((await traits.intercept?.(call, response, count)) === true) return
    answer(model, { traits, call, response })
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked, close: async () => await closed(server) }
}

export async function listening(
  listener: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void,
  make: (listener: RequestListener) => Server = createServer,
): Promise<Server> {
  const server = make((request, response) => void Promise.resolve(listener(request, response)).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

export async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

export function sendJson(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

interface Answering {
  traits: ServerTraits
  call: Asked
  response: ServerResponse
}

function answer(model: Bigram, at: Answering): void {
  const { traits, call, response } = at
  switch (call.path) {
    case '/version':
      return traits.version === undefined
        ? sendJson(response, { error: 'Not Found' }, 404)
        : sendJson(response, { version: traits.version })
    case '/v1/completions':
      return complete(model, at)
    case '/v1/chat/completions':
      return chat(model, at)
    case '/generate':
      return traits.sglang === true ? generate(model, at) : sendJson(response, { error: 'Not Found' }, 404)
    case '/v1/embeddings':
      return sendJson(response, {
        data: (call.body['input'] as string[]).map((text, index) => ({ index, embedding: [text.length, 1] })).reverse(),
        usage: { prompt_tokens: 3 },
      })
    default:
      return sendJson(response, { error: { message: 'Not Found' } }, 404)
  }
}

function scoredPrompt(model: Bigram, text: string, { traits, call }: Answering): Scored[] | undefined {
  const tokens = model.score(text)
  return traits.distort === undefined ? tokens : traits.distort(tokens, call)
}

function drawn(model: Bigram, prompt: string, { call, choice }: { call: Asked; choice: number }): { tokens: Scored[]; finish: string } {
  const {
    max_tokens,
    max_completion_tokens,
    temperature = 1,
    seed = 1,
    stop = [],
  } = call.body as Record<string, number> & { stop?: string[] }
  const random = seededRandom(seed + choice)
  const tokens: Scored[] = []
  let before = tokenize(prompt).at(-1)
  while (tokens.length < (max_tokens ?? max_completion_tokens ?? 16)) {
    const token = model.next(before, { temperature, random })
    if (token === undefined) return { tokens, finish: 'stop' }
    tokens.push({ token, logProbability: Math.log(model.probability(before, token)) })
    const text = tokens.map((item) => item.token).join('')
    if (stop.some((sequence) => text.includes(sequence))) return { tokens, finish: 'stop' }
    before = token
  }
  return { tokens, finish: 'length' }
}

function visible(tokens: readonly Scored[], { body }: Asked): string {
  const text = tokens.map(({ token }) => token).join('')
  const ends = ((body['stop'] as string[] | undefined) ?? []).map((sequence) => text.indexOf(sequence)).filter((at) => at >= 0)
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends))
}

function choicesOf(model: Bigram, prompt: string, { traits, call }: Answering) {
  const count = traits.many === false ? 1 : ((call.body['n'] as number | undefined) ?? 1)
  return Array.from({ length: count }, (_, choice) => ({ index: choice, ...drawn(model, prompt, { call, choice }) }))
}

function frame({ traits, call }: Answering, prompt: string, drawn: readonly { tokens: readonly Scored[] }[]) {
  const usage = { prompt_tokens: tokenize(prompt).length, completion_tokens: drawn.reduce((sum, { tokens }) => sum + tokens.length, 0) }
  return { model: traits.name ?? call.body['model'], ...(traits.usage === false ? {} : { usage }) }
}

function complete(model: Bigram, at: Answering): void {
  const { call, traits } = at
  const prompt = call.body['prompt'] as string
  const choices = choicesOf(model, prompt, at)
  const echoed = call.body['echo'] === true
  const whole = echoed && traits.echo !== false ? scoredPrompt(model, prompt, at) : []
  const sampled = call.body['logprobs'] !== undefined && traits.sampledLogprobs !== false
  send(at, {
    ...frame(at, prompt, choices),
    choices: choices.map(({ index, tokens, finish }) => ({
      index,
      text: (echoed && traits.echo !== false ? prompt : '') + visible(tokens, call),
      finish_reason: finish,
      logprobs: whole !== undefined && (sampled || whole.length > 0) ? completionTokens([...whole, ...(sampled ? tokens : [])]) : null,
      prompt_logprobs:
        call.body['prompt_logprobs'] !== undefined && traits.promptLogprobs === true
          ? promptLogprobs(scoredPrompt(model, prompt, at))
          : undefined,
    })),
  })
}

function completionTokens(tokens: readonly Scored[]) {
  return { tokens: tokens.map(({ token }) => token), token_logprobs: tokens.map(({ logProbability }) => logProbability) }
}

function chatTokens(tokens: readonly Scored[]) {
  return tokens.map(({ token, logProbability }) => ({ token, logprob: logProbability, bytes: [...Buffer.from(token)] }))
}

function promptLogprobs(tokens: readonly Scored[] | undefined) {
  return tokens?.map(({ token, logProbability }, id) =>
    logProbability === null ? null : { [id + 100]: { logprob: logProbability, rank: 1, decoded_token: token } },
  )
}

function chat(model: Bigram, at: Answering): void {
  const prompt = (at.call.body['messages'] as { content: string }[]).at(-1)!.content
  const choices = choicesOf(model, prompt, at)
  const wanted = at.call.body['logprobs'] === true && at.traits.sampledLogprobs !== false
  send(at, {
    ...frame(at, prompt, choices),
    choices: choices.map(({ index, tokens, finish }) => ({
      index,
      message: { role: 'assistant', content: visible(tokens, at.call) },
      finish_reason: finish,
      logprobs: wanted ? { content: chatTokens(tokens) } : null,
    })),
  })
}

function generate(model: Bigram, at: Answering): void {
  const text = at.call.body['text'] as string
  const tokens = scoredPrompt(model, text, at)
  sendJson(at.response, {
    text: '',
    meta_info: {
      prompt_tokens: tokenize(text).length,
      completion_tokens: 1,
      input_token_logprobs: tokens?.map(({ token, logProbability }, id) => [logProbability, id, token]),
    },
  })
}

interface Whole {
  model: unknown
  usage?: object
  choices: { index: number; finish_reason: string; text?: string; message?: { content: string }; logprobs: unknown }[]
}

/** The whole answer, or the same in pieces of three characters; the log-probabilities come with the first. */
function send({ call, response }: Answering, { usage, ...reply }: Whole): void {
  if (call.body['stream'] !== true) return sendJson(response, { ...reply, ...(usage === undefined ? {} : { usage }) })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const event = (data: unknown) => response.write(`data: ${JSON.stringify(data)}\n\n`)
  for (const { index, text, message, logprobs, finish_reason } of reply.choices) {
    const whole = message?.content ?? text ?? ''
    for (let start = 0; start < whole.length; start += 3) {
      const piece = whole.slice(start, start + 3)
      event({
        model: reply.model,
        choices: [
          {
            index,
            ...(message === undefined ? { text: piece } : { delta: { content: piece } }),
            logprobs: start === 0 ? logprobs : null,
            finish_reason: null,
          },
        ],
      })
    }
    event({ model: reply.model, choices: [{ index, ...(message === undefined ? { text: '' } : { delta: {} }), finish_reason }] })
  }
  if (usage !== undefined) event({ model: reply.model, choices: [], usage })
  response.end('data: [DONE]\n\n')
}
