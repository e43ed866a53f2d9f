import { expect, test } from 'vitest'
import { keepsTheModelContract } from '../../test/contract/model.ts'
import { aBudget } from '../../test/support/budget.ts'
import { CountersignError } from '../errors.ts'
import type { Model } from '../ports.ts'
import { Exchange, type Recording } from '../records/recording.ts'
import { recordModel, replayModel } from './recorded.ts'
import { type Script, scripted } from './scripted.ts'

const prompt = { kind: 'completion', text: 'x' } as const
const sampling = { temperature: 1, maxTokens: 10, stop: [], logProbabilities: false }
const ask = (model: Model, more: object = {}) => model.sample(prompt, { budget: aBudget(), sampling, first: 0, count: 1, ...more })

function recording(script: Script): { live: Model; recording: Recording } {
  const model = scripted(script)
  const recording: Recording = {
    driver: model.driver,
    name: model.name,
    prompts: [...model.prompts],
    scorers: [...model.scorers],
    exchanges: [],
  }
  return {
    recording,
    live: recordModel(model, (exchange) => recording.exchanges.push(Exchange.parse(JSON.parse(JSON.stringify(exchange))))),
  }
}

async function askEverything(model: Model): Promise<unknown[]> {
  const { driver, name, prompts, scorers } = model
  const call = { budget: aBudget() }
  return [
    await ask(model, { count: 3 }),
    await model.score(prompt, 'y', { ...call, by: 'script' }),
    await model.embed(['aa'], call),
    await model.versions({}),
    driver,
    name,
    prompts,
    scorers,
  ]
}

async function askUntilSpent(model: Model) {
  const budget = aBudget({ tokens: 100 })
  const outcomes: string[] = []
  for (let first = 0; first < 10; first++) {
    outcomes.push(
      await ask(model, { first, budget }).then(
        () => 'drawn',
        (error: CountersignError) => error.code,
      ),
    )
  }
  return { outcomes, spend: budget.spend }
}

keepsTheModelContract('recording', {
  model: () => recording({ reply: (_, { index }) => `some words ${index}` }).live,
  prompt: { kind: 'chat', messages: [{ role: 'user', content: 'go' }] },
  can: { logProbabilities: false, score: false, embed: false, seed: false, limit: false, usage: true },
  stop: ' words',
})

test('a replay gives every answer again without the model', async () => {
  const { live, recording: kept } = recording({
    reply: (_, { index }) => `n${index}`,
    score: () => ({ kind: 'unavailable', reason: 'because' }),
    embed: (text) => [text.length],
  })
  const original = await askEverything(live)
  expect(await askEverything(replayModel(kept))).toEqual(original)
})

test('a question that was not recorded is an error: another index, another prompt, another sampling', async () => {
  const { live, recording: kept } = recording({ reply: () => 'a' })
  await ask(live)
  const replay = replayModel(kept)
  for (const more of [{ first: 1 }, { count: 2 }, { sampling: { ...sampling, temperature: 0.9 } }]) {
    await expect(ask(replay, more)).rejects.toMatchObject({ code: 'EVIDENCE_BROKEN', exitCode: 4 })
  }
  await expect(replay.sample({ kind: 'completion', text: 'y' }, { budget: aBudget(), sampling, first: 0, count: 1 })).rejects.toMatchObject(
    { code: 'EVIDENCE_BROKEN' },
  )
})

test('an error is recorded and thrown again', async () => {
  const { live, recording: kept } = recording({
    reply: () => {
      throw new CountersignError('MODEL_UNREACHABLE', 'no route')
    },
  })
  await expect(ask(live)).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' })
  await expect(ask(replayModel(kept))).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE', message: 'no route' })
})

test('an interruption is not an answer', async () => {
  const { live, recording: kept } = recording({ reply: () => 'a' })
  await expect(ask(live, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(kept.exchanges).toEqual([])
  expect((await ask(live)).samples).toHaveLength(1)
})

test.each<[string, (signal: AbortSignal) => Promise<never>]>([
  ['that listens', async (signal) => await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new CountersignError('INTERRUPTED', 'stopped'))))],
  ['that never comes back', async () => await new Promise(() => {})],
])('no answer in time is recorded and comes again at once, from a model %s', async (_, sample) => {
  const exchanges: Exchange[] = []
  const hanging: Model = { ...scripted({}), sample: async (_prompt, { budget, signal }) => {
    await budget.reserve({ model: 'm', inputTokens: 1, outputTokens: 2 })
    return await sample(signal!)
  } }
  const live = recordModel(hanging, (exchange) => exchanges.push(Exchange.parse(exchange)))
  await expect(ask(live, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ code: 'MODEL_LATE' })
  expect(exchanges).toMatchObject([{ answer: { kind: 'failed', code: 'MODEL_LATE' }, charges: [{ used: 'worst-case' }] }])
  await expect(ask(replayModel({ driver: 'scripted', name: 'scripted', prompts: [], scorers: [], exchanges }))).rejects.toMatchObject({ code: 'MODEL_LATE' })
})

test('the same question in one run has one answer, and the model is asked once', async () => {
  let asked = 0
  const { live, recording: kept } = recording({ reply: () => `answer ${++asked}` })
  const [one, two] = await Promise.all([ask(live), ask(live)])
  expect([one, two, await ask(live)].map((reply) => reply.samples[0]!.text)).toEqual(['answer 1', 'answer 1', 'answer 1'])
  expect(kept.exchanges).toHaveLength(1)
})

test('a replay keeps the same books and ends where the budget ended the run', async () => {
  const { live, recording: kept } = recording({ reply: () => 'abc' })
  const original = await askUntilSpent(live)
  expect(original.outcomes).toContain('BUDGET_SPENT')
  expect(await askUntilSpent(replayModel(kept))).toEqual(original)
})

test('a recording whose answer is of another kind, or fails with a code that does not exist, is broken evidence', async () => {
  const { live, recording: kept } = recording({ reply: () => 'a' })
  await ask(live)
  const forged = (answer: Exchange['answer']) => replayModel({ ...kept, exchanges: [{ ...kept.exchanges[0]!, answer }] })
  await expect(ask(forged({ kind: 'versions', versions: {} }))).rejects.toMatchObject({ code: 'EVIDENCE_BROKEN' })
  await expect(ask(forged({ kind: 'failed', code: 'toString', message: 'x' }))).rejects.toMatchObject({ code: 'EVIDENCE_BROKEN' })
})
