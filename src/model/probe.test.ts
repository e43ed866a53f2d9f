import { expect, onTestFinished, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import { aModelServer, sendJson, type ServerTraits } from '../../test/support/model-server.ts'
import { delayed, middle, probeCorpus, shifted, stale } from '../../test/support/probe-behaviors.ts'
import { Capability } from '../records/capability.ts'
import { openAiCompatible } from './openai-compatible.ts'
import { probe, type ProbeOptions } from './probe.ts'
import { scripted } from './scripted.ts'

async function probed(traits: ServerTraits, options: Partial<ProbeOptions> & { api?: 'chat' | 'completions' } = {}) {
  const { api = 'completions', ...rest } = options
  const server = await aModelServer(probeCorpus, traits)
  onTestFinished(server.close)
  const model = openAiCompatible({ url: server.url, model: 'bigram', api, backoffMs: 1, retries: 1, timeoutMs: 5000 })
  return { server, model, capability: Capability.parse(await probe(model, { budget: aBudget(), ...rest })) }
}

test.for<[string, ServerTraits, string]>([
  ['echo', {}, 'echo'],
  ['prompt_logprobs', { echo: false, promptLogprobs: true }, 'prompt-logprobs'],
  ["SGLang's generate", { echo: false, sglang: true }, 'sglang'],
])('an honest endpoint with %s is exact', async ([, traits, scorer]) => {
  const { capability } = await probed(traits)
  expect(capability).toMatchObject({ tier: 'exact', scorer, model: 'openai-compatible/bigram' })
  expect(capability.checks.filter((check) => check.scorer === scorer).map(({ passed }) => passed)).toEqual([true, true, true, true])
})

test('the first token may have no value', async () => {
  const { capability } = await probed({
    distort: (tokens) => tokens.map(({ token, logProbability }, at) => ({ token, logProbability: at === 0 ? null : logProbability })),
  })
  expect(capability.tier).toBe('exact')
})

const dishonest: [string, string, ServerTraits][] = [
  ['gives generated tokens only', 'a value for every token of a passage', { echo: false }],
  ['gives no log-probabilities', 'a value for every token of a passage', { distort: () => undefined }],
  ['gives a hole in the middle', 'a value for every token of a passage', { distort: middle(null) }],
  ['gives a positive value', 'a value for every token of a passage', { distort: middle(2) }],
  [
    'calls every token equally likely',
    'words in disorder are less likely',
    { distort: (tokens) => tokens.map(({ token }, at) => ({ token, logProbability: at === 0 ? null : -1 })) },
  ],
  ['is one ahead', 'its own continuation is likely where it lies', { distort: shifted }],
  ['is one behind', 'its own continuation is likely where it lies', { distort: delayed }],
]
test.for(dishonest)('an endpoint that %s is caught: %s', async ([, check, traits]) => {
  const { capability } = await probed(traits)
  expect(capability.tier).toBe('verdict-logprob')
  expect(capability.checks.find((item) => item.scorer === 'echo' && !item.passed)).toMatchObject({ check })
})

test('where sampled tokens come without values, the continuation must sit near zero', async () => {
  expect((await probed({ sampledLogprobs: false })).capability.tier).toBe('exact')
  for (const distort of [shifted, delayed]) expect((await probed({ sampledLogprobs: false, distort })).capability.tier).toBe('round-trip')
})

test('an endpoint that answers a known prefix from a stale cache is caught', async () => {
  const { capability } = await probed({ distort: stale() })
  expect(capability.checks.find((item) => item.scorer === 'echo' && !item.passed)).toMatchObject({
    check: 'the order of requests does not matter',
  })
})

test('a start token makes echo right where it is off by one without', async () => {
  // As llama-cpp-python does for models that want no start token of their own.
  const { capability } = await probed({
    distort: (tokens, { body }) => {
      const start = tokens.findIndex(({ token }) => token === '<bos>')
      if ((body['prompt'] as string).startsWith('<bos>'))
        return tokens.slice(start + 1).map(({ token, logProbability }, at) => ({ token, logProbability: at === 0 ? null : logProbability }))
      return shifted(tokens, { path: '', body, headers: {} })
    },
  })
  expect(capability).toMatchObject({ tier: 'exact', scorer: 'echo <bos>' })
})

test('what does not score at all is asked once for each way and not for its variants', async () => {
  const { server } = await probed({ echo: false })
  expect(server.asked.filter(({ body }) => body['echo'] === true)).toHaveLength(1)
})

test('without prompt log-probabilities the ladder goes down step by step', async () => {
  const other: Capability = { model: 'llama/x', versions: {}, probe: 1, tier: 'exact', scorer: 'read', checks: [] }
  expect((await probed({ echo: false }, { crossModel: other })).capability.tier).toBe('cross-model')
  expect((await probed({ echo: false })).capability.tier).toBe('verdict-logprob')
  expect((await probed({ echo: false, sampledLogprobs: false })).capability.tier).toBe('round-trip')
  const silent = scripted({ reply: () => '' })
  expect((await probe(silent, { budget: aBudget() })).tier).toBe('none')
  expect((await probe(scripted({ reply: () => 'True' }), { budget: aBudget() })).tier).toBe('round-trip')
})

test('an endpoint that cannot be asked was not probed', async () => {
  const refuses = probed({ intercept: (_, response) => (sendJson(response, { error: { message: 'expired' } }, 401), true) })
  await expect(refuses).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
  const breaks = probed({ intercept: ({ path }, response) => path === '/v1/completions' && (response.destroy(), true) })
  await expect(breaks).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' })
  await expect(probe(scripted({ reply: () => 'True' }), { budget: aBudget({ tokens: 0 }) })).rejects.toMatchObject({ code: 'BUDGET_SPENT' })
})

test('a model that answers under another name is told', async () => {
  const { capability } = await probed({ name: 'other', echo: false })
  expect(capability.checks.at(-1)?.detail).toContain('under the name other')
})

test.for<[string, object, number]>([
  ['nothing', { choices: [{ index: 0, message: { content: '' }, finish_reason: 'length' }] }, 200],
  ['a refusal', { error: { message: 'Could not finish the message because max_tokens or model output limit was reached.' } }, 400],
])('a model that thinks first, and says %s where there is no room for it, gets room', async ([, answer, status]) => {
  const intercept: ServerTraits['intercept'] = ({ body, path }, response) => {
    const cut = path === '/v1/chat/completions' && (body['max_tokens'] as number) < 100
    if (cut) sendJson(response, answer, status)
    return cut
  }
  const { capability, server } = await probed({ echo: false, intercept }, { api: 'chat' })
  expect(capability.tier).toBe('verdict-logprob')
  expect(server.asked.filter(({ path }) => path === '/v1/chat/completions')).toHaveLength(2)
})

test('a probe holds while the versions do', async () => {
  const { model, server, capability } = await probed({ version: '1.0' })
  const before = server.asked.length
  expect(await probe(model, { budget: aBudget(), known: [capability] })).toBe(capability)
  expect(server.asked.slice(before).filter(({ path }) => path === '/v1/completions')).toEqual([])
  const older = { ...capability, versions: { ...capability.versions, version: '0.9' } }
  expect(await probe(model, { budget: aBudget(), known: [older] })).toEqual(capability)
})
