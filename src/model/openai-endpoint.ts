import type { ModelCall, SampleCall } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import { CountersignError } from '../errors.ts'
import { type HttpCall, HttpError, type HttpOptions, post } from './http.ts'
import { complainsOfTools, learnFrom, toolsRefused } from './learn.ts'
import { openAiMessages } from './openai-messages.ts'

/** One endpoint with one model, and what was learnt about it in this process. */
export interface OpenAiEndpoint {
  url: string
  model: string
  identity: string
  http: HttpOptions
  extra: Record<string, unknown>
  /** Fields that it has said it does not take. */
  ignored: Set<string>
  /** Whether it gives several samples a call. */
  many: boolean
}

// OpenAI takes four at most; the text is cut at all of them here.
const mostStops = 4
const optional = ['max_tokens', 'temperature', 'top_p', 'seed', 'stop', 'n', 'logprobs', 'stream_options'] as const

/** The body of a request for samples. */
export function bodyOf(
  endpoint: OpenAiEndpoint,
  prompt: Prompt,
  { sampling, count, first, stream }: SampleCall & { stream: boolean },
): Record<string, unknown> {
  const chat = prompt.kind === 'chat'
  const fields: Record<string, unknown> = {
    max_tokens: sampling.maxTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    seed: sampling.seed === undefined ? undefined : sampling.seed + first,
    stop: sampling.stop.length === 0 ? undefined : sampling.stop.slice(0, mostStops),
    n: count === 1 ? undefined : count,
    logprobs: sampling.logProbabilities ? (chat ? true : 1) : undefined,
    stream: stream ? true : undefined,
    stream_options: stream ? { include_usage: true } : undefined,
  }
  // Newer models of OpenAI take the limit under this name only.
  if (endpoint.ignored.has('max_tokens')) fields['max_completion_tokens'] = sampling.maxTokens
  for (const name of endpoint.ignored) delete fields[name]
  return { model: endpoint.model, ...asked(prompt), ...fields, ...endpoint.extra }
}

function asked(prompt: Prompt): Record<string, unknown> {
  if (prompt.kind === 'chat') return openAiMessages(prompt)
  if (prompt.kind === 'completion') return { prompt: prompt.text }
  throw new CountersignError('INPUT_INVALID', 'an OpenAI-compatible endpoint takes no tagged prompt')
}

/** Posts, and once more without a field each time that the endpoint says it does not take it. */
export async function ask<Result>(
  endpoint: OpenAiEndpoint,
  path: string,
  { budget, signal, prompt, ...call }: ModelCall & Pick<HttpCall<Result>, 'worst' | 'mostBytes' | 'read'> & { body: () => unknown; prompt?: Prompt },
): ReturnType<typeof post<Result>> {
  for (;;) {
    try {
      return await post(endpoint.http, {
        ...call,
        url: path.startsWith('http') ? path : `${endpoint.url}/${path}`,
        body: call.body(),
        budget,
        ...(signal === undefined ? {} : { signal }),
        ...(prompt && { isFinal: (failure) => complainsOfTools(prompt, failure) }),
      })
    } catch (error) {
      if (error instanceof HttpError && prompt !== undefined && complainsOfTools(prompt, error.failure)) {
        endpoint.ignored.add('tools')
        throw toolsRefused(endpoint.identity, error.message)
      }
      if (!(error instanceof HttpError) || !learnFrom(endpoint.ignored, optional, error.failure)) throw error
      if (endpoint.ignored.has('n')) endpoint.many = false
    }
  }
}
