import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Configuration, defaults } from '../src/config.ts'
import { generate } from '../src/countersign.ts'
import { openLlama } from '../src/model/llama.ts'
import { recordModel, replayModel } from '../src/model/recorded.ts'
import { embedByModel } from '../src/module/by-model.ts'
import type { Model } from '../src/ports.ts'
import { canonicalJson } from '../src/records/digest.ts'
import type { ModuleClustering } from '../src/records/module.ts'
import type { Exchange } from '../src/records/recording.ts'
import type { Revision } from '../src/records/revision.ts'
import { openSandbox } from '../src/sandbox/open.ts'
import type { TaskRequest } from '../src/task/read-task.ts'
import { aBudget } from './support/budget.ts'
import { trialModel } from './support/trial-model.ts'

const weights = resolve(import.meta.dirname, '../models/embedded.gguf')
const skip = existsSync(weights) ? false : 'skipped: needs models/embedded.gguf'
const trial = trialModel()

const request: TaskRequest = {
  id: 't',
  language: 'python',
  instruction: 'Write digits_of_factorial(n) that first returns the factorial of n, and then returns the sum of the decimal digits of the result.',
  entryPoint: 'digits_of_factorial',
  tests: { asserts: 'assert digits_of_factorial(5) == 3\nassert digits_of_factorial(0) == 1\nassert digits_of_factorial(10) == 27' },
}
const configuration: Configuration = {
  ...defaults,
  strategy: 'codechain',
  codechain: { ...defaults.codechain, rounds: 2 },
  generate: { ...defaults.generate, samples: 8, tests: 0, maxTokens: 256 },
}

async function run(coder: Model) {
  const sandbox = await openSandbox({ driver: 'auto' })
  const recorded: [string, unknown][] = []
  try {
    const verdict = await generate(request, { sandbox, configuration, models: { coder, budget: aBudget({ calls: 80 }) }, record: (kind, record) => recorded.push([kind, record]) })
    return { verdict, of: <Kind>(kind: string) => recorded.filter(([own]) => own === kind).map(([, record]) => record as Kind) }
  } finally {
    await sandbox.close()
  }
}

describe.skipIf(skip !== false)(`the embedded model${skip === false ? '' : ` (${skip})`}`, () => {
  test('goes the whole chain off line, from plan to best program, and a replay of it gives the same verdict', async () => {
    const model = await openLlama({ path: weights })
    const exchanges: Exchange[] = []
    const first = await run(recordModel(model, (exchange) => exchanges.push(exchange))).finally(async () => await model.close())
    expect(first.of('plan').length).toBeGreaterThan(0)
    expect(first.of('module').length).toBeGreaterThan(0)
    expect(first.verdict.rounds).toMatchObject([{ number: 1, kind: 'sampling' }, { number: 2, kind: 'codechain' }])
    expect(first.verdict.rounds?.[1]?.offered).toBeGreaterThan(0)
    expect(first.of<ModuleClustering>('clustering')[0]?.clusters.length).toBeGreaterThan(0)
    expect(first.of<Revision>('revision').some(({ round, reused = [], adapted = [] }) => round === 2 && reused.length + adapted.length > 0)).toBe(true)
    expect(first.verdict.spent?.calls).toBeLessThanOrEqual(80)
    const again = await run(replayModel({ driver: model.driver, name: model.name, prompts: [...model.prompts], scorers: [...model.scorers], exchanges }))
    expect(canonicalJson(again.verdict)).toBe(canonicalJson(first.verdict))
  })
})

describe.skipIf(trial.skip !== false)(`a model file${trial.skip === false ? '' : ` (${trial.skip})`}`, () => {
  test('places programs: equal ones in one place, all at length 1 and in one dimension', async () => {
    const model = await openLlama({ path: trial.path })
    try {
      const codes = ['def a(x):\n    return x + 1', 'def b(text):\n    return text.split()', 'def a(x):\n    return x + 1']
      const embedded = await embedByModel(model, { batch: 2 }).embed(codes.map((code) => ({ language: 'python', code })), { budget: aBudget() })
      if (embedded.kind === 'unavailable') throw new Error(embedded.reason)
      const [one, other, same] = embedded.vectors
      expect(same).toEqual(one)
      expect(other).toHaveLength(one!.length)
      expect(other).not.toEqual(one)
      for (const vector of embedded.vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 6)
    } finally {
      await model.close()
    }
  })
})
