import { expect, onTestFinished, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import { cacheProbability, cacheScore } from '../../test/support/cache-model.ts'
import { aModelServer } from '../../test/support/model-server.ts'
import { Bigram, tokenize } from '../../test/support/ngram.ts'
import { CountersignError } from '../errors.ts'
import { openAiCompatible } from '../model/openai-compatible.ts'
import { scripted } from '../model/scripted.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import type { Capability } from '../records/capability.ts'
import { Likelihood } from '../records/likelihood.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Scored } from '../records/sample.ts'
import type { Task } from '../records/task.ts'
import { scoreByCoderReviewer } from './coder-reviewer.ts'
import { coderPrompt, reviewerPrompt } from './reviewer-prompt.ts'

const task: Task = { id: 't', language: 'python', instruction: 'area multiplies width and height', entryPoint: 'area', tests: [] }
const aCandidate = (code: string): Candidate => ({ id: code, language: 'python', files: [{ path: 'main.py', content: code }] })
const product = aCandidate('def area(width, height):\n    """Gives it."""\n    # multiplies\n    print(width)\n    return width * height\n')
const sum = aCandidate('def area(a, b):\n    return a + b\n')
const nothing = aCandidate('def area(x, y):\n    return 0\n')
const capability = (scorer: string): Capability => ({ model: 'm', versions: {}, probe: 1, tier: 'exact', scorer, checks: [] })
const prompted = (prompt: Prompt) => (prompt.kind === 'completion' ? prompt.text : '')

/** A scripted scorer that reads by the cache model. */
const reader = (score = (prompt: Prompt, continuation: string): Scored => read(prompted(prompt), continuation)) => scripted({ score })
const options = { capability: capability('script') }

function byHand(before: string, words: string): number {
  const [context, own] = [tokenize(before), tokenize(words)]
  return own.reduce((total, token, at) => total + Math.log(cacheProbability([...context, ...own.slice(0, at)], token)), 0)
}

async function scoreProduct(more: object): Promise<Likelihood> {
  return (await scoreByCoderReviewer(task, [product], { model: reader(), ...options, ...more, budget: aBudget() }))[0]!
}

function read(before: string, continuation: string): Scored {
  let offset = 0
  const tokens = cacheScore(before + continuation).slice(tokenize(before).length)
  return {
    kind: 'scored',
    tokens: tokens.map(({ token, logProbability }) => ({ token, offset: (offset += token.length) - token.length, logProbability })),
  }
}

test('over a real endpoint the value is what is computed by hand, to 1e-9', async () => {
  const server = await aModelServer(new Bigram([]), { distort: (_, { body }) => cacheScore(body['prompt'] as string) })
  onTestFinished(server.close)
  const model = openAiCompatible({ url: server.url, model: 'cache', api: 'completions' })
  const [likelihood] = await scoreByCoderReviewer(task, [sum], { model, capability: capability('echo'), budget: aBudget() })
  const coder = byHand('"""\narea multiplies width and height\n"""\n', 'def area(a, b):\n    return a + b\n')
  const reviewer = byHand(
    'def f(a, b):\n    return a + b\n\n# Write a docstring for the program above.\n"""',
    'f multiplies width and height',
  )
  expect(likelihood!.coder!.sum).toBeCloseTo(coder, 9)
  expect(likelihood!.reviewer!.sum).toBeCloseTo(reviewer, 9)
  expect(likelihood!.value).toBeCloseTo((coder + reviewer) / 2, 9)
  expect(likelihood).toMatchObject({
    candidate: contentDigest(sum),
    tier: 'exact',
    model: 'openai-compatible/cache',
    scorer: 'echo',
    reviewer: { tokens: 5 },
  })
})

test('the program that says what the instruction says is more likely, and every likelihood is a strict record', async () => {
  const likelihoods = await scoreByCoderReviewer(task, [sum, product, nothing], { model: reader(), ...options, budget: aBudget() })
  const reviewers = likelihoods.map((likelihood) => Likelihood.parse(likelihood).reviewer!.sum)
  expect(reviewers[1]).toBeGreaterThan(reviewers[0]!)
  expect(reviewers[1]).toBeGreaterThan(reviewers[2]!)
})

test('the reviewer sees the program without comments, docstrings, output and its name', async () => {
  const seen: [string, string][] = []
  const model = reader((prompt, continuation) => {
    seen.push([prompted(prompt), continuation])
    return read(prompted(prompt), continuation)
  })
  await scoreByCoderReviewer(task, [product], { model, ...options, budget: aBudget() })
  const [prompt, continuation] = seen.find(([, text]) => text.startsWith('f '))!
  expect(prompt).toContain('def f(width, height):\n    return width * height\n')
  expect(prompt).not.toMatch(/Gives it|multiplies|print|area/)
  expect(continuation).toBe('f multiplies width and height')
})

test('sum and mean, and the weight, are as asked', async () => {
  const { coder, reviewer } = await scoreProduct({})
  expect(coder!.mean).toBeCloseTo(coder!.sum / coder!.tokens)
  expect((await scoreProduct({ weight: 1 })).value).toBe(reviewer!.sum)
  expect((await scoreProduct({ weight: 0 })).value).toBe(coder!.sum)
  expect((await scoreProduct({ weight: 0.25, reduction: 'mean' })).value).toBeCloseTo(0.25 * reviewer!.mean + 0.75 * coder!.mean)
})

test('candidates that complete the prefix of the task are asked about as completions, if all of them do', async () => {
  const prefix = 'def area(a, b):\n    """area multiplies"""\n'
  const prefixed: Task = { ...task, instruction: prefix, prompt: prefix }
  const asked: [string, string][] = []
  const model = reader((prompt, continuation) => {
    asked.push([prompted(prompt), continuation])
    return read(prompted(prompt), continuation)
  })
  const whole = [aCandidate(`${prefix}    return a\n`), aCandidate(`${prefix}    return b\n`)]
  await scoreByCoderReviewer(prefixed, whole, { model, ...options, budget: aBudget() })
  expect(asked).toContainEqual([prefix, '    return a\n'])
  expect(asked.map(([, continuation]) => continuation)).toContain('f multiplies')
  asked.length = 0
  await scoreByCoderReviewer(prefixed, [...whole, sum], { model, ...options, budget: aBudget() })
  expect(asked.map(([prompt]) => prompt)).not.toContain(prefix)
})

test.for<[string, () => Scored]>([
  ['a reason', () => ({ kind: 'unavailable', reason: 'no echo here' })],
  ['no tokens', () => ({ kind: 'scored', tokens: [] })],
  ['a token without a value', () => ({ kind: 'scored', tokens: [{ token: 'f', offset: 0, logProbability: null }] })],
  [
    'an error',
    () => {
      throw new CountersignError('CONTEXT_EXCEEDED', 'too long')
    },
  ],
])('a candidate that gets %s stays unknown, and the others do not', async ([, answer]) => {
  const model = reader((prompt, continuation) => (prompted(prompt).includes('return 0') ? answer() : read(prompted(prompt), continuation)))
  const likelihoods = await scoreByCoderReviewer(task, [nothing, sum], { model, ...options, budget: aBudget() })
  expect(likelihoods[0]).not.toHaveProperty('value')
  expect(likelihoods[0]!.unknown).toContain('log p(instruction | program)')
  expect(likelihoods[1]!.value).toBeLessThan(0)
})

test('an endpoint that gives every program the same value has not read them', async () => {
  const model = reader((_, continuation) => read('x', continuation))
  const likelihoods = await scoreByCoderReviewer(task, [product, sum, nothing], { model, ...options, budget: aBudget() })
  expect(likelihoods.map(({ value, unknown }) => [value, unknown])).toEqual(
    Array.from({ length: 3 }, () => [undefined, expect.stringContaining('does not read them')]),
  )
})

test('a budget that ends in the middle leaves the rest unknown', async () => {
  const likelihoods = await scoreByCoderReviewer(task, [product, sum, nothing], {
    model: reader(),
    ...options,
    budget: aBudget({ calls: 2 }),
  })
  expect(likelihoods.filter(({ value }) => value !== undefined)).toHaveLength(1)
  expect(likelihoods[2]!.unknown).toContain('BUDGET_SPENT')
})

test('sampled terms are taken when every candidate has one', async () => {
  const term = { sum: -1, mean: -1, tokens: 1 }
  const scores = async (...sampled: Candidate[]) =>
    await scoreByCoderReviewer(task, [product, sum], {
      model: reader(),
      ...options,
      sampled: new Map(sampled.map((candidate) => [contentDigest(candidate), term])),
      budget: aBudget(),
    })
  expect((await scores(product, sum)).map(({ coder }) => coder)).toEqual([term, term])
  expect((await scores(product)).map(({ coder }) => coder)).not.toContainEqual(term)
})

test('a model that the probe did not find exact is not asked', async () => {
  await expect(
    scoreByCoderReviewer(task, [sum], { model: reader(), capability: { ...capability('script'), tier: 'judge' }, budget: aBudget() }),
  ).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
})

test('an interruption and a broken recording are no unknowns', async () => {
  for (const code of ['INTERRUPTED', 'EVIDENCE_BROKEN'] as const) {
    const model = reader(() => {
      throw new CountersignError(code, 'x')
    })
    await expect(scoreByCoderReviewer(task, [sum], { model, ...options, budget: aBudget() })).rejects.toMatchObject({ code })
  }
})

test('the prompts', () => {
  expect(reviewerPrompt('completion', { program: 'def f(a):\n    return a\n', language: 'python' })).toMatchInlineSnapshot(`
    {
      "kind": "completion",
      "text": "def f(a):
        return a

    # Write a docstring for the program above.
    """",
    }
  `)
  expect(reviewerPrompt('completion', { program: 'const f = (a) => a\n', language: 'typescript' })).toMatchInlineSnapshot(`
    {
      "kind": "completion",
      "text": "const f = (a) => a

    // Write a documentation comment for the program above.
    /**
    ",
    }
  `)
  expect(reviewerPrompt('tagged', { program: 'f', language: 'typescript' })).toMatchInlineSnapshot(`
    {
      "kind": "tagged",
      "sections": [
        {
          "tag": "ts",
          "text": "",
        },
        {
          "tag": "code",
          "text": "f",
        },
        {
          "tag": "inst",
          "text": "",
        },
      ],
    }
  `)
  expect(coderPrompt('completion', { intention: 'Gives """it""" back.', language: 'python' })).toMatchInlineSnapshot(`
    {
      "kind": "completion",
      "text": """"
    Gives '''it''' back.
    """
    ",
    }
  `)
  expect(coderPrompt('completion', { intention: 'Gives */ it\nback.', language: 'javascript' })).toMatchInlineSnapshot(`
    {
      "kind": "completion",
      "text": "/**
     * Gives * / it
     * back.
     */
    ",
    }
  `)
  expect(coderPrompt('tagged', { intention: 'i', language: 'python' })).toMatchInlineSnapshot(`
    {
      "kind": "tagged",
      "sections": [
        {
          "tag": "py",
          "text": "",
        },
        {
          "tag": "inst",
          "text": "i",
        },
        {
          "tag": "code",
          "text": "",
        },
      ],
    }
  `)
})
