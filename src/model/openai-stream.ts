import { CountersignError } from '../errors.ts'
import { AnswerBroken, type HttpAnswer, parseJson } from './http.ts'
import { printable } from './http-failure.ts'
import { readWire, WireChunk, type WireReply, wireTokens } from './openai-wire.ts'
import { serverSent } from './server-sent.ts'
import type { WireToken } from './spelling.ts'
import { truncateAtStop } from './stop.ts'

interface Growing {
  text: string
  refusal: string
  finish: string | null
  tokens: WireToken[] | undefined
  told: number
}

/** A streamed answer put together as if it had come whole. `onText` hears text that no stop sequence can take back any more. */
export async function readStream(answer: HttpAnswer, { stop, onText }: { stop: readonly string[]; onText: (choice: number, text: string) => void }): Promise<WireReply> {
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
      const growing = growingAt(choices, part.index ?? 0)
      growing.text += part.delta?.content ?? part.text ?? ''
      growing.refusal += part.delta?.refusal ?? ''
      growing.finish = part.finish_reason ?? growing.finish
      const tokens = wireTokens(part.logprobs)
      if (tokens !== undefined) growing.tokens = [...(growing.tokens ?? []), ...tokens]
      tell(growing, { stop, final: false, onText: (text) => onText(part.index ?? 0, text) })
    }
  }
  const unfinished = [...choices.values()].find((growing) => growing.finish === null)
  if (choices.size === 0 || (unfinished !== undefined && !done)) brokenStream([...choices.values()].reduce((sum, { told }) => sum + told, 0), answer.url)
  for (const [index, growing] of choices) tell(growing, { stop, final: true, onText: (text) => onText(index, text) })
  return { ...reply, choices: [...choices].map(([index, growing]) => choiceOf(index, growing)) }
}

function readChunk(data: string, url: string): ReturnType<typeof WireChunk.parse> {
  const value = parseJson(data, url)
  if (typeof value === 'object' && value !== null && 'error' in value) throw new CountersignError('MODEL_UNREACHABLE', `${url}: the stream ended in an error: ${printable(JSON.stringify(value.error))}`)
  return readWire(WireChunk, value, url)
}

function growingAt(choices: Map<number, Growing>, index: number): Growing {
  const known = choices.get(index)
  if (known !== undefined) return known
  const fresh: Growing = { text: '', refusal: '', finish: null, tokens: undefined, told: 0 }
  choices.set(index, fresh)
  return fresh
}

function tell(growing: Growing, { stop, final, onText }: { stop: readonly string[]; final: boolean; onText: (text: string) => void }): void {
  const kept = truncateAtStop(growing.text, stop)
  const held = final || kept.length < growing.text.length ? 0 : Math.max(0, ...stop.map((sequence) => sequence.length - 1))
  const until = Math.max(growing.told, kept.length - held)
  if (until > growing.told) onText(kept.slice(growing.told, until))
  growing.told = until
}

// Text that someone has heard cannot be taken back by another attempt.
function brokenStream(told: number, url: string): never {
  if (told === 0) throw new AnswerBroken('the stream ended before there was an answer')
  throw new CountersignError('MODEL_UNREACHABLE', `${url}: the stream broke off after ${told} characters`)
}

function choiceOf(index: number, { text, refusal, finish, tokens }: Growing): WireReply['choices'][number] {
  const content = tokens?.map(({ text, bytes, logProbability }) => ({ token: text, logprob: logProbability, bytes }))
  return { index, finish_reason: finish, message: { content: text, refusal: refusal === '' ? null : refusal }, logprobs: content === undefined ? null : { content }, prompt_logprobs: undefined }
}
