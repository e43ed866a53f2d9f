import { expect, test } from 'vitest'
import { decide, reexamine } from '../src/countersign.ts'
import { CountersignError } from '../src/errors.ts'
import { recordModel, replayModel } from '../src/model/recorded.ts'
import { scripted } from '../src/model/scripted.ts'
import { embedByModel } from '../src/module/by-model.ts'
import type { Candidate } from '../src/records/candidate.ts'
import { canonicalJson, digestRecord } from '../src/records/digest.ts'
import type { Evidence } from '../src/records/evidence.ts'
import type { Module, ModuleClustering, Representative } from '../src/records/module.ts'
import type { Plan } from '../src/records/plan.ts'
import { type Prompt, textsOf } from '../src/records/prompt.ts'
import type { Exchange } from '../src/records/recording.ts'
import type { Revision } from '../src/records/revision.ts'
import type { Round } from '../src/records/round.ts'
import type { TokensSpent } from '../src/records/spend.ts'
import { aBudget } from './support/budget.ts'
import { builder, firstRound, generated, type Given, program, request } from './support/chain-run.ts'
import { composingSandbox } from './support/composing-sandbox.ts'

test('from plan to best program: the second round is better because of a representative of the first', async () => {
  const { verdict, of } = await generated(builder)
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'sample-4' })
  expect(verdict.rounds).toEqual([
    { number: 1, kind: 'sampling', written: 4, rejected: 0, offered: 0, gained: true },
    { number: 2, kind: 'codechain', written: 3, rejected: 0, offered: expect.any(Number), gained: true },
    { number: 3, kind: 'codechain', written: 3, rejected: 0, offered: expect.any(Number), gained: false },
  ])
  expect(verdict.roundsEnd).toEqual({ reason: 'no-gain', detail: 'round 3 gave no better program' })
  expect(verdict.unknown).toContainEqual({ what: 'plans', detail: '1 of 3 answers of round 1 hold no outline of sub-modules and were used as they are' })
  // Back from the program to the modules, their clusters, the candidates and the prompts.
  const revision = of<Revision>('revision').find(({ id }) => id === 'sample-4')!
  const round = of<Round>('round').find(({ number }) => number === revision.round)!
  const offered = of<Representative>('representative').filter((one) => round.kind === 'codechain' && round.offer.representatives.includes(digestRecord(one)))
  expect(offered.filter(({ module }) => revision.reused?.includes(module)).map(({ code }) => code).sort()).toEqual(['def next_of(x):\n    return x + 1', 'def twice(x):\n    return x * 2'])
  const clustering = of<ModuleClustering>('clustering').find(({ round }) => round === 2)!
  for (const { cluster, module, candidate } of offered) {
    const { representative } = clustering.clusters[cluster!]!
    expect(clustering.modules[representative!]).toMatchObject({ module, candidate })
    expect(of<Module>('module')).toContainEqual(expect.objectContaining({ digest: module, candidate }))
  }
  expect(of<Prompt>('prompt').map(digestRecord)).toContain(revision.prompt)
  expect(of<Plan>('plan').map((plan) => [digestRecord(plan), plan.id])).toContainEqual([revision.plan, 'sample-4'])
  expect(revision.of).toBe(verdict.ranking.find(({ candidate }) => candidate === revision.of)?.candidate)
})

test('without representatives, or at random with none that helps, the same writer does no better', async () => {
  const { verdict } = await generated(builder, { codechain: { representatives: 'none' } })
  expect(verdict.choice).toMatchObject({ kind: 'abstained', reason: 'tests-failed' })
  expect(verdict.rounds?.at(-1)).toMatchObject({ number: 2, offered: 0, gained: false })
  const random = await generated(builder, { codechain: { representatives: 'random', clusters: 5 } })
  expect(random.verdict.rounds?.[1]).toMatchObject({ offered: expect.any(Number) })
})

test('the direct answer is the plain one, and stays candidate 0', async () => {
  const prompts: string[] = []
  const { of } = await generated((index, prompt) => (prompts.push(prompt), builder(index, prompt)))
  expect(of<Candidate>('candidate')[0]?.id).toBe('direct')
  expect(prompts.filter((prompt) => !prompt.includes('outline'))).toHaveLength(1)
})

test('the same recording gives the same verdict, and so does the evidence alone, its programs run again or not', async () => {
  const exchanges: Exchange[] = []
  const coder = scripted({ prompts: ['chat'], reply: (prompt, { index }) => builder(index, textsOf(prompt).join('\n')) })
  const first = await generated(builder, { models: { coder: recordModel(coder, (exchange) => exchanges.push(exchange)) } })
  const replayed = replayModel({ driver: 'scripted', name: 'scripted', prompts: ['chat'], scorers: [], exchanges })
  const second = await generated(() => '', { models: { coder: replayed } })
  for (const kind of ['candidate', 'revision', 'clustering', 'representative', 'round', 'verdict']) expect(canonicalJson(second.of(kind))).toBe(canonicalJson(first.of(kind)))
  const evidence = evidenceOf(first.of)
  expect(canonicalJson(decide(evidence, first.configuration))).toBe(canonicalJson(first.verdict))
  expect(canonicalJson(decide(await reexamine(evidence, { sandbox: composingSandbox(), configuration: first.configuration }), first.configuration))).toBe(canonicalJson(first.verdict))
})

function evidenceOf(of: <Kind>(kind: string) => Kind[]): Evidence {
  const screenings = [...new Map(of<Evidence['screenings'][number]>('screening').map((screening) => [screening.candidate, screening])).values()]
  const [task, inputs, drawing, roundsEnd, spent] = ['task', 'inputs', 'drawing', 'rounds-end', 'spent'].map((kind) => of(kind).at(-1))
  return {
    task: task as Evidence['task'],
    inputs: inputs as Evidence['inputs'],
    drawing: drawing as NonNullable<Evidence['drawing']>,
    roundsEnd: roundsEnd as NonNullable<Evidence['roundsEnd']>,
    spent: spent as TokensSpent,
    candidates: of('candidate'),
    screenings,
    scans: of('scan'),
    executions: of('execution'),
    distinctions: of('distinction'),
    likelihoods: of('likelihood'),
    rounds: of('round'),
    revisions: of('revision'),
  }
}

test('programs that were written from parts of others do not outvote what was drawn on its own', async () => {
  const plan = '```outline\nmore(x): 2 more\n```\n\n'
  const drawn = [
    program({ next_of: 'x + 1', twice: 'x * 2', f: 'twice(next_of(x))' }),
    program({ twice: 'x * 2', more: 'x + 2', f: 'more(twice(x))' }, plan),
    program({ more: 'x + 2', f: 'more(x)' }, plan),
  ]
  const chained = [program({ more: 'x + 1', again: 'x + 1', f: 'more(again(x))' }), program({ more: 'x + 2', same: 'x + 0', f: 'same(more(x))' })]
  // Both ways of behaving pass the one test.
  const asked = { ...request, instruction: 'Write `f(x: int)` that adds one to x and doubles that.\n\nf(0) == 2' }
  const { verdict, of, configuration } = await generated((index) => drawn[index] ?? chained[index - drawn.length]!, { asked, samples: 2, codechain: { rounds: 2 } })
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'direct' })
  expect(verdict.clusters.map(({ mass, members }) => [mass, members.length])).toEqual([
    [2, 2],
    [1, 3],
  ])
  expect(verdict.reasons).toContainEqual(expect.stringContaining('behaves like 1 of those before it'))
  // Runs from before this was told apart are judged as they were.
  const evidence = evidenceOf(of)
  const untold = { ...evidence, revisions: evidence.revisions!.map(({ voice: _voice, ...revision }) => revision) }
  expect(decide(untold, configuration).clusters[0]?.mass).toBe(3)
  expect(decide(untold, configuration).choice).toMatchObject({ kind: 'chosen', id: 'sample-2' })
})

test('what was spent is in the verdict, and the budget ends the rounds', async () => {
  const whole = aBudget()
  const { verdict } = await generated(builder, { models: { budget: whole } })
  const { usd: _, ...spent } = whole.spend
  expect(verdict.spent).toEqual(spent)
  const budget = aBudget({ calls: 6 })
  const short = await generated(builder, { models: { budget } })
  expect(budget.spend.calls).toBe(6)
  expect(short.verdict).toMatchObject({ stop: 'budget', roundsEnd: { reason: 'budget' }, choice: { id: 'sample-4' } })
  const none = await generated(builder, { models: { budget: aBudget({ calls: 4 }) } })
  expect(none.verdict).toMatchObject({ roundsEnd: { reason: 'budget', detail: expect.stringContaining('BUDGET_SPENT') }, choice: { kind: 'abstained', reason: 'tests-failed' } })
})

test('the number of rounds is a limit', async () => {
  const { verdict } = await generated(builder, { codechain: { rounds: 2 } })
  expect(verdict.roundsEnd).toEqual({ reason: 'limit', detail: '2 rounds were asked for' })
})

test('a later program that fails a test which the best before it passes is rejected, and the best stays', async () => {
  // f(1) == 4 and f(0) == 2 by x * 2 + 2 alone; 3x + 1 and x + 2 pass one each.
  const { verdict } = await generated((index) => (index === 0 ? program({ h: 'x + 2', f: 'h(x)' }) : index < 4 ? program({ h: 'x', f: 'h(x)' }) : program({ h: 'x * 4', f: 'h(x)' })))
  expect(verdict.ranking[0]?.ids[0]).toBe('direct')
  const later = verdict.ranking.find(({ ids }) => ids[0] === 'sample-4')
  expect(later?.rejected).toBe('fails a test that the best program before it passes: f(0) == 2')
  expect(verdict.rounds?.[1]).toMatchObject({ rejected: 1, gained: false })
})

test.each<[string, (index: number) => string, Given, RegExp]>([
  ['no candidate parses', () => '```python\ndef f(x):\n    return (\n```', {}, /no candidate parses/],
  ['no sub-module is found', () => program({ f: 'x + 1' }), {}, /has a sub-module beside its entry point/],
  ['all sub-modules are equal', () => program({ g: 'x + 1', f: 'g(x)' }), {}, /round 2: all sub-modules are equal/],
  ['there is one candidate only', (index) => (index === 1 ? program({ g: 'x + 1', h: 'x', f: 'g(x)' }) : 'No.'), {}, /round 2: there is one program only/],
  ['a sub-module does not compile alone', () => program({ g: 'x + 1', whole: 'x', f: 'g(whole(x))' }), {}, /round 2: whole: does not compile alone/],
  ['no samples were asked for', () => program({ g: 'x + 1', f: 'g(x)' }), { samples: 0 }, /no samples/],
])('%s: the verdict says so', async (_what, reply, given, expected) => {
  const { verdict } = await generated(reply, given)
  expect(verdict.unknown.map(({ detail }) => detail).join('\n')).toMatch(expected)
})

test('an answer that repeats the question holds what follows it, or nothing', async () => {
  const { verdict, of } = await generated((index, prompt) => (index < 2 ? firstRound[index]! : index === 2 ? `${prompt}\n\n${firstRound[2]}` : prompt))
  expect(of<Candidate>('candidate').slice(0, 3).map(({ id }) => id)).toEqual(['direct', 'sample-1', 'sample-2'])
  expect(of<Candidate>('candidate')[2]?.files[0]?.content).toContain('return x + 2')
  expect(verdict.unknown).toContainEqual({ what: 'candidates', detail: '1 of 4 answers hold no program (repeated)' })
})

test('an embedding endpoint that changes its dimension half-way is left, and the verdict says so', async () => {
  let calls = 0
  const embedder = embedByModel(scripted({ name: 'fickle', embed: () => Array.from({ length: calls++ < 2 ? 3 : 4 }, () => 1) }), { batch: 1 })
  const { verdict, of } = await generated(builder, { models: { embedder } })
  expect(verdict.choice).toMatchObject({ id: 'sample-4' })
  expect(verdict.unknown.map(({ detail }) => detail).join('\n')).toMatch(/round 2: sub-modules were placed by their structure, since scripted\/fickle could not: fickle changed the dimension/)
  expect(of<ModuleClustering>('clustering')[0]?.embedder).toBe('structural')
})

test('a model that can be asked no more ends the rounds, and not the run', async () => {
  const { verdict } = await generated((index) => firstRound[index] ?? unreachable())
  expect(verdict).toMatchObject({ choice: { kind: 'abstained' }, roundsEnd: { reason: 'failed' } })
})

function unreachable(): never {
  throw new CountersignError('MODEL_UNREACHABLE', 'no route')
}
