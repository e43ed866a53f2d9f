import { expect, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import { scripted } from '../testing.ts'
import { embedByModel } from './by-model.ts'

const programs = (...codes: string[]) => codes.map((code) => ({ language: 'python' as const, code }))
const call = { budget: aBudget() }

function counting(embed: (text: string) => number[]) {
  const batches: string[][] = []
  const model = scripted({ embed })
  return { batches, model: { ...model, embed: async (...given: Parameters<typeof model.embed>) => (batches.push([...given[0]]), await model.embed(...given)) } }
}

const answer = (usage?: { inputTokens: number; outputTokens: number }) => ({ kind: 'embedded' as const, vectors: [[1]], ...(usage && { usage }) })

test('texts are asked for in batches, each once, and vectors have length 1', async () => {
  const { model, batches } = counting((text) => [3 * text.length, 4 * text.length])
  const embedder = embedByModel(model, { batch: 2 })
  expect(await embedder.embed(programs('a', 'bb', 'a', 'ccc'), call)).toEqual({ kind: 'embedded', vectors: Array.from({ length: 4 }, () => [0.6, 0.8]) })
  await embedder.embed(programs('ccc', 'd'), call)
  expect(batches).toEqual([['a', 'bb'], ['ccc'], ['d']])
})

test('an endpoint that changes its dimension half-way is an error that says so', async () => {
  const embedder = embedByModel(scripted({ name: 'm', embed: (text) => Array.from({ length: text.length }, () => 1) }), { batch: 1 })
  await expect(embedder.embed(programs('aa', 'bbb'), call)).rejects.toMatchObject({ code: 'MODEL_REPLY_INVALID', message: expect.stringContaining('m changed the dimension of its embeddings from 2 to 3') })
})

test('fewer vectors than texts are an error', async () => {
  const model = { ...scripted({}), embed: async () => ({ kind: 'embedded' as const, vectors: [] }) }
  await expect(embedByModel(model).embed(programs('a'), call)).rejects.toMatchObject({ code: 'MODEL_REPLY_INVALID' })
})

test('a model that embeds nothing is unavailable, with its reason', async () => {
  expect(await embedByModel(scripted({})).embed(programs('a'), call)).toEqual({ kind: 'unavailable', reason: 'the script embeds nothing' })
})

test('use is summed, and unknown where a part does not say', async () => {
  const answers = [answer({ inputTokens: 2, outputTokens: 0 }), answer({ inputTokens: 3, outputTokens: 0 }), answer({ inputTokens: 1, outputTokens: 0 }), answer()]
  const embedder = embedByModel({ ...scripted({}), embed: async () => answers.shift()! }, { batch: 1 })
  expect(await embedder.embed(programs('a', 'b'), call)).toMatchObject({ usage: { inputTokens: 5, outputTokens: 0 } })
  expect(await embedder.embed(programs('c', 'd'), call)).not.toHaveProperty('usage')
})
