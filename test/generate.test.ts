import { expect, test } from 'vitest'
import { defaults, type Configuration } from '../src/config.ts'
import { decide, examine, generate, reexamine } from '../src/countersign.ts'
import { CountersignError } from '../src/errors.ts'
import { recordModel, replayModel } from '../src/model/recorded.ts'
import { type Script, scripted } from '../src/model/scripted.ts'
import type { Context, Models } from '../src/pipeline/context.ts'
import type { Capability, LikelihoodTier } from '../src/records/capability.ts'
import type { Candidate } from '../src/records/candidate.ts'
import { canonicalJson } from '../src/records/digest.ts'
import type { Distinction } from '../src/records/distinction.ts'
import { type Prompt, textsOf } from '../src/records/prompt.ts'
import type { Exchange } from '../src/records/recording.ts'
import type { Scored } from '../src/records/sample.ts'
import type { Task } from '../src/records/task.ts'
import { Verdict } from '../src/records/verdict.ts'
import type { TaskRequest } from '../src/task/read-task.ts'
import { addingReply, addingSandbox } from './support/adding-sandbox.ts'
import { aBudget } from './support/budget.ts'

const request: TaskRequest = { id: 't', language: 'python', instruction: 'Write f(x: int) that adds one. f(1) == 2', entryPoint: 'f' }
const untested: TaskRequest = { ...request, instruction: 'Write `f(x: int)` that adds one.' }

interface Asked {
  candidates: string[]
  tests?: string
  more?: (text: string) => string | undefined
}

/** A model by what it says to each kind of question. */
function answering({ candidates, tests = '', more = () => undefined }: Asked): NonNullable<Script['reply']> {
  return (prompt, { index }) => {
    const text = textsOf(prompt).join('\n')
    if (text.includes('Someone else writes')) return tests
    if (text.includes('Write a Python program')) return candidates[index] ?? ''
    return more(text) ?? 'I cannot say.'
  }
}

/** Everything that a reader of whole texts finds likely is what is written in `favourite`. The words of the probe are in order or not. */
function reader(favourite: string): NonNullable<Script['score']> {
  return (prompt: Prompt, continuation: string): Scored => {
    const text = textsOf(prompt).join('')
    const value = (text + continuation).includes(favourite) ? -1 : -2
    return { kind: 'scored', tokens: [{ token: continuation, offset: 0, logProbability: value }] }
  }
}

function known(tier: LikelihoodTier, name = 'scripted'): Capability[] {
  return [{ model: `scripted/${name}`, versions: {}, probe: 1, tier, checks: [], ...(tier === 'exact' && { scorer: 'script' }) }]
}

async function generated(
  script: Script,
  { asked = request, models = {}, configuration = {}, samples = 3, ...more }: Partial<Omit<Context, 'models' | 'configuration'>> & {
    asked?: TaskRequest
    models?: Partial<Models>
    configuration?: Partial<Configuration>
    samples?: number
  } = {},
) {
  const recorded: [string, unknown][] = []
  const coder = scripted(script)
  const verdict = await generate(asked, {
    sandbox: addingSandbox(),
    configuration: { ...defaults, ...configuration, generate: { ...defaults.generate, samples, adaptive: false } },
    models: { coder, budget: aBudget(), ...models },
    record: (kind, record) => recorded.push([kind, record]),
    ...more,
  })
  expect(Verdict.parse(verdict)).toEqual(verdict)
  const of = (kind: string) => recorded.filter(([own]) => own === kind).map(([, record]) => record)
  return { verdict, of }
}

test('a model writes programs and tests, and the one that passes is chosen', async () => {
  const reply = answering({ candidates: [addingReply('x + 2'), addingReply('x + 1'), addingReply('x + 3'), 'I would rather not.'], tests: '```python\nassert f(2) == 3\nassert f(3) ==\n```' })
  const { verdict, of } = await generated({ reply })
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'sample-1' })
  expect(of('drawing')).toMatchObject([{ model: 'scripted/scripted', asked: 4, unusable: [{ index: 3, reason: 'prose' }], stop: 'all-drawn' }])
  expect(of('writing')).toMatchObject([{ asked: 5, tests: 5, unread: Array.from({ length: 5 }, () => ({ reason: 'incomplete' })) }])
  expect(verdict.unknown).toEqual(
    expect.arrayContaining([
      { what: 'candidates', detail: '1 of 4 answers hold no program (prose)' },
      { what: 'generated-tests', detail: '5 of 10 assertions that the model wrote could not be read (incomplete)' },
      { what: 'likelihood', detail: 'no model scored the candidates: what was seen leaves one in front' },
    ]),
  )
})

test('min-p is asked of a model of this process alone, since servers do not all know it', async () => {
  for (const [driver, expected] of [['llama', [0.05, 0.05, 0.05]], ['scripted', [undefined, undefined, undefined]]] as const) {
    const asked: (number | undefined)[] = []
    const coder = scripted({
      reply: (_, { sampling }) => {
        if (sampling.topP !== undefined) asked.push(sampling.minP)
        return addingReply('x + 1')
      },
    })
    await generated({}, { models: { coder: { ...coder, driver } } })
    expect(asked).toEqual(expected)
  }
})

const alike = [addingReply('x + 2'), addingReply('x + 1'), addingReply('x + 1', 'likely'), addingReply('x + 1', 'other')]

test('likelihood orders what execution left equal, and nothing else is scored', async () => {
  const script: Script = { reply: answering({ candidates: alike }), score: reader('likely') }
  const { verdict, of } = await generated(script, { models: { known: known('exact') } })
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'sample-2' })
  expect(of('likelihood')).toHaveLength(3)
  expect(verdict.likelihood).toEqual({ tier: 'exact', model: 'scripted/scripted', scorer: 'script', scored: 3 })
  expect(verdict.ranking.map(({ ids, likelihood }) => [ids[0], likelihood])).toEqual([
    ['sample-2', -1],
    ['sample-1', -2],
    ['sample-3', -2],
    ['direct', undefined],
  ])
})

test('the strategy coder-reviewer ranks by likelihood, but only among those that pass most tests', async () => {
  const candidates = [addingReply('x + 1'), addingReply('x + 1', 'likely'), addingReply('x + 2', 'likely'), addingReply('x * 2')]
  const script: Script = { reply: answering({ candidates }), score: reader('likely') }
  const options = { models: { known: known('exact') }, configuration: { strategy: 'coder-reviewer' } }
  const { verdict, of } = await generated(script, options)
  // x * 2 passes the one test too, and x + 2 does not.
  expect(verdict.ranking.map(({ ids, likelihood }) => [ids[0], likelihood])).toEqual([['sample-1', -1], ['direct', -2], ['sample-3', -2], ['sample-2', undefined]])
  expect(of('writing')).toEqual([])
  const without = await generated(script, { ...options, asked: untested })
  expect(without.verdict.choice).toMatchObject({ kind: 'chosen', id: 'sample-1' })
})

test('without a test and without likelihood the strategy coder-reviewer abstains', async () => {
  const { verdict } = await generated({ reply: answering({ candidates: alike }) }, { asked: untested, models: { known: known('none') }, configuration: { strategy: 'coder-reviewer' } })
  expect(verdict.choice).toMatchObject({ kind: 'abstained', reason: 'no-likelihood' })
  expect(verdict.unknown).toContainEqual({ what: 'likelihood', detail: expect.stringMatching(/^4 of 4 candidates that were left equal have no likelihood \(none\)/) })
})

test('a reviewer scores in the place of the coder, and the tier says so', async () => {
  const reviewer = scripted({ name: 'reviewer', score: reader('other') })
  const { verdict } = await generated({ reply: answering({ candidates: alike }) }, { models: { reviewer, known: known('exact', 'reviewer') } })
  expect(verdict.choice).toMatchObject({ id: 'sample-3' })
  expect(verdict.likelihood).toMatchObject({ tier: 'cross-model', model: 'scripted/reviewer' })
})

function describes(text: string): string | undefined {
  return text.startsWith('Describe') ? (text.includes('likely') ? 'adds one' : 'multiplies') : undefined
}

test('a model that gives no log-probabilities describes and writes again, and what is written is run', async () => {
  const reply = answering({ candidates: alike, more: describes })
  const again: NonNullable<Script['reply']> = (prompt, at) => {
    const text = textsOf(prompt).join('\n')
    return text.includes('adds one') && !text.includes('Write f') ? addingReply('x + 1') : text.includes('multiplies') ? addingReply('x * 9') : reply(prompt, at)
  }
  const { verdict } = await generated({ reply: again })
  expect(verdict.likelihood).toMatchObject({ tier: 'round-trip', scored: 3 })
  expect(verdict.choice).toMatchObject({ id: 'sample-2' })
  expect(verdict.ranking[0]?.likelihood).toBe(0)
})

const torn = [addingReply('x * 2'), addingReply('x + 1'), addingReply('x * 2', 'other'), addingReply('x + 1', 'other')]
const wants = (program: string) => (text: string) => {
  if (text.includes('do not always give the same')) return 'They differ on seven.\n`f(7)`'
  const results = /A: (.*)\n\nB: (.*)/.exec(text)
  return results === null ? undefined : `I think\n${results[1] === program ? 'A' : 'B'}`
}

test('where two ways of behaving are as good, a call on which they differ is run, and what a model says of it comes last', async () => {
  const { verdict, of } = await generated({ reply: answering({ candidates: torn, more: wants('returned 8') }) }, { models: { known: known('none') } })
  expect(of('distinction')).toMatchObject([{ call: { steps: [{ name: 'f', arguments: [7] }] }, wanted: expect.stringContaining('sha256:') }])
  expect(verdict.ranking.map(({ ids, opinion }) => [ids[0], opinion])).toEqual([['sample-1', 1], ['sample-3', 1], ['direct', -1], ['sample-2', -1]])
  expect(verdict.reasons[0]).toContain('does what a model says is wanted')
})

function fickle(text: string): string {
  return text.includes('End your answer with a line that holds nothing but A') ? 'A' : 'f(x) or so'
}

test('a model that finds no difference leaves one of the inputs, and one that contradicts itself leaves no opinion', async () => {
  const { verdict, of } = await generated({ reply: answering({ candidates: torn, more: fickle }) })
  expect(of('distinction')).toMatchObject([{ call: { steps: [{ name: 'f' }] }, unknown: 'the model said otherwise in the other order' }])
  expect(verdict.ranking.every(({ opinion }) => opinion === undefined)).toBe(true)
  expect(verdict.unknown).toContainEqual({ what: 'opinion', detail: expect.stringContaining('in the other order') })
})

test('the same recording and seed give the same candidates, scores and verdict, and so does the evidence alone', async () => {
  const exchanges: Exchange[] = []
  const coder = scripted({ reply: answering({ candidates: torn, tests: 'assert f(2) == 3', more: wants('returned 8') }) })
  const first = await generated({}, { models: { coder: recordModel(coder, (exchange) => exchanges.push(exchange)) } })
  const replayed = () => replayModel({ driver: 'scripted', name: 'scripted', prompts: [...coder.prompts], scorers: [...coder.scorers], exchanges })
  const [second, third] = [await generated({}, { models: { coder: replayed() } }), await generated({}, { models: { coder: replayed() } })]
  for (const kind of ['candidate', 'likelihood', 'distinction', 'drawing', 'writing', 'verdict'])
    expect([canonicalJson(second.of(kind)), canonicalJson(third.of(kind))]).toEqual([canonicalJson(first.of(kind)), canonicalJson(first.of(kind))])
})

test('a budget that ends after some programs chooses among them and says so; one that ends before any is no answer', async () => {
  const reply = answering({ candidates: alike })
  const { verdict } = await generated({ reply }, { models: { budget: aBudget({ calls: 2 }) } })
  expect(verdict).toMatchObject({ stop: 'budget', choice: { kind: 'chosen', id: 'sample-1' } })
  expect(verdict.unknown).toContainEqual({ what: 'candidates', detail: expect.stringMatching(/^2 of 4 answers could not be had \(BUDGET_SPENT/) })
  await expect(generated({ reply }, { models: { budget: aBudget({ calls: 0 }) } })).rejects.toMatchObject({ code: 'BUDGET_SPENT' })
})

test('a model that cannot be asked any more leaves the choice as it was, and says what is missing', async () => {
  const broken = scripted({ name: 'broken', score: () => ({ kind: 'unavailable', reason: 'no' }), reply: () => unreachable() })
  const { verdict } = await generated({ reply: answering({ candidates: alike }) }, { models: { reviewer: broken } })
  expect(verdict).toMatchObject({ stop: 'all-examined', choice: { kind: 'chosen', id: 'sample-1' } })
  expect(verdict.unknown).toContainEqual({ what: 'likelihood', detail: expect.stringMatching(/^3 of 3 .* \(none\) \(MODEL_UNREACHABLE: no route\)$/) })
  const short = await generated({ reply: answering({ candidates: alike }) }, { models: { budget: aBudget({ calls: 10 }) } })
  expect(short.verdict).toMatchObject({ stop: 'budget', choice: { kind: 'chosen', id: 'sample-1' } })
})

test('where each score is a question of its own, only the first few are asked for', async () => {
  const candidates = Array.from({ length: 9 }, (_, index) => addingReply('x + 1', `word_${index}`))
  const { verdict } = await generated({ reply: answering({ candidates, more: () => 'True' }) }, { samples: 8, models: { known: known('verdict-logprob') } })
  expect(verdict.unknown).toContainEqual({ what: 'likelihood', detail: expect.stringContaining('only the first 6 are scored in this way 3') })
})

function unreachable(): never {
  throw new CountersignError('MODEL_UNREACHABLE', 'no route')
}

test('answers without any program are an abstention that says what they were', async () => {
  const { verdict } = await generated({ reply: answering({ candidates: ['', 'No.', { text: '' } as never, '```rust\nfn f() {}\n```'] }) })
  expect(verdict.choice).toMatchObject({ kind: 'abstained', reason: 'no-candidates' })
  expect(verdict.unknown).toContainEqual({ what: 'candidates', detail: '4 of 4 answers hold no program (empty 2, prose 1, other-language 1)' })
})

test('programs run once more leave what models said as it was', async () => {
  const context = { sandbox: addingSandbox(), configuration: defaults }
  const { of } = await generated({ reply: answering({ candidates: torn, more: wants('returned 8') }) })
  const evidence = { ...(await examine(of('task')[0] as Task, of('candidate') as Candidate[], context)), distinctions: of('distinction') as Distinction[] }
  expect(await reexamine(evidence, context)).toEqual(evidence)
  expect(decide(await reexamine(evidence, context), defaults).ranking[0]?.opinion).toBe(1)
})

/** A model of our own documents that knows what `f` is, in Python, and little else. */
const narrow: Script = {
  prompts: ['tagged'],
  domain: { notice: 'It knows f.', least: { python: -0.05 } },
  reply: (prompt) => (prompt.kind === 'tagged' && prompt.sections.at(-1)?.tag === 'code' ? 'def f(x):\n    return x + 1\n' : ''),
  score: (_, continuation) => ({ kind: 'scored', tokens: [{ token: continuation, offset: 0, logProbability: continuation.includes('f(') ? -1 : -29 }] }),
}

test('a model that knows little is asked for what it knows, and the record says how well', async () => {
  const { verdict, of } = await generated(narrow)
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'direct' })
  expect(of('familiarity')).toEqual([expect.objectContaining({ model: 'scripted/scripted', perCharacter: -1 / 25, least: -0.05 })])
})

test.for<[string, { script?: Partial<Script>; asked?: Partial<TaskRequest>; says: RegExp }]>([
  ['far from what it knows', { asked: { instruction: 'Prove the Riemann hypothesis.' }, says: /far from what scripted\/scripted was trained for \(log p -1\.00 a character, and of what it knows at least -0\.05\)/ }],
  ['in a language that it does not know', { asked: { language: 'javascript' }, says: /scripted\/scripted knows no javascript/ }],
  ['that it cannot place', { script: { score: () => ({ kind: 'unavailable', reason: 'it is tired' }) }, says: /could not be found out: it is tired/ }],
])('a task %s is not put to a model that knows little: the run abstains, and writes nothing', async ([, { script, asked, says }]) => {
  const { verdict, of } = await generated({ ...narrow, ...script, reply: () => expect.unreachable() }, { asked: { ...request, ...asked } })
  expect(verdict.choice).toMatchObject({ kind: 'abstained', reason: 'unfamiliar', detail: expect.stringMatching(says) as string })
  expect([of('drawing'), of('candidate'), of('verdict')]).toEqual([[], [], [verdict]])
})

test('a recording keeps what a model knows, so that its replay abstains alike', async () => {
  const exchanges: Exchange[] = []
  const coder = recordModel(scripted(narrow), (exchange) => exchanges.push(exchange))
  const asked = { ...request, instruction: 'Prove it.' }
  const { verdict } = await generated({}, { asked, models: { coder } })
  const { driver, name, domain } = coder
  const again = replayModel({ driver, name, prompts: ['tagged'], scorers: ['script'], exchanges, ...(domain && { domain }) })
  expect(canonicalJson((await generated({}, { asked, models: { coder: again } })).verdict)).toBe(canonicalJson(verdict))
  expect(verdict.choice).toMatchObject({ reason: 'unfamiliar' })
})
