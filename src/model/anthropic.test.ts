import { expect, onTestFinished, test } from 'vitest'
import { keepsTheModelContract } from '../../test/contract/model.ts'
import { anAnthropicServer, type AnthropicTraits } from '../../test/support/anthropic-server.ts'
import { aBudget, aWatchedBudget } from '../../test/support/budget.ts'
import { sendJson } from '../../test/support/model-server.ts'
import type { SampleCall } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import { anthropic, type AnthropicOptions } from './anthropic.ts'

const prompt: Prompt = {
  kind: 'chat',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'one two three four five six seven eight nine ten eleven twelve' },
  ],
}
const sampling = { temperature: 0, maxTokens: 20, stop: [], logProbabilities: false }
const call = (more: Partial<SampleCall> = {}): SampleCall => ({ budget: aBudget(), sampling, count: 1, first: 0, ...more })

function stream(...events: object[]): AnthropicTraits {
  return {
    intercept: (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
      return true
    },
  }
}

async function served(traits: AnthropicTraits = {}, options: Partial<AnthropicOptions> = {}) {
  const server = await anAnthropicServer(traits)
  onTestFinished(server.close)
  return {
    server,
    model: anthropic({ url: server.url, model: 'claude-x', key: 'sk-ant-secret', backoffMs: 1, retries: 2, timeoutMs: 5000, ...options }),
  }
}

keepsTheModelContract('anthropic', {
  model: async () => (await served()).model,
  prompt,
  can: { logProbabilities: false, score: false, embed: false, seed: false, limit: true, usage: true },
  stop: ' seven',
})

test('system messages, key and version go where they belong', async () => {
  const { model, server } = await served()
  await model.sample(prompt, call({ sampling: { ...sampling, stop: ['\n', ' five'], topP: 0.9 } }))
  expect(server.asked[0]).toMatchObject({
    headers: { 'x-api-key': 'sk-ant-secret', 'anthropic-version': '2023-06-01' },
    body: { system: 'Be brief.', messages: [{ role: 'user' }], stop_sequences: [' five'], top_p: 0.9 },
  })
  expect(server.asked[0]!.body['messages']).toHaveLength(1)
})

test('tokens read from the cache are tokens', async () => {
  const { model } = await served()
  expect((await model.sample(prompt, call())).usage).toEqual({ inputTokens: 15, outputTokens: 12 })
})

test('what it does not take is named, and a field that it refuses is left out from then on', async () => {
  const { model, server } = await served({
    intercept: ({ body }, response) => {
      const refused = 'temperature' in body && 'top_p' in body
      if (refused)
        sendJson(
          response,
          {
            type: 'error',
            error: { type: 'invalid_request_error', message: '`temperature` and `top_p` cannot both be specified for this model.' },
          },
          400,
        )
      return refused
    },
  })
  const reply = await model.sample(
    prompt,
    call({ sampling: { ...sampling, temperature: 1.5, topP: 0.9, seed: 3, logProbabilities: true } }),
  )
  expect(reply.ignored).toEqual(['logprobs', 'seed', 'temperature above 1', 'top_p'])
  expect(server.asked).toHaveLength(2)
})

const message = (more: object) => ({
  model: 'claude-x',
  content: [{ type: 'text', text: 'one' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 1 },
  ...more,
})
test.for<[string, object, object]>([
  ['an answer', message({}), { ending: 'complete', model: 'claude-x' }],
  ['an empty answer', message({ content: [] }), { ending: 'empty' }],
  ['an answer that was cut off', message({ stop_reason: 'max_tokens' }), { ending: 'cut-off' }],
  ['a refusal', message({ content: [], stop_reason: 'refusal' }), { ending: 'refused', refusal: expect.any(String) }],
  [
    'thinking before the answer',
    message({
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'one' },
      ],
    }),
    { text: 'one' },
  ],
  ['another model', message({ model: 'claude-y' }), { model: 'claude-y', substituted: true }],
  ['the same model pinned to a day', message({ model: 'claude-x-20251001' }), { model: 'claude-x-20251001' }],
])('%s is told apart', async ([, reply, sample]) => {
  const { model } = await served({ intercept: (_, response) => (sendJson(response, reply), true) })
  expect((await model.sample(prompt, call())).samples[0]).toMatchObject(sample)
})

test.for<[number, string, string]>([
  [401, 'invalid x-api-key: sk-ant-secret', 'MODEL_REFUSED'],
  [404, 'model: claude-x', 'MODEL_REFUSED'],
  [400, 'prompt is too long: 210000 tokens > 200000 maximum', 'CONTEXT_EXCEEDED'],
  [400, 'Your credit balance is too low', 'MODEL_REFUSED'],
  [529, 'Overloaded', 'MODEL_UNREACHABLE'],
])('status %i with "%s" is %s, and no key is shown', async ([status, said, code]) => {
  const { model } = await served({
    intercept: (_, response) => (sendJson(response, { type: 'error', error: { type: 'some_error', message: said } }, status), true),
  })
  const error: unknown = await model.sample(prompt, call()).catch((error: unknown) => error)
  expect(error).toMatchObject({ code })
  expect(String(error)).not.toContain('sk-ant-secret')
})

test('overload is asked again, and every attempt is in the books', async () => {
  const { model } = await served({ intercept: (_, response, count) => count === 1 && (sendJson(response, {}, 529), true) })
  const budget = aWatchedBudget()
  expect((await model.sample(prompt, call({ budget }))).samples).toHaveLength(1)
  expect(budget.charges.map(({ used }) => used)).toEqual(['nothing', { inputTokens: 15, outputTokens: 12 }])
})

test('half a stream and an error in a stream are errors', async () => {
  const start = { type: 'message_start', message: message({ content: [] }) }
  const half = await served(stream(start, { type: 'content_block_delta', delta: { type: 'text_delta', text: 'def f' } }))
  await expect(half.model.sample(prompt, call({ onText: () => {} }))).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringContaining('after 5 characters'),
  })
  const failed = await served(stream(start, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }))
  await expect(failed.model.sample(prompt, call({ onText: () => {} }))).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringContaining('Overloaded'),
  })
})

test('it takes messages only', async () => {
  const { model } = await served()
  await expect(model.sample({ kind: 'completion', text: 'x' }, call())).rejects.toMatchObject({ code: 'INPUT_INVALID' })
})
