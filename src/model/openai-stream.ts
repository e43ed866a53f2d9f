import { CountersignError } from '../errors.ts'
import { AnswerBroken, type HttpAnswer, parseJson } from './http.ts'
import { printable } from './http-failure.ts'
import { readWire, WireChunk, type WireReply, wireTokens } from './openai-wire.ts'
import { serverSent } from './server-sent.ts'
import type { WireToken } from './spelling.ts'
import { Teller } from './teller.ts'

interface Growing {
  teller: Teller
  refusal: string
  finish: string | null
  tokens: WireToken[] | undefined
}

/** A streamed answer put together as if it had come whole. `onText` hears text that no stop sequence can take back any more. */
export async function readStream(
  answer: HttpAnswer,
  { stop, onText }: { stop: readonly string[]; onText: (choice: number, text: string) => void },
): Promise<WireReply> {
  const choices = new Map<number, Growing>()
  const reply: Pick<WireReply, 'model' | 'usage'> = { model: undefined, usage: undefined }
  let done = false
  for await (const data of serverSent(answer.chunks())) {
    done = data.trim() === '[DONE]'
    if (done) break
    const chunk = readChunk(data, answer.url)
    reply.model ??= chunk.model
    reply.usage = chunk.usage ?? reply.usage
    for (const part of chunk.choices ?? []) {
      const growing = growingAt(choices, part.index ?? 0, { stop, onText })
      growing.refusal += part.delta?.refusal ?? ''
      growing.finish = part.finish_reason ?? growing.finish
      const tokens = wireTokens(part.logprobs)
      if (tokens !== undefined) growing.tokens = [...(growing.tokens ?? []), ...tokens]
      growing.teller.hear(part.delta?.content ?? part.text ?? '')
    }
  }
  const growing = [...choices.values()]
  if (growing.length === 0) throw new AnswerBroken('the stream ended before there was an answer')
  if (!done) growing.find(({ finish }) => finish === null)?.teller.broken(answer.url)
  for (const { teller } of growing) teller.end()
  return { ...reply, choices: [...choices].map(([index, one]) => choiceOf(index, one)) }
}

function readChunk(data: string, url: string): ReturnType<typeof WireChunk.parse> {
  const value = parseJson(data, url)
  if (typeof value === 'object' && value !== null && 'error' in value)
    throw new CountersignError('MODEL_UNREACHABLE', `${url}: the stream ended in an error: ${printable(JSON.stringify(value.error))}`)
  return readWire(WireChunk, value, url)
}

function growingAt(
  choices: Map<number, Growing>,
  index: number,
  { stop, onText }: { stop: readonly string[]; onText: (choice: number, text: string) => void },
): Growing {
  const known = choices.get(index)
  if (known !== undefined) return known
  const fresh: Growing = { teller: new Teller(stop, (text) => onText(index, text)), refusal: '', finish: null, tokens: undefined }
  choices.set(index, fresh)
  return fresh
}

function choiceOf(index: number, { teller, refusal, finish, tokens }: Growing): WireReply['choices'][number] {
  const content = tokens?.map(({ text, bytes, logProbability }) => ({ token: text, logprob: logProbability, bytes }))
  return {
    index,
    finish_reason: finish,
    message: { content: teller.text, refusal: refusal === '' ? null : refusal },
    logprobs: content === undefined ? null : { content },
    prompt_logprobs: undefined,
  }
}
