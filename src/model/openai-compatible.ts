import { CountersignError } from '../errors.ts'
import type { Model, SampleCall } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Reply, Sample } from '../records/sample.ts'
import { fanOut, joinReplies } from './fan-out.ts'
import { baseUrl, HttpError, type HttpOptions, patience } from './http.ts'
import { embedByOpenAi } from './openai-embed.ts'
import { ask, bodyOf, type OpenAiEndpoint } from './openai-endpoint.ts'
import { openAiScorers, scoreByOpenAi } from './openai-score.ts'
import { readStream } from './openai-stream.ts'
import { serverVersions } from './openai-versions.ts'
import { toolsRefused } from './learn.ts'
import { readWire, sampleOf, usageOf, WireReply } from './openai-wire.ts'
import { worstSample } from './worst-case.ts'

export interface OpenAiCompatibleOptions extends Partial<Omit<HttpOptions, 'headers'>> {
  /** Up to and with `/v1`. */
  url: string
  model: string
  /** From the environment; never written anywhere. */
  key?: string
  headers?: Record<string, string>
  /** How it prefers to be asked: by messages, or to go on from a text. */
  api?: 'chat' | 'completions'
  /** How a critic's tools are offered: natively, or in words. An endpoint that refuses them natively is asked in words anyway. */
  tools?: 'native' | 'plain'
  /** Ways to score that may work there; the capability probe finds out which does. */
  scorers?: readonly string[]
  /** Further fields of each request, as they are (`reasoning_effort`, `provider`). */
  extra?: Record<string, unknown>
}

const mostBytesOfSample = 4 * 2 ** 20

/** Any endpoint that speaks OpenAI's chat or completions interface, near or far. */
export function openAiCompatible(options: OpenAiCompatibleOptions): Model {
  const { url, model, key, headers, api = 'chat', tools = 'native', extra = {}, scorers = openAiScorers, ...rest } = options
  const endpoint: OpenAiEndpoint = {
    url: baseUrl(url),
    model,
    identity: `openai-compatible/${model}`,
    http: { ...patience, ...rest, headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers } },
    extra,
    ignored: new Set(),
    many: true,
  }
  return {
    driver: 'openai-compatible',
    name: model,
    prompts: api === 'chat' ? ['chat', 'completion'] : ['completion', 'chat'],
    scorers,
    ...(api === 'chat' && tools === 'native' && { takesTools: true }),
    sample: async (prompt, call) => await sample(endpoint, prompt, call),
    score: async (prompt, continuation, call) => await scoreByOpenAi(endpoint, prompt, { ...call, continuation }),
    embed: async (texts, call) => await embedByOpenAi(endpoint, texts, call),
    versions: async (call) => await serverVersions(endpoint, call),
    close: async () => {},
  }
}

async function sample(endpoint: OpenAiEndpoint, prompt: Prompt, call: SampleCall): Promise<Reply> {
  const indices = Array.from({ length: call.count }, (_, position) => call.first + position)
  const reply =
    call.count === 1 || !endpoint.many
      ? await singly(endpoint, prompt, { call, indices })
      : await together(endpoint, prompt, { call, indices })
  return endpoint.ignored.size === 0 ? reply : { ...reply, ignored: [...endpoint.ignored].sort() }
}

async function singly(
  endpoint: OpenAiEndpoint,
  prompt: Prompt,
  { call, indices }: { call: SampleCall; indices: readonly number[] },
): Promise<Reply> {
  return await fanOut(indices, async (first) => {
    const { samples, usage } = await sampleOnce(endpoint, prompt, { ...call, first, count: 1 })
    return { sample: samples[0]!, ...(usage === undefined ? {} : { usage }) }
  })
}

// An endpoint that does not know `n` answers once; the rest is asked for one by one, and from then on all of it.
async function together(
  endpoint: OpenAiEndpoint,
  prompt: Prompt,
  { call, indices }: { call: SampleCall; indices: readonly number[] },
): Promise<Reply> {
  const reply = await sampleOnce(endpoint, prompt, call)
  const missing = indices.slice(reply.samples.length)
  if (missing.length === 0) return reply
  endpoint.many = false
  try {
    return joinReplies([reply, await singly(endpoint, prompt, { call, indices: missing })])
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'INTERRUPTED') throw error
    return { ...reply, failures: missing.map((index) => ({ index, code: error.code, message: error.message })) }
  }
}

async function sampleOnce(endpoint: OpenAiEndpoint, prompt: Prompt, call: SampleCall): Promise<Reply> {
  const { sampling, onText, first, count } = call
  const withTools = prompt.kind === 'chat' && prompt.tools !== undefined
  if (withTools && endpoint.ignored.has('tools')) throw toolsRefused(endpoint.identity, 'the endpoint has said so before')
  const at = { prompt, asked: endpoint.model, stop: sampling.stop, logProbabilities: sampling.logProbabilities }
  try {
    const { result, usage } = await ask(endpoint, prompt.kind === 'chat' ? 'chat/completions' : 'completions', {
      ...call,
      worst: worstSample(endpoint.identity, prompt, call),
      prompt,
      // A use of a tool comes whole, whatever way a server has of cutting it.
      body: () => bodyOf(endpoint, prompt, { ...call, stream: onText !== undefined && !withTools }),
      mostBytes: mostBytesOfSample * count,
      read: async (answer) => {
        const streamed = answer.headers.get('content-type')?.includes('text/event-stream') === true
        const reply = streamed
          ? await readStream(answer, { stop: sampling.stop, onText: (choice, text) => onText?.(first + choice, text) })
          : readWire(WireReply, await answer.json(), answer.url)
        const usage = usageOf(reply.usage)
        return { result: { reply, streamed }, ...(usage === undefined ? {} : { usage }) }
      },
    })
    const { reply, streamed } = result
    const choices = reply.choices.sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
    const samples = choices
      .slice(0, count)
      .map((choice, position) => sampleOf(choice, { ...at, index: first + position, answered: reply.model }))
    if (!streamed) for (const { index, text } of samples) onText?.(index, text)
    return { samples, failures: [], ...(usage === undefined ? {} : { usage }) }
  } catch (error) {
    const refusal = filtered(error)
    if (refusal === undefined) throw error
    const samples = Array.from({ length: count }, (_, position): Sample => ({
      index: first + position,
      text: '',
      ending: 'refused',
      refusal,
    }))
    return { samples, failures: [], usage: { inputTokens: 0, outputTokens: 0 } }
  }
}

// A filter before the model answers with an error; it is an answer all the same.
function filtered(error: unknown): string | undefined {
  const said = error instanceof HttpError ? error.failure.said : undefined
  return said?.code === 'content_filter' || said?.code === 'content_policy_violation' ? said.message : undefined
}
