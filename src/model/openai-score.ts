import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import type { ModelCall } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Scored } from '../records/sample.ts'
import { HttpError } from './http.ts'
import { ask, type OpenAiEndpoint } from './openai-endpoint.ts'
import { readWire, usageOf, WireReply, WireUsage, wireTokens } from './openai-wire.ts'
import { behindBorder, spell, type WireToken } from './spelling.ts'
import { mostTokens } from './worst-case.ts'

interface Way {
  path: (endpoint: OpenAiEndpoint) => string
  body: (endpoint: OpenAiEndpoint, text: string) => unknown
  read: (value: unknown, at: { url: string; text: string }) => { tokens: WireToken[] | undefined; usage: ReturnType<typeof usageOf> }
}

// One token more than none: `max_tokens: 0` is refused by some servers and means "without limit" to others.
const one = { max_tokens: 1, temperature: 0 }
const EchoReply = WireReply.extend({
  prompt: z
    .array(z.object({ logprobs: z.unknown().optional() }))
    .nullish()
    .catch(undefined),
})
const PromptReply = WireReply.extend({ prompt_logprobs: z.unknown().optional() })
const PromptTokens = z.array(z.record(z.string(), z.object({ logprob: z.number().or(z.nan()), decoded_token: z.string() })).nullable())
const SglangReply = z.object({
  meta_info: z.object({
    input_token_logprobs: z.array(z.tuple([z.number().nullable(), z.int(), z.string().nullish()])).nullish(),
    prompt_tokens: z.int().nullish(),
    completion_tokens: z.int().nullish(),
  }),
})

const ways: Record<string, Way> = {
  // OpenAI's older completions, llama-cpp-python, vLLM; Together gives the prompt's tokens apart.
  echo: {
    path: () => 'completions',
    body: ({ model }, text) => ({ model, prompt: text, echo: true, logprobs: 1, ...one }),
    read: (value, { url }) => {
      const reply = readWire(EchoReply, value, url)
      return { tokens: wireTokens(reply.prompt?.[0]?.logprobs ?? reply.choices[0]?.logprobs), usage: usageOf(reply.usage) }
    },
  },
  'prompt-logprobs': {
    path: () => 'completions',
    body: ({ model }, text) => ({ model, prompt: text, prompt_logprobs: 0, ...one }),
    read: (value, { url, text }) => {
      const reply = readWire(PromptReply, value, url)
      return {
        tokens: promptTokens(reply.choices[0]!.prompt_logprobs ?? reply.prompt_logprobs, { url, text }),
        usage: usageOf(reply.usage),
      }
    },
  },
  sglang: {
    path: ({ url }) => `${url.replace(/\/v\d+$/, '')}/generate`,
    body: (_, text) => ({
      text,
      sampling_params: { max_new_tokens: 1, temperature: 0 },
      return_logprob: true,
      logprob_start_len: 0,
      return_text_in_logprobs: true,
    }),
    read: (value, { url }) => {
      const { input_token_logprobs: tokens, prompt_tokens, completion_tokens } = readWire(SglangReply, value, url).meta_info
      const usage = usageOf(WireUsage.parse({ prompt_tokens, completion_tokens }))
      return { tokens: tokens?.map(([logProbability, , text]) => ({ text: text ?? '\uFFFD', logProbability })), usage }
    },
  },
}

/**
 * Ways to ask for the log-probabilities of a prompt's tokens. llama-cpp-python lists them off by one unless the prompt begins with the
 * model's start token, so its usual spellings are tried as variants of `echo`.
 */
export const openAiScorers = [
  'echo',
  'prompt-logprobs',
  'sglang',
  ...['<s>', '<|endoftext|>', '<|begin_of_text|>', '<bos>', '<|eos|>'].map((start) => `echo ${start}`),
]

/** log p(continuation | prompt) by having the endpoint read the whole text. Whether it really did is for the probe to find out. */
export async function scoreByOpenAi(
  endpoint: OpenAiEndpoint,
  prompt: Prompt,
  { by, continuation, ...call }: ModelCall & { by: string; continuation: string },
): Promise<Scored> {
  const [name = '', ...start] = by.split(' ')
  const way = Object.hasOwn(ways, name) ? ways[name] : undefined
  if (way === undefined) return { kind: 'unavailable', reason: `there is no scoring by '${by}' here` }
  if (prompt.kind !== 'completion') return { kind: 'unavailable', reason: `only a text can be scored here, not a ${prompt.kind} prompt` }
  const text = prompt.text + continuation
  try {
    const { result, usage } = await ask(endpoint, way.path(endpoint), {
      ...call,
      worst: { model: endpoint.identity, inputTokens: mostTokens([text]), outputTokens: 1 },
      body: () => way.body(endpoint, start.join(' ') + text),
      mostBytes: 2 ** 20 + 4096 * text.length,
      read: async (answer) => {
        const { tokens, usage } = way.read(await answer.json(), { url: answer.url, text })
        return { result: tokens, ...(usage === undefined ? {} : { usage }) }
      },
    })
    const spelled =
      result === undefined ? { kind: 'rejected' as const, reason: 'the endpoint gives no log-probabilities' } : spell(result, text)
    if (spelled.kind === 'rejected') return { kind: 'unavailable', reason: spelled.reason }
    return { kind: 'scored', tokens: behindBorder(spelled.tokens, prompt.text.length), ...(usage === undefined ? {} : { usage }) }
  } catch (error) {
    if (isLack(error)) return { kind: 'unavailable', reason: error.message }
    throw error
  }
}

// An endpoint without this way of scoring refuses the request or answers with something else; a bad key or a spent budget is another matter.
function isLack(error: unknown): error is CountersignError {
  if (error instanceof HttpError) return error.code === 'MODEL_REFUSED' && ![401, 402, 403].includes(error.failure.status ?? 0)
  return error instanceof CountersignError && error.code === 'MODEL_REPLY_INVALID'
}

/** vLLM: one entry a token, the first null, each a record of the token's id. The first token's text is what the others leave over. */
function promptTokens(value: unknown, { url, text }: { url: string; text: string }): WireToken[] | undefined {
  if (value === null || value === undefined) return undefined
  const rest = readWire(PromptTokens, value, url).map((entry) => Object.values(entry ?? {}))
  if (rest.slice(1).some((values) => values.length !== 1)) return undefined
  const tokens = rest.slice(1).map(([only]): WireToken => ({ text: only!.decoded_token, logProbability: only!.logprob }))
  const length = tokens.reduce((sum, token) => sum + token.text.length, 0)
  return [{ text: text.slice(0, Math.max(0, text.length - length)), logProbability: null }, ...tokens]
}
