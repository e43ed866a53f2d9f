import type { LlamaContextSequence, Token } from 'node-llama-cpp'
import { CountersignError } from '../errors.ts'
import type { Model, ModelCall, Reservation, SampleCall } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Embedded, Reply, Sample, Scored } from '../records/sample.ts'
import { fanOut, type OneSample } from './fan-out.ts'
import { promptKinds, promptTokens, textTokens } from './llama-prompt.ts'
import { fits, readTokens } from './llama-read.ts'
import { digestFile, type LlamaOptions, type LlamaRuntime, loadLlama } from './llama-runtime.ts'
import { behindBorder, spell, type WireToken } from './spelling.ts'
import { truncateAtStop } from './stop.ts'
import { Turns } from './turns.ts'

/** A model of a GGUF file, run in this process by llama.cpp through the optional package node-llama-cpp. */
export async function openLlama(options: LlamaOptions): Promise<Model> {
  const runtime = await loadLlama(options)
  const identity = `llama/${runtime.name}`
  // One call at a time: batches are then the same in every run, and so is what comes out of them.
  const turns = new Turns()
  let closed: Promise<void> | undefined
  return {
    driver: 'llama',
    name: runtime.name,
    prompts: promptKinds(runtime),
    scorers: ['read'],
    ...(options.domain && { domain: options.domain }),
    sample: async (prompt, call) => await turns.take(async () => await sample(runtime, prompt, { ...call, identity })),
    score: async (prompt, continuation, call) =>
      await turns.take(async () => await score(runtime, prompt, { ...call, continuation, identity })),
    embed: async (texts, call) => await turns.take(async () => await embed(runtime, texts, { ...call, identity })),
    versions: async () => ({ weights: await digestFile(runtime.path), llama: runtime.model.llama.llamaCppRelease.release }),
    close: async () => await (closed ??= turns.take(runtime.close)),
  }
}

type Identified = { identity: string }

async function sample(runtime: LlamaRuntime, prompt: Prompt, call: SampleCall & Identified): Promise<Reply> {
  const tokens = promptTokens(runtime, prompt)
  fits(tokens.length + 1, runtime.context.contextSize)
  const indices = Array.from({ length: call.count }, (_, position) => call.first + position)
  const rows = runtime.sampling.map((place) => ({ place, turns: new Turns() }))
  const writings = new Map<number, Token[]>()
  const reply = await fanOut(indices, async (index) => {
    const { place, turns } = rows[(index - call.first) % rows.length]!
    return await turns.take(async () => await sampleOne(runtime, { ...call, tokens, place, index, writings }))
  })
  // Read again when all is written: a batch must not depend on which sample ends first.
  if (call.sampling.logProbabilities)
    for (const one of reply.samples)
      Object.assign(one, await reread(runtime, { tokens, written: writings.get(one.index)!, text: one.text }))
  return reply
}

interface OneCall extends SampleCall, Identified {
  tokens: Token[]
  place: LlamaContextSequence
  index: number
  writings: Map<number, Token[]>
}

async function sampleOne(runtime: LlamaRuntime, call: OneCall): Promise<OneSample> {
  const { tokens, index, identity } = call
  const reservation = await call.budget.reserve(
    { model: identity, inputTokens: tokens.length, outputTokens: most(runtime, call) },
    call.signal,
  )
  try {
    const { written, text, whole } = await write(runtime, call, reservation)
    call.writings.set(index, written)
    const usage = { inputTokens: tokens.length, outputTokens: written.length }
    reservation.settle(usage)
    return { sample: { index, text, ending: !whole ? 'cut-off' : text.trim() === '' ? 'empty' : 'complete', model: runtime.name }, usage }
  } finally {
    reservation.settle('worst-case')
  }
}

/** Tokens that an answer may have. */
function most({ context }: LlamaRuntime, { tokens, sampling }: Pick<OneCall, 'tokens' | 'sampling'>): number {
  return Math.min(sampling.maxTokens, context.contextSize - tokens.length)
}

async function write(
  runtime: LlamaRuntime,
  call: OneCall,
  reservation: Reservation,
): Promise<{ written: Token[]; text: string; whole: boolean }> {
  const { model } = runtime
  const { tokens, place, index, sampling, signal, onText } = call
  // The prompt is read apart from its last token, so that a prompt that is still known from before continues in the same way.
  await place.adaptStateToTokens(tokens.slice(0, -1), false)
  await place.evaluateWithoutGeneratingNewTokens(tokens.slice(place.nextTokenIndex, -1))
  const draw = {
    temperature: sampling.temperature,
    topK: 0,
    topP: sampling.topP ?? 1,
    minP: sampling.minP ?? 0,
    yieldEogToken: true,
    ...(sampling.seed === undefined ? {} : { seed: sampling.seed + index }),
  }
  const until = performance.now() + reservation.remainingMs
  const written: Token[] = []
  let text = ''
  let told = 0
  for await (const token of place.evaluate(tokens.slice(-1), draw)) {
    if (signal?.aborted === true) throw new CountersignError('INTERRUPTED', 'interrupted while the model was writing')
    if (performance.now() > until)
      throw new CountersignError('BUDGET_SPENT', 'the time of the budget was over before the model had answered (--budget raises it)')
    if (model.isEogToken(token) || model.getTokenAttributes(token).control) return { written, ...end(true) }
    written.push(token)
    text = model.detokenize(written, false, tokens.slice(-4))
    const kept = truncateAtStop(text, sampling.stop)
    if (kept.length < text.length) return { written, ...end(true) }
    if (written.length >= most(runtime, call)) break
    tell(text.length - Math.max(4, ...sampling.stop.map((sequence) => sequence.length)))
  }
  return { written, ...end(false) }

  function end(whole: boolean): { text: string; whole: boolean } {
    text = truncateAtStop(text, sampling.stop)
    tell(text.length)
    return { text, whole }
  }

  // Neither the rest of a character nor of a stop sequence may change what was told.
  function tell(until: number): void {
    if (until <= told) return
    onText?.(index, text.slice(told, until))
    told = until
  }
}

// The values while writing are after temperature and truncation; reading gives the model's own.
async function reread(
  runtime: LlamaRuntime,
  { tokens, written, text }: { tokens: Token[]; written: Token[]; text: string },
): Promise<Pick<Sample, 'tokens' | 'tokensRejected'>> {
  if (text === '') return {}
  const values = await readTokens(runtime, [...tokens, ...written], tokens.length)
  const spelled = spell(wireTokens(runtime, written, values), text)
  return spelled.kind === 'spelled' ? { tokens: spelled.tokens } : { tokensRejected: spelled.reason }
}

function wireTokens({ model }: LlamaRuntime, tokens: readonly Token[], values: readonly (number | null)[]): WireToken[] {
  return tokens.map((token, at) => ({ text: model.detokenize([token], false), logProbability: values[at]! }))
}

async function score(
  runtime: LlamaRuntime,
  prompt: Prompt,
  call: ModelCall & Identified & { continuation: string; by: string },
): Promise<Scored> {
  if (call.by !== 'read') return { kind: 'unavailable', reason: `there is no scoring by '${call.by}' here` }
  if (call.continuation === '') return { kind: 'unavailable', reason: 'there is nothing to score' }
  const { tokens, from, text, border } = laidOut(runtime, prompt, call.continuation)
  return await account(call, tokens.length, async () => {
    const values = await readTokens(runtime, tokens, from)
    const spelled = spell(wireTokens(runtime, tokens.slice(from), values), text)
    if (spelled.kind === 'rejected') return { kind: 'unavailable', reason: spelled.reason }
    return { kind: 'scored', tokens: behindBorder(spelled.tokens, border), usage: { inputTokens: tokens.length, outputTokens: 0 } }
  })
}

// A plain text is cut into tokens as a whole, as every endpoint does it; behind a tag or a template the continuation begins afresh.
function laidOut(
  runtime: LlamaRuntime,
  prompt: Prompt,
  continuation: string,
): { tokens: Token[]; from: number; text: string; border: number } {
  if (prompt.kind !== 'completion') {
    const before = promptTokens(runtime, prompt)
    return { tokens: [...before, ...runtime.model.tokenize(continuation, false)], from: before.length, text: continuation, border: 0 }
  }
  const text = prompt.text + continuation
  const tokens = textTokens(runtime.model, text)
  const alone = textTokens(runtime.model, prompt.text)
  const same = alone.findIndex((token, at) => token !== tokens[at])
  // Where the prompt's own tokens are those of the whole, only what follows needs to be looked at.
  return same === -1 && alone.length > 0
    ? { tokens, from: alone.length, text: continuation, border: 0 }
    : { tokens, from: tokens.length - runtime.model.tokenize(text, false).length, text, border: prompt.text.length }
}

async function account<Result>(
  { identity, budget, signal }: ModelCall & Identified,
  inputTokens: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const reservation = await budget.reserve({ model: identity, inputTokens, outputTokens: 0 }, signal)
  try {
    const result = await work()
    reservation.settle({ inputTokens, outputTokens: 0 })
    return result
  } finally {
    reservation.settle('worst-case')
  }
}

async function embed({ model, threads }: LlamaRuntime, texts: readonly string[], call: ModelCall & Identified): Promise<Embedded> {
  const sizes = texts.map((text) => model.tokenize(text, false).length + 2)
  const contextSize = Math.max(...sizes, 16)
  fits(contextSize, model.trainContextSize)
  return await account(
    call,
    sizes.reduce((sum, size) => sum + size, 0),
    async () => {
      const context = await model.createEmbeddingContext({ contextSize, ...threads })
      try {
        const vectors: number[][] = []
        for (const text of texts) vectors.push([...(await context.getEmbeddingFor(text)).vector])
        return { kind: 'embedded', vectors }
      } finally {
        await context.dispose()
      }
    },
  )
}
