import { expect, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import { CountersignError } from '../errors.ts'
import { type Script, scripted } from '../model/scripted.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import type { Capability, LikelihoodTier } from '../records/capability.ts'
import { Likelihood } from '../records/likelihood.ts'
import { textsOf } from '../records/prompt.ts'
import type { Sample } from '../records/sample.ts'
import type { Task } from '../records/task.ts'
import { judgePrompt } from './judge-prompt.ts'
import { type LikelihoodOptions, scoreLikelihood } from './likelihood.ts'
import { descriptionPrompt } from './round-trip-prompt.ts'
import { probabilityOfTrue } from './verdict-logprob.ts'
import { verdictPrompt } from './verdict-prompt.ts'

const task: Task = { id: 't', language: 'python', instruction: 'Add one.', prompt: '', entryPoint: 'f', tests: [] }
const aCandidate = (body: string): Candidate => ({
  id: body,
  language: 'python',
  files: [{ path: 'main.py', content: `def f(x):\n    """Adds."""\n    return ${body}\n` }],
})
const [good, bad, other] = [aCandidate('x + 1'), aCandidate('x + 2'), aCandidate('x + 3')]
const capability = (tier: LikelihoodTier): Capability => ({
  model: 'scripted/s',
  versions: {},
  probe: 1,
  tier,
  checks: [],
  ...(tier === 'exact' ? { scorer: 'script' } : {}),
})
const word = (text: string, logProbability: number): Partial<Sample> => ({ text, tokens: [{ token: text, offset: 0, logProbability }] })

async function score(
  tier: LikelihoodTier,
  script: Script,
  { candidates = [good, bad], ...more }: Partial<LikelihoodOptions> & { candidates?: Candidate[] } = {},
): Promise<Likelihood[]> {
  const likelihoods = await scoreLikelihood(task, candidates, {
    model: scripted(script),
    capability: capability(tier),
    budget: aBudget(),
    ...more,
  })
  expect(likelihoods.map(({ candidate }) => candidate)).toEqual(candidates.map(contentDigest))
  return likelihoods.map((likelihood) => Likelihood.parse(likelihood))
}

test('cross-model: the other model reads both ways, and the tier says so', async () => {
  const reader = scripted({
    name: 'reader',
    score: (_, continuation) => ({ kind: 'scored', tokens: [{ token: continuation, offset: 0, logProbability: -continuation.length }] }),
  })
  const likelihoods = await score('cross-model', {}, { crossModel: { model: reader, capability: capability('exact') } })
  expect(likelihoods[0]).toMatchObject({ tier: 'cross-model', model: 'scripted/reader', coder: { tokens: 1 }, reviewer: { sum: -8 } })
  expect((await score('cross-model', {}))[0]).toMatchObject({ unknown: 'the model that should score is not here' })
})

test('verdict-logprob: True by its probability, False by what it leaves', async () => {
  const likelihoods = await score('verdict-logprob', {
    reply: (prompt) => (textsOf(prompt)[0]!.includes('x + 1') ? word('True', Math.log(0.9)) : word('False', Math.log(0.8))),
  })
  expect(likelihoods.map(({ value }) => Math.exp(value!))).toEqual([expect.closeTo(0.9), expect.closeTo(0.2)])
})

test.for<[string, Partial<Sample>, string]>([
  ['no log-probabilities', { text: 'True' }, 'without log-probabilities'],
  ['rejected tokens', { text: 'True', tokensRejected: 'they lie' }, 'they lie'],
  ['another word', word('Maybe', -1), 'neither True nor False'],
  ['no word', word('?', -1), 'not a word'],
])('a verdict with %s is unknown', ([, sample, reason]) => {
  expect(probabilityOfTrue({ text: '', ...sample })).toEqual({ unknown: expect.stringContaining(reason) })
})

test('a certain False is very unlikely, not impossible', () => {
  expect(probabilityOfTrue({ text: 'False', tokens: [{ token: 'False', offset: 0, logProbability: 0 }] })).toEqual({
    value: expect.closeTo(Math.log(Number.MIN_VALUE)),
  })
  expect(
    probabilityOfTrue({
      text: '\n**true**',
      tokens: ['\n', '**', 'true'].map((token, offset) => ({ token, offset, logProbability: -offset })),
    }),
  ).toEqual({ value: -2 })
})

test('round-trip: described without the task, written again, compared by behaviour', async () => {
  const seen: Task[] = []
  const likelihoods = await score(
    'round-trip',
    {
      reply: (prompt) => {
        expect(textsOf(prompt)[0]).not.toContain('Add')
        return textsOf(prompt)[0]!.includes('x + 1') ? 'gives one more' : 'gives two more'
      },
    },
    {
      roundTrip: {
        rewrite: async (again) => {
          seen.push(again)
          return again.instruction === 'gives one more' ? good : other
        },
        compare: async (one, two) => (one === two ? 1 : 0.25),
      },
    },
  )
  expect(likelihoods).toMatchObject([
    { tier: 'round-trip', value: 0 },
    { tier: 'round-trip', value: Math.log(0.25) },
  ])
  expect(seen.map(({ instruction, prompt, entryPoint }) => [instruction, prompt, entryPoint])).toEqual([
    ['gives one more', undefined, 'f'],
    ['gives two more', undefined, 'f'],
  ])
})

test('round-trip: by embedding where nothing can be run', async () => {
  const roundTrip = { rewrite: async () => good, compare: async () => undefined }
  const likelihoods = await score(
    'round-trip',
    { reply: () => 'words', embed: (text) => (text.includes('x + 1') ? [1, 0] : [1, 1]) },
    { roundTrip },
  )
  expect(likelihoods.map(({ value }) => Math.exp(value!))).toEqual([expect.closeTo(1), expect.closeTo(Math.SQRT1_2)])
})

const judged = (choose: (a: string, b: string) => string): Script => ({
  reply: (prompt) => {
    const [, a = '', b = ''] = /Program A:([^]*)Program B:([^]*)/.exec(textsOf(prompt)[0]!) ?? []
    return `Thinking...\n${choose(a, b)}`
  },
})
const best = (a: string, b: string) => (a.includes('x + 1') ? 'A' : b.includes('x + 1') ? '**B**' : 'SAME')

test('judge: each pair in both orders; who wins more is worth more', async () => {
  const likelihoods = await score('judge', judged(best), { candidates: [bad, good, other] })
  expect(likelihoods.map(({ value }) => Math.exp(value!))).toEqual([
    expect.closeTo(1.5 / 4),
    expect.closeTo(3 / 4),
    expect.closeTo(1.5 / 4),
  ])
  expect(likelihoods[0]!.prompts).toHaveLength(4)
})

test('judge: where the order decides, the pair counts for neither', async () => {
  const likelihoods = await score(
    'judge',
    judged(() => 'A'),
  )
  expect(likelihoods).toMatchObject([
    { unknown: 'the judge said otherwise in the other order' },
    { unknown: 'the judge said otherwise in the other order' },
  ])
  expect(likelihoods[0]).not.toHaveProperty('value')
})

test('judge: an answer that names neither is unknown, and so is what was not compared', async () => {
  expect(
    (
      await score(
        'judge',
        judged(() => 'Both are fine.'),
      )
    )[0],
  ).toMatchObject({ unknown: 'the judge named neither program' })
  const five = [good, bad, other, aCandidate('x + 4'), aCandidate('x + 5')]
  const likelihoods = await score('judge', judged(best), { candidates: five })
  expect(likelihoods[4]).toMatchObject({ unknown: 'only the first 4 candidates were compared' })
  expect((await score('judge', judged(best), { candidates: [good] }))[0]).toMatchObject({ unknown: 'there is nothing to compare it with' })
})

test('where a round trip gives nothing at all, the judge is asked', async () => {
  const roundTrip = { rewrite: async () => undefined, compare: async () => undefined }
  expect((await score('round-trip', judged(best), { roundTrip })).map(({ tier }) => tier)).toEqual(['judge', 'judge'])
  expect((await score('round-trip', judged(best))).map(({ tier }) => tier)).toEqual(['judge', 'judge'])
})

test('a model that cannot be reached leaves an unknown in every tier, and none stays none', async () => {
  const down: Script = {
    reply: () => {
      throw new CountersignError('MODEL_UNREACHABLE', 'gone')
    },
  }
  for (const tier of ['verdict-logprob', 'round-trip', 'judge'] as const) {
    const [likelihood] = await score(tier, down, { roundTrip: { rewrite: async () => good, compare: async () => 1 } })
    expect(likelihood).toMatchObject({ unknown: 'MODEL_UNREACHABLE: gone' })
    expect(likelihood).not.toHaveProperty('value')
  }
  expect((await score('none', down))[0]).toMatchObject({ tier: 'none', unknown: 'the model gives nothing to score by' })
})

test('the prompts', () => {
  const program = 'def f(x):\n    return x\n'
  expect(textsOf(verdictPrompt({ intention: 'Add one.', program, language: 'python' }))[0]).toMatchInlineSnapshot(`
    "Does this python program do what is asked for, in every case?

    Asked for:

    Add one.

    Program:

    \`\`\`python
    def f(x):
        return x
    \`\`\`

    Answer with one word, True or False."
  `)
  expect(textsOf(descriptionPrompt({ program, language: 'python' }))[0]).toMatchInlineSnapshot(`
    "Describe what this python program does, so exactly that someone else could write a program that behaves alike: its inputs, outputs and corner cases. Do not quote its code.

    \`\`\`python
    def f(x):
        return x
    \`\`\`"
  `)
  expect(textsOf(judgePrompt({ intention: 'Add one.', programs: [program, program], language: 'python' }))[0]).toMatchInlineSnapshot(`
    "Which of these two programs does what is asked for, correctly and securely? Look for a case in which they differ before you decide.

    Asked for:

    Add one.

    Program A:

    \`\`\`python
    def f(x):
        return x
    \`\`\`

    Program B:

    \`\`\`python
    def f(x):
        return x
    \`\`\`

    End your answer with a line that holds nothing but A, B, or SAME."
  `)
})
