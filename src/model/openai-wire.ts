import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Sample, SampleEnding, Usage } from '../records/sample.ts'
import { printable } from './http-failure.ts'
import { spell, type WireToken } from './spelling.ts'
import { truncateAtStop } from './stop.ts'
import { toolUsesOf } from './tool-uses.ts'

// The wire is read leniently: what is not needed may be anything, what is needed must be what it says it is.
const Bytes = z.array(z.int().min(0).max(255)).nullish().catch(undefined)
const LogProbability = z.number().or(z.nan()).nullable()
const ChatTokens = z.object({ content: z.array(z.object({ token: z.string(), logprob: LogProbability, bytes: Bytes })) })
const CompletionTokens = z.object({ tokens: z.array(z.string()), token_logprobs: z.array(LogProbability) })
const WireTokens = z.union([ChatTokens, CompletionTokens]).nullish().catch(undefined)
const Part = z.object({ type: z.string(), text: z.string().optional() })
const Text = z
  .union([z.string(), z.array(Part).transform((parts) => parts.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join(''))])
  .nullish()

export const WireUsage = z
  .object({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0).nullish() })
  .nullish()
  .catch(undefined)

const WireToolCalls = z
  .array(z.object({ id: z.string().nullish().catch(undefined), function: z.object({ name: z.string().nullish(), arguments: z.unknown() }).nullish() }))
  .nullish()
  .catch(undefined)

export const WireChoice = z.object({
  index: z.int().min(0).nullish(),
  finish_reason: z.string().nullish(),
  text: z.string().nullish(),
  message: z.object({ content: Text, refusal: z.string().nullish(), tool_calls: WireToolCalls }).nullish(),
  logprobs: z.unknown().optional(),
  prompt_logprobs: z.unknown().optional(),
})
export type WireChoice = z.infer<typeof WireChoice>

export const WireReply = z.object({ model: z.string().nullish(), choices: z.array(WireChoice).min(1), usage: WireUsage })
export type WireReply = z.infer<typeof WireReply>

export const WireChunk = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        index: z.int().min(0).nullish(),
        finish_reason: z.string().nullish(),
        text: z.string().nullish(),
        delta: z.object({ content: Text, refusal: z.string().nullish() }).nullish(),
        logprobs: z.unknown().optional(),
      }),
    )
    .nullish(),
  usage: WireUsage,
})

/** A foreign answer as one of our wire types; says which part is not what it should be. */
export function readWire<Type extends z.ZodType>(type: Type, value: unknown, url: string): z.infer<Type> {
  const parsed = type.safeParse(value)
  if (parsed.success) return parsed.data
  // Some gateways answer an error with status 200.
  if (typeof value === 'object' && value !== null && 'error' in value)
    throw new CountersignError(
      'MODEL_UNREACHABLE',
      `${url}: the endpoint answered with an error: ${printable(JSON.stringify(value.error))}`,
    )
  const issue = parsed.error.issues[0]
  throw new CountersignError(
    'MODEL_REPLY_INVALID',
    `${url}: the answer is not one of this kind of endpoint: ${issue?.path.join('.')}: ${printable(issue?.message ?? '')}`,
  )
}

export function usageOf(usage: WireReply['usage']): Usage | undefined {
  return usage === null || usage === undefined
    ? undefined
    : { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens ?? 0 }
}

/** The tokens of either form of `logprobs`; undefined where there are none. */
export function wireTokens(logprobs: unknown): WireToken[] | undefined {
  const read = WireTokens.parse(logprobs)
  if (read === null || read === undefined) return undefined
  if ('content' in read) {
    return read.content.map(({ token, logprob, bytes }) => ({
      text: token,
      logProbability: logprob,
      ...(bytes === null || bytes === undefined ? {} : { bytes }),
    }))
  }
  return read.tokens.map((text, index) => ({ text, logProbability: read.token_logprobs[index] ?? null }))
}

/** A choice as a sample. */
export function sampleOf(
  choice: WireChoice,
  at: { prompt: Prompt; index: number; asked: string; answered: string | null | undefined; stop: readonly string[]; logProbabilities: boolean },
): Sample {
  const full = choice.message?.content ?? choice.text ?? ''
  const text = truncateAtStop(full, at.stop)
  const refusal = choice.message?.refusal
  const refused = (refusal !== null && refusal !== undefined && refusal !== '') || choice.finish_reason === 'content_filter'
  const uses = toolUsesOf(at.prompt, (choice.message?.tool_calls ?? []).flatMap((call) => (call.function ? [{ id: call.id, ...call.function }] : [])))
  const tokens = at.logProbabilities ? wireTokens(choice.logprobs) : undefined
  const spelled = tokens === undefined || text === '' ? undefined : spell(tokens, text)
  return {
    index: at.index,
    text,
    ending: refused ? 'refused' : endingOf(uses.toolUses === undefined ? text : 'tools', text.length < full.length ? 'stop' : choice.finish_reason),
    ...(refused ? { refusal: refusal ?? 'the endpoint filtered the answer' } : {}),
    ...identityOf(at.asked, at.answered),
    ...uses,
    ...(spelled?.kind === 'spelled' ? { tokens: spelled.tokens } : {}),
    ...(spelled?.kind === 'rejected' ? { tokensRejected: spelled.reason } : {}),
  }
}

export function endingOf(text: string, reason: string | null | undefined): SampleEnding {
  if (reason === 'length' || reason === 'max_tokens') return 'cut-off'
  return text.trim() === '' ? 'empty' : 'complete'
}

/** The name a model answered under, and whether that is another model than the one asked for. */
export function identityOf(asked: string, answered: string | null | undefined): Pick<Sample, 'model' | 'substituted'> {
  if (answered === null || answered === undefined || answered === '') return {}
  return { model: answered, ...(isSameModel(asked, answered) ? {} : { substituted: true as const }) }
}

// `openai/gpt-4o` asked for and `gpt-4o-2024-08-06` answering is the same model; `gpt-4o-mini` is not. A path names a model by its file.
function isSameModel(asked: string, answered: string): boolean {
  const [one, two] = [asked, answered].map((name) =>
    name
      .toLowerCase()
      .split('/')
      .at(-1)!
      .replace(/\.gguf$|:latest$/, ''),
  )
  return one === two || (two!.startsWith(`${one}-`) && /^[\d-]+$/.test(two!.slice(one!.length)))
}
