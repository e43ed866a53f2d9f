import { expect, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import { CountersignError } from '../errors.ts'
import type { Prompt, Sampling } from '../records/prompt.ts'
import { rememberModel } from './remembered.ts'
import { scripted } from './scripted.ts'

const prompt: Prompt = { kind: 'completion', text: 'one' }
const sampling: Sampling = { temperature: 1, maxTokens: 10, stop: [], logProbabilities: false }

test('what was asked before is answered as before, and charged again', async () => {
  let asked = 0
  const model = rememberModel(scripted({ reply: () => `answer ${asked++}` }))
  const [one, other] = [aBudget(), aBudget()]
  const say = async (budget: typeof one, first = 0) => (await model.sample(prompt, { budget, sampling, first, count: 1 })).samples[0]?.text
  expect([await say(one), await say(other), await say(one, 1)]).toEqual(['answer 0', 'answer 0', 'answer 1'])
  expect(other.spend).toEqual({ ...one.spend, calls: 1, inputTokens: 3, outputTokens: 8 })
  await expect(say(aBudget({ calls: 0 }))).rejects.toMatchObject({ code: 'BUDGET_SPENT' })
})

test('what failed is asked again', async () => {
  let isDown = true
  const model = rememberModel(scripted({ reply: () => (isDown ? refuse() : 'up') }))
  const say = async () => (await model.sample(prompt, { budget: aBudget(), sampling, first: 0, count: 1 })).samples[0]?.text
  await expect(say()).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' })
  isDown = false
  expect(await say()).toBe('up')
})

function refuse(): never {
  throw new CountersignError('MODEL_UNREACHABLE', 'no route')
}
