import { expect, test } from 'vitest'
import type { Model, SampleCall } from '../../src/ports.ts'
import type { Prompt, Sampling } from '../../src/records/prompt.ts'
import { textsOf } from '../../src/records/prompt.ts'
import { Reply, Scored } from '../../src/records/sample.ts'
import { aBudget, aWatchedBudget } from '../support/budget.ts'

export interface ModelContract {
  model: () => Model | Promise<Model>
  /** A prompt that it answers with more than ten tokens. */
  prompt: Prompt
  /** What it can do; what it cannot, it must say. */
  can: { logProbabilities: boolean; score: boolean; embed: boolean; seed: boolean; limit: boolean; usage: boolean }
  /** Words that occur in its answers and can stop them. */
  stop: string
}

/** What every model driver keeps to, whatever stands behind it. */
export function keepsTheModelContract(name: string, { model: make, prompt, can, stop }: ModelContract): void {
  const sampling: Sampling = { temperature: 0.8, maxTokens: 40, stop: [], seed: 7, logProbabilities: true }
  const call = (more: Partial<SampleCall> = {}): SampleCall => ({ budget: aBudget(), sampling, count: 1, first: 0, ...more })
  const promise = (title: string, work: (model: Model) => Promise<void>) =>
    test(`${name}: ${title}`, async () => {
      const model = await make()
      try {
        await work(model)
      } finally {
        await model.close()
      }
    })

  promise('gives as many samples as asked, under their indices, as strict records', async (model) => {
    const reply = Reply.parse(await model.sample(prompt, call({ count: 3, first: 4 })))
    expect(reply.samples.map(({ index }) => index)).toEqual([4, 5, 6])
    expect(reply.failures).toEqual([])
    expect(reply.usage !== undefined).toBe(can.usage)
  })

  promise('reserves the worst case of every call before it and settles it after', async (model) => {
    const budget = aWatchedBudget()
    const { usage } = await model.sample(prompt, call({ count: 2, budget }))
    const used = budget.charges.map((charge) => charge.used)
    const worst = budget.charges.map((charge) => charge.worst)
    expect(worst.every((item) => item.model === `${model.driver}/${model.name}`)).toBe(true)
    expect(worst.reduce((sum, item) => sum + item.outputTokens, 0)).toBeGreaterThanOrEqual(2 * sampling.maxTokens)
    if (!can.usage) expect(used.every((item) => item === 'unknown')).toBe(true)
    else expect(used.reduce((sum, item) => sum + (typeof item === 'object' ? item.inputTokens : NaN), 0)).toBe(usage?.inputTokens)
    for (const [position, item] of used.entries())
      if (typeof item === 'object') expect(item.inputTokens).toBeLessThanOrEqual(worst[position]!.inputTokens)
  })

  promise('asks nothing when the budget is spent', async (model) => {
    const spent = { code: 'BUDGET_SPENT' }
    await expect(model.sample(prompt, call({ budget: aBudget({ calls: 0 }) }))).rejects.toMatchObject(spent)
    if (can.score)
      await expect(
        model.score({ kind: 'completion', text: 'a' }, 'b', { by: model.scorers[0]!, budget: aBudget({ calls: 0 }) }),
      ).rejects.toMatchObject(spent)
  })

  promise('asks when the worst case just fits, and not when it does not', async (model) => {
    const room = textsOf(prompt).reduce((sum, text) => sum + Buffer.byteLength(text), 0) + 400
    const tokens = room + sampling.maxTokens
    const reply = await model.sample(prompt, call({ budget: aBudget({ tokens }) }))
    expect(reply.samples).toHaveLength(1)
    await expect(model.sample(prompt, call({ first: 1, budget: aBudget({ tokens: 1 }) }))).rejects.toMatchObject({ code: 'BUDGET_SPENT' })
  })

  promise('is interrupted by its signal', async (model) => {
    await expect(model.sample(prompt, call({ signal: AbortSignal.abort() }))).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })

  promise('tells text as it arrives, and all of it', async (model) => {
    const heard = new Map<number, string>()
    const { samples } = await model.sample(
      prompt,
      call({ count: 2, onText: (index, text) => heard.set(index, (heard.get(index) ?? '') + text) }),
    )
    expect([...heard].sort(([a], [b]) => a - b)).toEqual(samples.map(({ index, text }) => [index, text]))
  })

  promise('never lets a stop sequence into the text', async (model) => {
    const { samples } = await model.sample(prompt, call({ sampling: { ...sampling, temperature: 0, stop: ['never, ever', stop] } }))
    const { samples: free } = await model.sample(prompt, call({ sampling: { ...sampling, temperature: 0 } }))
    expect(free[0]!.text).toContain(stop)
    expect(samples[0]!.text).toBe(free[0]!.text.slice(0, free[0]!.text.indexOf(stop)))
  })

  if (can.limit) {
    promise('says when an answer was cut off at the limit', async (model) => {
      const { samples } = await model.sample(prompt, call({ sampling: { ...sampling, maxTokens: 3 } }))
      expect(samples[0]).toMatchObject({ ending: 'cut-off' })
    })
  }

  if (can.seed) {
    promise('gives the same text for the same seed and another for the next', async (model) => {
      const first = await model.sample(prompt, call({ count: 4 }))
      const again = await model.sample(prompt, call({ count: 4 }))
      expect(again.samples.map(({ text }) => text)).toEqual(first.samples.map(({ text }) => text))
      expect(new Set(first.samples.map(({ text }) => text)).size).toBeGreaterThan(1)
      const third = await model.sample(prompt, call({ first: 2 }))
      expect(third.samples[0]!.text).toBe(first.samples[2]!.text)
    })
  }

  promise('the sampled tokens spell the text, or there are none', async (model) => {
    const { samples } = await model.sample(prompt, call({ count: 2 }))
    for (const { text, tokens } of samples) {
      expect(tokens !== undefined).toBe(can.logProbabilities)
      if (tokens !== undefined) expectSpelling(tokens, text)
    }
  })

  promise('scores a text with tokens that spell it, or says why not', async (model) => {
    const continuation = ' return x'
    const scored = Scored.parse(
      await model.score({ kind: 'completion', text: 'def f(x):' }, continuation, { budget: aBudget(), by: model.scorers[0] ?? 'none' }),
    )
    expect(scored.kind).toBe(can.score ? 'scored' : 'unavailable')
    if (scored.kind === 'scored') expect(continuation).toMatch(new RegExp(`${scored.tokens.map(({ token }) => token).join('')}$`))
    else expect(scored.reason).not.toBe('')
  })

  promise('embeds texts as vectors of one length, or says why not', async (model) => {
    const embedded = await model.embed(['a', 'b c'], { budget: aBudget() })
    expect(embedded.kind).toBe(can.embed ? 'embedded' : 'unavailable')
    if (embedded.kind === 'embedded') expect(new Set(embedded.vectors.map((vector) => vector.length))).toHaveProperty('size', 1)
  })

  promise('can be closed twice', async (model) => {
    await model.close()
  })
}

function expectSpelling(tokens: readonly { token: string; offset: number }[], text: string): void {
  expect(tokens.map(({ token }) => token).join('')).toBe(text)
  expect(tokens.map(({ offset }) => offset)).toEqual(tokens.map(({ offset }) => offset).sort((a, b) => a - b))
}
