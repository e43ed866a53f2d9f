import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import type { Model, SampleCall } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Reply, Sample, Usage } from '../records/sample.ts'
import { fanOut, type OneSample } from './fan-out.ts'
import { baseUrl, type HttpAnswer, HttpError, type HttpOptions, parseJson, patience, post } from './http.ts'
import { printable } from './http-failure.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { complainsOfTools, learnFrom, toolsRefused } from './learn.ts'
import { endingOf, identityOf, readWire } from './openai-wire.ts'
import { serverSent } from './server-sent.ts'
import { truncateAtStop } from './stop.ts'
import { toolUsesOf } from './tool-uses.ts'
import { Teller } from './teller.ts'
import { worstSample } from './worst-case.ts'

export interface AnthropicOptions extends Partial<Omit<HttpOptions, 'headers'>> {
  model: string
  /** From the environment; never written anywhere. */
  key?: string
  url?: string
  headers?: Record<string, string>
  /** How a critic's tools are offered: natively, or in words. */
  tools?: 'native' | 'plain'
  /** Further fields of each request, as they are. */
  extra?: Record<string, unknown>
}

interface Endpoint {
  url: string
  model: string
  http: HttpOptions
  extra: Record<string, unknown>
  ignored: Set<string>
}

const WireUsage = z.object({
  input_tokens: z.int().min(0),
  output_tokens: z.int().min(0),
  cache_creation_input_tokens: z.int().min(0).nullish(),
  cache_read_input_tokens: z.int().min(0).nullish(),
})
const Message = z.object({
  model: z.string().nullish(),
  content: z.array(
    z.object({ type: z.string(), text: z.string().optional(), id: z.string().optional(), name: z.string().optional(), input: z.unknown().optional() }),
  ),
  stop_reason: z.string().nullish(),
  usage: WireUsage.nullish().catch(undefined),
})
type Message = z.infer<typeof Message>
const Event = z.object({
  type: z.string(),
  message: Message.optional(),
  delta: z.object({ type: z.string().optional(), text: z.string().optional(), stop_reason: z.string().nullish() }).optional(),
  usage: z.object({ output_tokens: z.int().min(0) }).nullish(),
  error: z.unknown().optional(),
})

const mostBytes = 4 * 2 ** 20
// Newer models refuse a temperature together with top-p: of the two it is the temperature that stays.
const leftOut = ['top_p', 'temperature', 'stop_sequences']
const none = { kind: 'unavailable', reason: "Anthropic's interface gives neither log-probabilities nor embeddings" } as const

/** Anthropic's messages interface. It gives one sample a call, and no log-probabilities. */
export function anthropic({ model, key, url = 'https://api.anthropic.com', tools = 'native', headers, extra = {}, ...rest }: AnthropicOptions): Model {
  const own = { 'anthropic-version': '2023-06-01', ...(key === undefined ? {} : { 'x-api-key': key }), ...headers }
  const endpoint: Endpoint = {
    url: baseUrl(url).replace(/\/v1$/, ''),
    model,
    http: { ...patience, ...rest, headers: own },
    extra,
    ignored: new Set(),
  }
  return {
    driver: 'anthropic',
    name: model,
    prompts: ['chat'],
    scorers: [],
    ...(tools === 'native' && { takesTools: true }),
    sample: async (prompt, call) => await sample(endpoint, prompt, call),
    score: async () => none,
    embed: async () => none,
    versions: async () => ({ endpoint: endpoint.url, ...(Object.keys(extra).length === 0 ? {} : { fields: JSON.stringify(extra) }) }),
    close: async () => {},
  }
}

async function sample(endpoint: Endpoint, prompt: Prompt, call: SampleCall): Promise<Reply> {
  const indices = Array.from({ length: call.count }, (_, position) => call.first + position)
  const reply = await fanOut(indices, async (index) => await sampleOnce(endpoint, prompt, { ...call, first: index, count: 1 }))
  const { seed, logProbabilities, temperature } = call.sampling
  const ignored = [
    ...endpoint.ignored,
    ...(seed === undefined ? [] : ['seed']),
    ...(logProbabilities ? ['logprobs'] : []),
    ...(temperature > 1 ? ['temperature above 1'] : []),
  ]
  return ignored.length === 0 ? reply : { ...reply, ignored: ignored.sort() }
}

async function sampleOnce(endpoint: Endpoint, prompt: Prompt, call: SampleCall): Promise<OneSample> {
  const { budget, signal, onText, first: index, sampling } = call
  if (prompt.kind === 'chat' && prompt.tools !== undefined && endpoint.ignored.has('tools')) throw toolsRefused(`anthropic/${endpoint.model}`, 'the endpoint has said so before')
  for (;;) {
    try {
      const { result, usage } = await post(endpoint.http, {
        url: `${endpoint.url}/v1/messages`,
        body: bodyOf(endpoint, prompt, call),
        budget,
        ...(signal === undefined ? {} : { signal }),
        worst: worstSample(`anthropic/${endpoint.model}`, prompt, call),
        mostBytes,
        isFinal: (failure) => complainsOfTools(prompt, failure),
        read: async (answer) => {
          const streamed = answer.headers.get('content-type')?.includes('text/event-stream') === true
          const message = streamed ? await readStream(answer, call) : readWire(Message, await answer.json(), answer.url)
          return { result: { message, streamed }, ...usageOf(message) }
        },
      })
      const sample = sampleOf(result.message, { prompt, index, asked: endpoint.model, stop: sampling.stop })
      if (!result.streamed) onText?.(index, sample.text)
      return { sample, ...(usage === undefined ? {} : { usage }) }
    } catch (error) {
      if (error instanceof HttpError && complainsOfTools(prompt, error.failure)) {
        endpoint.ignored.add('tools')
        throw toolsRefused(`anthropic/${endpoint.model}`, error.message)
      }
      if (!(error instanceof HttpError) || !learnFrom(endpoint.ignored, leftOut, error.failure))
        throw error
    }
  }
}

function bodyOf({ model, extra, ignored }: Endpoint, prompt: Prompt, { sampling, onText }: SampleCall): Record<string, unknown> {
  if (prompt.kind !== 'chat')
    throw new CountersignError('INPUT_INVALID', `Anthropic's interface takes messages and no ${prompt.kind} prompt`)
  // A stop sequence of nothing but white space is refused there; the text is cut at all of them here.
  const stop = sampling.stop.filter((sequence) => sequence.trim() !== '')
  const fields: Record<string, unknown> = {
    max_tokens: sampling.maxTokens,
    temperature: Math.min(sampling.temperature, 1),
    top_p: sampling.topP,
    stop_sequences: stop.length === 0 ? undefined : stop,
    stream: onText === undefined || prompt.tools !== undefined ? undefined : true,
  }
  for (const name of ignored) delete fields[name]
  return { model, ...anthropicMessages(prompt), ...fields, ...extra }
}

function usageOf({ usage }: Message): { usage?: Usage } {
  if (usage === null || usage === undefined) return {}
  const inputTokens = usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0)
  return { usage: { inputTokens, outputTokens: usage.output_tokens } }
}

function sampleOf(message: Message, { prompt, index, asked, stop }: { prompt: Prompt; index: number; asked: string; stop: readonly string[] }): Sample {
  const text = truncateAtStop(message.content.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join(''), stop)
  const identity = identityOf(asked, message.model)
  if (message.stop_reason === 'refusal')
    return { index, text, ending: 'refused', refusal: text === '' ? 'the endpoint refused to answer' : text.slice(0, 200), ...identity }
  const uses = toolUsesOf(prompt, message.content.flatMap(({ type, id, name, input }) => (type === 'tool_use' ? [{ id, name, arguments: input }] : [])))
  return { index, text, ending: endingOf(uses.toolUses === undefined ? text : 'tools', message.stop_reason), ...identity, ...uses }
}

async function readStream(answer: HttpAnswer, { sampling, first, onText }: SampleCall): Promise<Message> {
  const teller: Teller = new Teller(sampling.stop, (text) => onText?.(first, text))
  let message: Message | undefined
  let reason: string | null | undefined
  let output: number | undefined
  for await (const data of serverSent(answer.chunks())) {
    const event = readWire(Event, parseJson(data, answer.url), answer.url)
    if (event.type === 'error')
      throw new CountersignError(
        'MODEL_UNREACHABLE',
        `${answer.url}: the stream ended in an error: ${printable(JSON.stringify(event.error))}`,
      )
    message ??= event.message
    teller.hear(event.delta?.text ?? '')
    reason = event.delta?.stop_reason ?? reason
    output = event.usage?.output_tokens ?? output
  }
  if (message === undefined || reason === null || reason === undefined) teller.broken(answer.url)
  teller.end()
  const usage =
    message.usage === null || message.usage === undefined
      ? undefined
      : { ...message.usage, output_tokens: output ?? message.usage.output_tokens }
  return { ...message, content: [{ type: 'text', text: teller.text }], stop_reason: reason, usage }
}
