import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { aBudget } from '../../test/support/budget.ts'
import type { Model } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import { openLlama } from './llama.ts'

const path = fileURLToPath(new URL('../../models/embedded.gguf', import.meta.url))
const missing = existsSync(path) ? '' : 'skipped: needs models/embedded.gguf'
// Computed with PyTorch from what the file was written from: scripts/embedded-model/vectors.py.
const vectors = new URL('../../scripts/embedded-model/vectors.json', import.meta.url)
const Vector = z.object({ sections: z.array(z.tuple([z.string(), z.string()])), continuation: z.string(), logProbabilities: z.array(z.number()) })

const tagged = (sections: readonly (readonly [string, string])[]): Prompt => ({ kind: 'tagged', sections: sections.map(([tag, text]) => ({ tag, text })) })
const prompt = tagged([
  ['py', ''],
  ['inst', 'Write sum_even(values) that returns the sum of the even numbers of values.'],
  ['code', ''],
])

async function valuesOf(model: Model, asked: Prompt, continuation: string): Promise<number[]> {
  const scored = await model.score(asked, continuation, { budget: aBudget(), by: 'read' })
  if (scored.kind === 'unavailable') throw new Error(scored.reason)
  return scored.tokens.map(({ logProbability }) => logProbability ?? NaN)
}

describe.skipIf(missing)(`the embedded model${missing && ` (${missing})`}`, () => {
  let model: Model
  beforeAll(async () => {
    model = await openLlama({ path })
  })
  afterAll(async () => await model.close())

  test('llama.cpp gives what PyTorch gives, within 0.03 a token, on 200 documents of every form', async () => {
    const documents = z.array(Vector).parse(JSON.parse(readFileSync(vectors, 'utf8')))
    expect(documents).toHaveLength(200)
    let largest = 0
    for (const { sections, continuation, logProbabilities } of documents) {
      const values = await valuesOf(model, tagged(sections), continuation)
      expect(values).toHaveLength(logProbabilities.length)
      for (const [at, value] of values.entries()) largest = Math.max(largest, Math.abs(value - logProbabilities[at]!))
    }
    console.info(`largest difference: ${largest.toFixed(4)} a token`)
    expect(largest).toBeLessThanOrEqual(0.03)
  })

  test('a sample is the same for the same seed, drawn alone or among twenty', async () => {
    const sampling = { temperature: 0.8, maxTokens: 200, stop: [], seed: 5, logProbabilities: false }
    const together = await model.sample(prompt, { budget: aBudget(), sampling, first: 0, count: 20 })
    const alone: string[] = []
    for (let index = 0; index < 20; index++) {
      const { samples } = await model.sample(prompt, { budget: aBudget(), sampling, first: index, count: 1 })
      alone.push(samples[0]!.text)
    }
    expect(alone).toEqual(together.samples.map(({ text }) => text))
    expect(new Set(alone).size).toBeGreaterThan(5)
  })

  test('a program read behind a prompt that is known from before is scored as it is by a model just opened', async () => {
    const programs = ['def sum_even(values):\n    return sum(v for v in values if v % 2 == 0)\n', 'def sum_even(values):\n    return sum(values)\n']
    await valuesOf(model, prompt, 'def sum_even(values):\n    return 0\n')
    for (const program of programs) {
      const warm = await valuesOf(model, prompt, program)
      const fresh = await openLlama({ path })
      const cold = await valuesOf(fresh, prompt, program)
      await fresh.close()
      expect(warm).toHaveLength(cold.length)
      // What else the context holds changes the order in which llama.cpp sums: 0.0013 was seen at a value of -7.09.
      for (const [at, value] of warm.entries()) expect(value).toBeCloseTo(cold[at]!, 2)
    }
  })
})
