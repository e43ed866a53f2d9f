import { expect, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import { CountersignError } from '../errors.ts'
import { scripted } from '../model/scripted.ts'
import { Candidate } from '../records/candidate.ts'
import type { Task } from '../records/task.ts'
import { sampleCandidates } from './sample.ts'

const task: Task = { id: 't', language: 'python', instruction: 'Add one.', entryPoint: 'f', tests: [] }
const program = (n: number) => `\`\`\`python\ndef f(x):\n    return x + ${n}\n\`\`\``
const sampling = { temperature: 0.8, maxTokens: 100, seed: 5 }

test('the direct answer is the likeliest one, and is asked for without top-p and min-p', async () => {
  const asked: [number, number | undefined, number | undefined][] = []
  const model = scripted({
    reply: (_, { index, sampling }) => {
      asked.push([index, sampling.topP, sampling.minP])
      return program(index)
    },
  })
  await sampleCandidates(task, model, { count: 1, sampling: { ...sampling, topP: 0.9, minP: 0.05 }, budget: aBudget() })
  expect(asked).toEqual([
    [0, undefined, undefined],
    [1, 0.9, 0.05],
  ])
})

test('candidate 0 is the direct answer at temperature 0, then come the samples', async () => {
  const asked: [number, number][] = []
  const model = scripted({
    reply: (_, { index, sampling }) => {
      asked.push([index, sampling.temperature])
      return program(index)
    },
  })
  const drawn = await sampleCandidates(task, model, { count: 6, batch: 4, sampling, budget: aBudget() })
  expect(asked.sort((a, b) => a[0] - b[0])).toEqual([
    [0, 0],
    [1, 0.8],
    [2, 0.8],
    [3, 0.8],
    [4, 0.8],
    [5, 0.8],
    [6, 0.8],
  ])
  expect(drawn.proposals.map(({ candidate }) => Candidate.parse(candidate).id)).toEqual([
    'direct',
    'sample-1',
    'sample-2',
    'sample-3',
    'sample-4',
    'sample-5',
    'sample-6',
  ])
  expect(drawn.proposals[3]!.candidate).toMatchObject({
    files: [{ path: 'main.py', content: 'def f(x):\n    return x + 3\n' }],
    model: 'scripted',
    temperature: 0.8,
  })
  expect(drawn).toMatchObject({ stop: 'all-drawn', failures: [], unusable: [] })
})

test('samples are drawn side by side, and never more calls at once than allowed', async () => {
  let open = 0
  let most = 0
  const slow = scripted({ reply: () => program(1) })
  const model = {
    ...slow,
    sample: async (...given: Parameters<typeof slow.sample>) => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setTimeout(resolve, 5))
      open--
      return await slow.sample(...given)
    },
  }
  await sampleCandidates(task, model, { count: 20, batch: 1, concurrency: 4, sampling, budget: aBudget() })
  expect(most).toBe(4)
})

test('a budget that ends in the middle leaves what it paid for and says so', async () => {
  const model = scripted({ reply: (_, { index }) => program(index) })
  const drawn = await sampleCandidates(task, model, { count: 10, batch: 5, sampling, budget: aBudget({ calls: 4 }) })
  expect(drawn.proposals.map(({ sample }) => sample.index)).toEqual([0, 1, 2, 3])
  expect(drawn.stop).toBe('budget')
  expect(drawn.failures.map(({ index, code }) => [index, code])).toEqual([4, 5, 6, 7, 8, 9, 10].map((index) => [index, 'BUDGET_SPENT']))
})

test('a batch whose worst case does not fit is drawn as far as it does', async () => {
  const model = scripted({ prompts: ['completion'], reply: () => '1):\n    return 1' })
  const drawn = await sampleCandidates(
    task,
    { ...model, sample: atOnce(model) },
    { count: 4, batch: 4, sampling, budget: aBudget({ tokens: 600 }) },
  )
  expect(drawn.proposals.length).toBeGreaterThan(1)
  expect(drawn.stop).toBe('budget')
})

// A driver that asks for all samples in one call, as `n` does.
function atOnce(model: ReturnType<typeof scripted>): typeof model.sample {
  return async (prompt, call) => {
    const reservation = await call.budget.reserve({
      model: 'scripted/x',
      inputTokens: 100,
      outputTokens: call.count * call.sampling.maxTokens,
    })
    const reply = await model.sample(prompt, { ...call, budget: aBudget() })
    reservation.settle({ inputTokens: 100, outputTokens: 10 * call.count })
    return reply
  }
}

test('nothing drawn at all throws the reason', async () => {
  const model = scripted({
    reply: () => {
      throw new CountersignError('MODEL_UNREACHABLE', 'no route')
    },
  })
  await expect(sampleCandidates(task, model, { count: 3, sampling, budget: aBudget() })).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
  })
  await expect(
    sampleCandidates(task, scripted({ reply: () => program(1) }), { count: 3, sampling, budget: aBudget({ tokens: 0 }) }),
  ).rejects.toMatchObject({ code: 'BUDGET_SPENT' })
})

test('samples without a program are told apart', async () => {
  const replies = [
    program(1),
    '',
    { ending: 'refused', refusal: 'I will not' },
    'I think that',
    '```rust\nfn f() {}\n```',
    { text: '```python\ndef f(x):\n    ret', ending: 'cut-off' },
  ] as const
  const model = scripted({ reply: (_, { index }) => replies[index]! })
  const drawn = await sampleCandidates(task, model, { count: 5, sampling, budget: aBudget() })
  expect(drawn.unusable.map(({ sample, reason }) => [sample.index, reason])).toEqual([
    [1, 'empty'],
    [2, 'refused'],
    [3, 'prose'],
    [4, 'other-language'],
  ])
  expect(drawn.proposals.map(({ sample, cutOff }) => [sample.index, cutOff])).toEqual([
    [0, false],
    [5, true],
  ])
})

test('a candidate carries the name that the model answered under', async () => {
  const model = scripted({ reply: () => ({ text: program(1), model: 'small', substituted: true }) })
  const drawn = await sampleCandidates(task, model, { count: 0, sampling, budget: aBudget() })
  expect(drawn.proposals[0]).toMatchObject({ candidate: { model: 'small' }, sample: { substituted: true } })
})

test('an interruption ends the drawing', async () => {
  const controller = new AbortController()
  const model = scripted({
    reply: () => {
      controller.abort()
      return program(1)
    },
  })
  await expect(
    sampleCandidates(task, model, { count: 20, batch: 1, concurrency: 1, sampling, budget: aBudget(), signal: controller.signal }),
  ).rejects.toMatchObject({ code: 'INTERRUPTED' })
})

test('twenty candidates cost less than 300 ms beside the model', async () => {
  const model = scripted({ reply: (_, { index }) => `Here:\n${program(index)}\nDone.`.padEnd(4000, ' words') })
  const before = process.cpuUsage()
  await sampleCandidates(task, model, { count: 20, sampling, budget: aBudget() })
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(300)
})
