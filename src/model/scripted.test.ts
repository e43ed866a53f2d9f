import { expect, test } from 'vitest'
import { keepsTheModelContract } from '../../test/contract/model.ts'
import { aBudget } from '../../test/support/budget.ts'
import { CountersignError } from '../errors.ts'
import { scripted } from './scripted.ts'

const sampling = { temperature: 0, maxTokens: 10, stop: [], logProbabilities: false }
const prompt = { kind: 'completion', text: 'x' } as const

keepsTheModelContract('scripted', {
  model: () =>
    scripted({
      reply: (_, { index }) => ({ text: `word stop ${index}`, tokens: [{ token: `word stop ${index}`, offset: 0, logProbability: -1 }] }),
      score: (_, continuation) => ({ kind: 'scored', tokens: [{ token: continuation, offset: 0, logProbability: -1 }] }),
      embed: () => [1, 2],
    }),
  prompt: { kind: 'chat', messages: [{ role: 'user', content: 'go' }] },
  can: { logProbabilities: true, score: true, embed: true, seed: false, limit: false, usage: true },
  stop: ' stop',
})

test('an error that the script throws is thrown when every sample fails and listed when one does', async () => {
  const model = scripted({
    reply: (_, { index }) => {
      if (index > 0) throw new CountersignError('MODEL_UNREACHABLE', 'gone')
      return 'here'
    },
  })
  const reply = await model.sample(prompt, { budget: aBudget(), sampling, first: 0, count: 2 })
  expect(reply).toMatchObject({ samples: [{ index: 0, text: 'here' }], failures: [{ index: 1, code: 'MODEL_UNREACHABLE' }] })
  await expect(model.sample(prompt, { budget: aBudget(), sampling, first: 1, count: 1 })).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
  })
})

test('the script says how a sample ended and who answered', async () => {
  const model = scripted({ reply: () => ({ ending: 'refused', refusal: 'no', model: 'other', substituted: true }) })
  const reply = await model.sample(prompt, { budget: aBudget(), sampling, first: 0, count: 1 })
  expect(reply.samples).toEqual([{ index: 0, text: '', ending: 'refused', refusal: 'no', model: 'other', substituted: true }])
})
