import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keepsTheModelContract } from '../../test/contract/model.ts'
import { aBudget, aWatchedBudget } from '../../test/support/budget.ts'
import { aModelServer, closed, listening, type ModelServer, sendJson, type ServerTraits } from '../../test/support/model-server.ts'
import { Bigram } from '../../test/support/ngram.ts'
import type { Model, SampleCall } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Scored } from '../records/sample.ts'
import { openAiCompatible, type OpenAiCompatibleOptions } from './openai-compatible.ts'

const corpus = new Bigram(['one two three one two four one two three one five one two three'])
const prompt: Prompt = { kind: 'chat', messages: [{ role: 'user', content: 'go one' }] }
const text = (text: string): Prompt => ({ kind: 'completion', text })
const sampling = { temperature: 0, maxTokens: 8, stop: [], logProbabilities: true }
const fast = { backoffMs: 1, retries: 3, timeoutMs: 5000 }
const call = (more: Partial<SampleCall> = {}): SampleCall => ({ budget: aBudget(), sampling, count: 1, first: 0, ...more })

async function served(
  traits: ServerTraits = {},
  options: Partial<OpenAiCompatibleOptions> = {},
): Promise<{ model: Model; server: ModelServer }> {
  const server = await aModelServer(corpus, traits)
  onTestFinished(server.close)
  return { server, model: openAiCompatible({ url: server.url, model: 'bigram', ...fast, ...options }) }
}

const can = { logProbabilities: true, score: true, embed: true, seed: true, limit: true, usage: true }
const contracts: [string, ServerTraits, Prompt, Partial<typeof can>?][] = [
  ['chat', {}, prompt],
  ['completions', {}, text('go one')],
  [
    'an endpoint without n, usage and log-probabilities',
    { many: false, usage: false, sampledLogprobs: false, echo: false },
    prompt,
    { usage: false, logProbabilities: false, score: false },
  ],
]
for (const [name, traits, asked, differs] of contracts) {
  keepsTheModelContract(`openai-compatible ${name}`, {
    model: async () => (await served(traits)).model,
    prompt: asked,
    can: { ...can, ...differs },
    stop: ' three',
  })
}

// p(t | s) = 3/4 * count(s t) / count(s) + 1/4 * 2^-(9 bytes): after ' two', ' three' came 3 of 4 times; after ' three', ' one' 2 of 2.
const three = Math.log((3 / 4) * (3 / 4) + 2 ** (-9 * 6) / 4)
const one = Math.log(3 / 4 + 2 ** (-9 * 4) / 4)
const zebra = Math.log(2 ** (-9 * 6) / 4)

test.for<[string, ServerTraits]>([
  ['echo', {}],
  ['prompt-logprobs', { promptLogprobs: true }],
  ['sglang', { sglang: true }],
])('scores by %s exactly as computed by hand', async ([by, traits]) => {
  const { model } = await served(traits)
  const scored = await model.score(text('one two'), ' three one zebra', { by, budget: aBudget() })
  expect(scored.kind === 'scored' && scored.tokens.map(({ token, offset }) => [token, offset])).toEqual([
    [' three', 0],
    [' one', 6],
    [' zebra', 10],
  ])
  for (const [at, value] of [three, one, zebra].entries()) expect(valueAt(scored, at)).toBeCloseTo(value, 9)
})

test('without a prompt the first token has no value', async () => {
  const { model } = await served()
  expect(await model.score(text(''), 'one two', { by: 'echo', budget: aBudget() })).toMatchObject({
    tokens: [{ token: 'one', logProbability: null }, { token: ' two' }],
  })
})

test('a token across the border belongs to the prompt', async () => {
  const { model } = await served()
  const scored = await model.score(text('one tw'), 'o three', { by: 'echo', budget: aBudget() })
  expect(scored).toMatchObject({ tokens: [{ token: ' three', offset: 1 }] })
})

const flawed: [string, string, ServerTraits][] = [
  ['generated tokens only', 'do not spell', { echo: false }],
  ['no log-probabilities', 'no log-probabilities', { distort: () => undefined }],
  [
    'a positive log-probability',
    'is no log-probability',
    { distort: (tokens) => tokens.map((item) => ({ ...item, logProbability: 0.5 })) },
  ],
  ['tokens that do not spell the text', 'do not spell', { distort: (tokens) => tokens.map((item) => ({ ...item, token: 'x' })) }],
  ['a bare NaN', 'holds NaN', { intercept: (_, response) => (sendJson(response, '{"choices": [{"logprobs": NaN}]}'), true) }],
  [
    'a refusal of the parameter',
    'echo',
    { intercept: (_, response) => (sendJson(response, { error: { message: 'echo is not supported for this model' } }, 400), true) },
  ],
  ['no such path', 'no such model or path', { intercept: (_, response) => (sendJson(response, { error: 'Not Found' }, 404), true) }],
]
test.for(flawed)('an endpoint that gives %s scores nothing and says why: %s', async ([, reason, traits]) => {
  const { model } = await served(traits)
  expect(await model.score(text('one'), ' two', { by: 'echo', budget: aBudget() })).toEqual({
    kind: 'unavailable',
    reason: expect.stringContaining(reason),
  })
})

test('a chat prompt cannot be scored, and an unknown way scores nothing', async () => {
  const { model, server } = await served()
  expect(await model.score(prompt, ' two', { by: 'echo', budget: aBudget() })).toMatchObject({ kind: 'unavailable' })
  expect(await model.score(text('one'), ' two', { by: 'toString', budget: aBudget() })).toMatchObject({ kind: 'unavailable' })
  expect(server.asked).toEqual([])
})

test('n in one call, and one by one for ever after an endpoint that does not know it', async () => {
  const many = await served()
  await many.model.sample(prompt, call({ count: 3 }))
  expect(many.server.asked.map(({ body }) => body['n'])).toEqual([3])
  const single = await served({ many: false })
  await single.model.sample(prompt, call({ count: 3 }))
  await single.model.sample(prompt, call({ count: 2 }))
  expect(single.server.asked.map(({ body }) => body['n'])).toEqual([3, undefined, undefined, undefined, undefined])
})

test('samples that could not be topped up are listed and the one that came is kept', async () => {
  const { model } = await served({
    many: false,
    intercept: (_, response, count) => count > 1 && (sendJson(response, { error: 'no' }, 403), true),
  })
  expect(await model.sample(prompt, call({ count: 3 }))).toMatchObject({
    samples: [{ index: 0 }],
    failures: [
      { index: 1, code: 'MODEL_REFUSED' },
      { index: 2, code: 'MODEL_REFUSED' },
    ],
  })
})

test('a field that the endpoint does not take is left out from then on, and named', async () => {
  const picky = new Map([
    ['max_tokens', { code: 'unsupported_parameter', param: 'max_tokens', message: "Use 'max_completion_tokens' instead." }],
    ['temperature', { message: "Unsupported value: 'temperature' does not support 0 with this model." }],
    ['logprobs', { message: 'logprobs: extra inputs are not permitted' }],
  ])
  const { model, server } = await served({
    intercept: ({ body }, response) => {
      const error = [...picky].find(([name]) => name in body)?.[1]
      if (error !== undefined) sendJson(response, { error }, 400)
      return error !== undefined
    },
  })
  const reply = await model.sample(prompt, call())
  expect(reply).toMatchObject({ ignored: ['logprobs', 'max_tokens', 'temperature'], samples: [{ ending: 'cut-off' }] })
  expect(server.asked.at(-1)!.body).toMatchObject({ max_completion_tokens: 8 })
  await model.sample(prompt, call())
  expect(server.asked).toHaveLength(5)
})

const choice = (more: object) => ({
  model: 'bigram',
  choices: [{ index: 0, finish_reason: 'stop', message: { content: 'one' }, ...more }],
  usage: { prompt_tokens: 1, completion_tokens: 1 },
})
test.for<[string, object, object, string?]>([
  ['an answer', choice({}), { ending: 'complete', text: 'one', model: 'bigram' }],
  ['an empty answer', choice({ message: { content: '' } }), { ending: 'empty' }],
  ['an answer without content', choice({ message: { content: null } }), { ending: 'empty' }],
  ['an answer that was cut off', choice({ finish_reason: 'length' }), { ending: 'cut-off' }],
  ['an answer that thinking used up', choice({ finish_reason: 'length', message: { content: '' } }), { ending: 'cut-off', text: '' }],
  ['a refusal', choice({ message: { content: null, refusal: 'I cannot.' } }), { ending: 'refused', refusal: 'I cannot.' }],
  ['a filtered answer', choice({ finish_reason: 'content_filter' }), { ending: 'refused', refusal: 'the endpoint filtered the answer' }],
  [
    'an answer in parts',
    choice({
      message: {
        content: [
          { type: 'thinking', thinking: 'hm' },
          { type: 'text', text: 'one' },
        ],
      },
    }),
    { text: 'one' },
  ],
  ['another model', { ...choice({}), model: 'trigram' }, { model: 'trigram', substituted: true }],
  ['the same model pinned to a day', { ...choice({}), model: 'bigram-2024-08-06' }, { model: 'bigram-2024-08-06' }, 'substituted'],
  [
    'tokens that do not spell the answer',
    choice({ logprobs: { content: [{ token: 'two', logprob: -1 }] } }),
    { tokensRejected: expect.stringContaining('do not spell') },
    'tokens',
  ],
])('%s is told apart', async ([, reply, expected, absent = 'failures']) => {
  const { model } = await served({ intercept: (_, response) => (sendJson(response, reply), true) })
  const [sample] = (await model.sample(prompt, call())).samples
  expect(sample).toMatchObject(expected)
  expect(sample).not.toHaveProperty(absent)
})

test('a filter in front of the model is a refusal too', async () => {
  const { model } = await served({
    intercept: (_, response) => (sendJson(response, { error: { code: 'content_filter', message: 'filtered' } }, 400), true),
  })
  expect((await model.sample(prompt, call({ count: 2 }))).samples).toMatchObject([
    { ending: 'refused', refusal: 'filtered' },
    { ending: 'refused' },
  ])
})

test.for<[number, object, string]>([
  [401, { error: { message: 'Incorrect API key provided: sk-very-secret. It has expired.' } }, 'MODEL_REFUSED'],
  [403, { detail: 'no' }, 'MODEL_REFUSED'],
  [404, { error: { code: 'model_not_found', message: 'The model does not exist' } }, 'MODEL_REFUSED'],
  [400, { error: { message: "This model's maximum context length is 4097 tokens, you requested 5000" } }, 'CONTEXT_EXCEEDED'],
  [400, { object: 'error', message: 'The input (5000 tokens) is longer than the maximum model length of 4096' }, 'CONTEXT_EXCEEDED'],
  [400, { error: { message: 'the request exceeds the available context size' } }, 'CONTEXT_EXCEEDED'],
  [400, { error: { message: 'bad' } }, 'MODEL_REFUSED'],
  [429, { error: { code: 'insufficient_quota', message: 'pay' } }, 'MODEL_REFUSED'],
  [302, {}, 'MODEL_REFUSED'],
  [200, { error: { message: 'upstream is down', code: 502 } }, 'MODEL_UNREACHABLE'],
  [200, { choices: [] }, 'MODEL_REPLY_INVALID'],
  [200, { hello: 'world' }, 'MODEL_REPLY_INVALID'],
])('status %i with %j is %s, asked once, and no key is shown', async ([status, body, code]) => {
  const { model, server } = await served(
    { intercept: (_, response) => (sendJson(response, body, status, { location: 'http://elsewhere' }), true) },
    { key: 'sk-very-secret' },
  )
  const error: unknown = await model.sample(prompt, call()).catch((error: unknown) => error)
  expect(error).toMatchObject({ code })
  expect(String(error)).not.toContain('very-secret')
  expect(server.asked).toHaveLength(1)
  expect(server.asked[0]!.headers.authorization).toBe('Bearer sk-very-secret')
})

test('a page instead of an answer is no answer', async () => {
  const { model } = await served({ intercept: (_, response) => (sendJson(response, '<html>Welcome</html>'), true) })
  await expect(model.sample(prompt, call())).rejects.toMatchObject({
    code: 'MODEL_REPLY_INVALID',
    message: expect.stringContaining('<html>Welcome'),
  })
})

test('an answer of 5 MB is refused without being read to the end', async () => {
  const { model } = await served({
    intercept: (_, response) => (sendJson(response, choice({ message: { content: 'x'.repeat(5_000_000) } })), true),
  })
  await expect(model.sample(prompt, call())).rejects.toMatchObject({
    code: 'MODEL_REPLY_INVALID',
    message: expect.stringContaining('larger than'),
  })
})

test('429 is asked again after the time that Retry-After names, and every attempt is in the books', async () => {
  const times: number[] = []
  const { model } = await served({
    intercept: (_, response, count) => {
      times.push(performance.now())
      if (count <= 2)
        sendJson(
          response,
          { error: { message: 'slow down' } },
          429,
          count === 1 ? { 'retry-after': '0.2' } : { 'retry-after': new Date(Date.now() + 1000).toUTCString() },
        )
      return count <= 2
    },
  })
  const budget = aWatchedBudget()
  expect((await model.sample(prompt, call({ budget }))).samples).toHaveLength(1)
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(195)
  expect(budget.charges.map(({ used }) => used)).toEqual(['nothing', 'nothing', expect.objectContaining({ outputTokens: 8 })])
})

test('an endpoint that asks to wait too long, or stays busy, is given up', async () => {
  const patient = await served({ intercept: (_, response) => (sendJson(response, {}, 429, { 'retry-after': '3600' }), true) })
  await expect(patient.model.sample(prompt, call())).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringContaining('wait 3600 s'),
  })
  expect(patient.server.asked).toHaveLength(1)
  const busy = await served({ intercept: (_, response) => (sendJson(response, {}, 503), true) })
  await expect(busy.model.sample(prompt, call())).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' })
  expect(busy.server.asked).toHaveLength(4)
})

test('a connection that breaks off is tried again and counts at its worst case', async () => {
  const { model } = await served({
    intercept: (_, response, count) =>
      count === 1 && (response.writeHead(200, { 'content-length': '1000' }).write('{"choices"'), response.destroy(), true),
  })
  const budget = aWatchedBudget()
  expect((await model.sample(prompt, call({ budget }))).samples).toHaveLength(1)
  expect(budget.charges[0]!.used).toBe('worst-case')
})

test('an answer that never comes is given up at the hard limit', async () => {
  const { model, server } = await served({ intercept: () => true }, { timeoutMs: 100 })
  const budget = aWatchedBudget()
  await expect(model.sample(prompt, call({ budget }))).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringContaining('0.1 s'),
  })
  expect(server.asked).toHaveLength(1)
  expect(budget.charges.map(({ used }) => used)).toEqual(['worst-case'])
})

test('when the time of the budget is over in the middle of an answer, the budget is spent', async () => {
  const { model } = await served({ intercept: () => true })
  await expect(model.sample(prompt, call({ budget: aBudget({ seconds: 0.1 }) }))).rejects.toMatchObject({ code: 'BUDGET_SPENT' })
})

test('an interruption in the middle of a stream ends it and is in the books', async () => {
  const controller = new AbortController()
  const { model } = await served({
    intercept: (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"choices":[{"delta":{"content":"one"}}]}\n\n')
      return true
    },
  })
  const budget = aWatchedBudget()
  const asked = model.sample(prompt, call({ budget, signal: controller.signal, onText: () => controller.abort() }))
  await expect(asked).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(budget.charges.map(({ used }) => used)).toEqual(['worst-case'])
})

test('half a stream is no answer: tried again while nobody has heard of it, an error after that', async () => {
  const heard: string[] = []
  const silent = await served(half(''))
  expect((await silent.model.sample(prompt, call({ onText: (_, text) => heard.push(text) }))).samples[0]!.text).toBe(heard.join(''))
  const loud = await served(half('def f('))
  await expect(loud.model.sample(prompt, call({ onText: () => {} }))).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringContaining('after 6 characters'),
  })
})

test('an error in a stream is an error', async () => {
  const { model } = await served({
    intercept: (_, response) => (
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {"error":{"message":"overloaded"}}\n\n'),
      true
    ),
  })
  await expect(model.sample(prompt, call({ onText: () => {} }))).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringContaining('overloaded'),
  })
})

test('nobody listens there, no such host', async () => {
  const free = await listening(() => {})
  const { port } = free.address() as AddressInfo
  await closed(free)
  for (const url of [`http://127.0.0.1:${port}/v1`, 'http://no-such-host.invalid/v1']) {
    const budget = aWatchedBudget()
    await expect(openAiCompatible({ url, model: 'm', ...fast }).sample(prompt, call({ budget }))).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
      exitCode: 3,
    })
    expect(budget.charges.every(({ used }) => used === 'nothing')).toBe(true)
  }
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
test.skipIf(!hasOpenssl)(
  `a certificate that nobody vouches for, and a port without TLS${hasOpenssl ? '' : ' (skipped: needs openssl)'}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=localhost'],
      { stdio: 'ignore' },
    )
    const secure = await listening(
      () => {},
      (listener: RequestListener) => createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, listener),
    )
    onTestFinished(async () => await closed(secure))
    const { server } = await served()
    for (const url of [`https://127.0.0.1:${(secure.address() as AddressInfo).port}/v1`, server.url.replace('http:', 'https:')]) {
      await expect(openAiCompatible({ url, model: 'm', ...fast }).sample(prompt, call())).rejects.toMatchObject({
        code: 'MODEL_UNREACHABLE',
        message: expect.stringContaining('secure connection'),
      })
    }
  },
)

test('a path that is not there, and a URL that is none', async () => {
  const { server } = await served()
  const wrong = openAiCompatible({ url: server.url.replace('/v1', '/v2'), model: 'm', ...fast })
  await expect(wrong.sample(prompt, call())).rejects.toMatchObject({
    code: 'MODEL_REFUSED',
    message: expect.stringContaining('check the URL'),
  })
  for (const url of ['nonsense', 'localhost:8080/v1', 'file:///etc/passwd']) {
    expect(() => openAiCompatible({ url, model: 'm' })).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }))
  }
})

test('versions are where the endpoint is, without credentials, and what the server says of itself', async () => {
  const known = await served({ version: '0.9.1' })
  expect(await known.model.versions({})).toEqual({ endpoint: known.server.url, version: '0.9.1' })
  const { server } = await served()
  const model = openAiCompatible({ url: server.url.replace('//', '//user:secret@'), model: 'm' })
  expect(await model.versions({})).toEqual({ endpoint: server.url })
})

function half(text: string): ServerTraits {
  return {
    intercept: (_, response, count) => {
      if (count > 1) return false
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(`data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`)
      return true
    },
  }
}

function valueAt(scored: Scored, at: number): number | null | undefined {
  return scored.kind === 'scored' ? scored.tokens[at]?.logProbability : undefined
}
