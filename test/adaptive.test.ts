import { expect, test } from 'vitest'
import { type Configuration, defaults } from '../src/config.ts'
import { generate } from '../src/countersign.ts'
import { CountersignError } from '../src/errors.ts'
import { scripted } from '../src/model/scripted.ts'
import type { Progress } from '../src/pipeline/context.ts'
import type { Drawing } from '../src/records/drawing.ts'
import { textsOf } from '../src/records/prompt.ts'
import { Verdict } from '../src/records/verdict.ts'
import type { TaskRequest } from '../src/task/read-task.ts'
import { addingReply, addingSandbox } from './support/adding-sandbox.ts'
import { aBudget } from './support/budget.ts'

const request: TaskRequest = { id: 't', language: 'python', instruction: 'Write f(x: int) that adds one. f(1) == 2', entryPoint: 'f' }
const untested: TaskRequest = { ...request, instruction: 'Write `f(x: int)` that adds one.' }

interface Given {
  asked?: TaskRequest
  generate?: Partial<Configuration['generate']>
  calls?: number
  /** The model gives out at this answer. */
  failsAt?: number
  strategy?: Configuration['strategy']
}

async function drawn(candidate: (index: number) => string, { asked = request, generate: settings = {}, strategy = 'hybrid', calls, failsAt = Infinity }: Given = {}) {
  const recorded: [string, unknown][] = []
  const told: Progress[] = []
  let tests = 0
  const coder = scripted({
    reply: (prompt, { index }) => {
      if (textsOf(prompt).join('\n').includes('Someone else writes')) return (tests++, '```python\nassert f(2) == 3\n```')
      if (index >= failsAt) throw new CountersignError('MODEL_UNREACHABLE', 'it is gone')
      return candidate(index)
    },
  })
  const configuration: Configuration = { ...defaults, strategy, generate: { ...defaults.generate, ...settings } }
  const verdict = await generate(asked, {
    sandbox: addingSandbox(),
    configuration,
    models: { coder, budget: aBudget(calls === undefined ? {} : { calls }) },
    record: (kind, record) => recorded.push([kind, record]),
    onProgress: (progress) => told.push(progress),
  })
  expect(Verdict.parse(verdict)).toEqual(verdict)
  const of = (kind: string) => recorded.filter(([own]) => own === kind).map(([, record]) => record)
  const drawing = of('drawing').at(-1) as Drawing
  return { verdict, drawing, tests, told, programs: of('candidate').length }
}

const right = (index: number) => addingReply('x + 1', `way_${index}`)
const mixed = (index: number) => addingReply(`x + ${1 + (index % 2)}`, `way_${index}`)

test('a task whose direct answer passes everything with agreement costs three samples, not eleven, and no tests of the model', async () => {
  const { verdict, drawing, tests, programs, told } = await drawn(right)
  expect(verdict).toMatchObject({ choice: { kind: 'chosen', id: 'direct' }, stop: 'settled', look: { kind: 'settled', drawn: 3, most: 11, votes: 3, rivals: [] } })
  expect([drawing.asked, drawing.stop, drawing.looks?.length, tests, programs]).toEqual([3, 'settled', 1, 0, 3])
  expect(told.filter(({ kind }) => kind === 'looked')).toEqual([{ kind: 'looked', look: verdict.look }])
})

test('without a test agreement alone settles it', async () => {
  expect((await drawn(right, { asked: untested })).verdict).toMatchObject({ choice: { kind: 'chosen' }, stop: 'settled', look: { drawn: 3 } })
})

test('where programs disagree more are drawn, the model is asked for tests once, and everything is seen in the end', async () => {
  const { verdict, drawing, tests, programs } = await drawn(mixed, { asked: untested })
  expect([drawing.asked, drawing.stop, drawing.looks?.map(({ kind, drawn }) => [kind, drawn])]).toEqual([11, 'all-drawn', [3, 5, 7, 9, 11].map((count) => [count === 11 ? 'settled' : 'open', count])])
  expect([verdict.stop, tests, programs]).toEqual(['all-examined', defaults.generate.tests, 11])
})

test('a leader that fails a test settles nothing, however many agree with it', async () => {
  const { verdict, drawing } = await drawn((index) => addingReply('x + 2', `way_${index}`))
  expect(verdict.choice).toMatchObject({ kind: 'abstained', reason: 'tests-failed' })
  expect(drawing.asked).toBe(11)
  expect(verdict.look).toMatchObject({ kind: 'open', because: expect.stringContaining('passes every test') })
})

test('programs that fail a test are no rivals of those that pass', async () => {
  const { verdict, drawing } = await drawn((index) => (index === 1 ? addingReply('x + 5') : right(index)))
  expect(verdict.choice).toMatchObject({ id: 'direct' })
  expect([drawing.asked < 11, verdict.look?.rivals]).toEqual([true, []])
})

test('one program handed in again and again is one voice, and without a test settles nothing', async () => {
  const { verdict } = await drawn(() => addingReply('x + 1'), { asked: untested, generate: { tests: 0 } })
  expect(verdict.look).toMatchObject({ drawn: 11, because: 'there is no test, and no two candidates do the same' })
})

test('the configuration and a strategy can have everything drawn at once', async () => {
  const off = await drawn(right, { generate: { adaptive: false } })
  expect([off.drawing.asked, off.drawing.looks, off.verdict.look, off.verdict.stop]).toEqual([11, undefined, undefined, 'all-examined'])
  expect((await drawn(right, { strategy: 'codet' })).drawing.asked).toBe(11)
  const sure = await drawn(right, { generate: { confidence: 0.99 } })
  expect(sure.drawing.asked).toBeGreaterThan(3)
})

test('a budget or a model that gives out between batches leaves the best so far, and says so', async () => {
  const gone = await drawn(mixed, { asked: untested, failsAt: 4 })
  expect(gone.drawing).toMatchObject({ stop: 'failed', failures: [{ code: 'MODEL_UNREACHABLE' }] })
  expect(gone.verdict.unknown).toContainEqual({ what: 'candidates', detail: expect.stringContaining('could not be had (MODEL_UNREACHABLE') })
  const spent = await drawn(mixed, { asked: untested, calls: 8 })
  expect(spent.verdict.stop).toBe('budget')
  expect(spent.verdict.ranking.length).toBeGreaterThan(1)
})

test('the same replies give the same verdict, and it is recomputed from the evidence', async () => {
  const [one, other] = await Promise.all([drawn(mixed, { asked: untested }), drawn(mixed, { asked: untested })])
  expect(one.verdict).toEqual(other.verdict)
})

test('critics speak where there is something to argue about, and nowhere else', async () => {
  const sure = await drawn(right)
  expect([sure.verdict.roles, sure.verdict.choice.kind]).toEqual([undefined, 'chosen'])
  const failing = await drawn((index) => addingReply('x + 2', `way_${index}`))
  expect(failing.verdict.roles?.map(({ role }) => role)).toContain('safety')
  const torn = await drawn(mixed, { asked: untested, generate: { tests: 0 } })
  expect(torn.verdict.roles).toBeDefined()
})
