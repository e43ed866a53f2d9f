import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { embedByModel } from '../src/module/by-model.ts'
import { openModel } from '../src/model/open.ts'
import { structural } from '../src/module/structural.ts'
import { aBudget } from './support/budget.ts'
import { builder, generated } from './support/chain-run.ts'
import { closed, listening, sendJson } from './support/model-server.ts'

const programs = (...codes: string[]) => codes.map((code) => ({ language: 'python' as const, code }))

/** A real HTTP server with OpenAI's interface for embeddings: letters counted, in as many dimensions as `dimensions` says for each request. */
async function served(dimensions: (count: number) => number): Promise<{ url: string; asked: string[][] }> {
  const asked: string[][] = []
  const server = await listening(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (request.url !== '/v1/embeddings') return sendJson(response, { error: { message: 'Not Found' } }, 404)
    const { input, model } = JSON.parse(body) as { input: string[]; model: string }
    const size = dimensions(asked.push(input))
    const vector = (text: string) => Array.from({ length: size }, (_, d) => text.split('').filter((letter) => letter.charCodeAt(0) % size === d).length)
    // Not in their order, as some servers answer.
    const data = input.map((text, index) => ({ index, embedding: vector(text) })).reverse()
    sendJson(response, { model, data, usage: { prompt_tokens: input.join('').length, total_tokens: input.join('').length } })
  })
  onTestFinished(async () => await closed(server))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked }
}

async function embedderAt(url: string) {
  const model = await openModel({ driver: 'openai-compatible', url, model: 'e' }, {})
  onTestFinished(async () => await model.close())
  return embedByModel(model, { batch: 2 })
}

test('an endpoint places programs: in batches, each text once, in their order, at length 1, and on the books', async () => {
  const { url, asked } = await served(() => 8)
  const budget = aBudget()
  const embedder = await embedderAt(url)
  const embedded = await embedder.embed(programs('aa', 'b', 'aa', 'ccc'), { budget })
  expect(asked).toEqual([['aa', 'b'], ['ccc']])
  if (embedded.kind === 'unavailable') throw new Error(embedded.reason)
  expect(embedded.vectors.map((vector) => vector.indexOf(1))).toEqual([1, 2, 1, 3])
  expect(embedded.usage).toEqual({ inputTokens: 6, outputTokens: 0 })
  expect(budget.spend).toMatchObject({ calls: 2, inputTokens: 6 })
})

test('an endpoint that changes its dimension half-way is left for the structure, and the verdict of the run says so', async () => {
  const { url } = await served((count) => (count === 1 ? 8 : 9))
  const { verdict } = await generated(builder, { models: { embedder: await embedderAt(url) } })
  expect(verdict.choice).toMatchObject({ id: 'sample-4' })
  expect(verdict.unknown).toContainEqual({ what: 'modules', detail: expect.stringMatching(/^round 2: sub-modules were placed by their structure, since openai-compatible\/e could not: e changed the dimension of its embeddings from 8 to 9/) })
})

test('an endpoint without embeddings is left for the structure', async () => {
  const { url } = await served(() => 8)
  const { verdict, of } = await generated(builder, { models: { embedder: await embedderAt(url.replace('/v1', '/v2')) } })
  expect(verdict.unknown.some(({ what, detail }) => what === 'modules' && detail.includes('could not'))).toBe(true)
  expect(of<{ embedder: string }>('clustering')[0]?.embedder).toBe(structural.driver)
})
