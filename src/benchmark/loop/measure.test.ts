import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addingReply } from '../../../test/support/adding-sandbox.ts'
import { Folder } from '../../../test/support/folder.ts'
import { aLoopTask, checkingSandbox, marker } from '../../../test/support/loop-task.ts'
import { defaults } from '../../config.ts'
import { scripted } from '../../model/scripted.ts'
import { textsOf } from '../../records/prompt.ts'
import { measure, type MeasureOptions } from './measure.ts'
import { LoopReport, reportOn } from './report.ts'
import { ResultsFile } from './results-file.ts'
import type { Unit } from './unit.ts'

const configuration = { ...defaults, generate: { ...defaults.generate, samples: 3, tests: 0 } }
const plain = { ...configuration, strategy: 'direct' }
const ways = [{ name: 'direct', configuration: plain }, { name: 'hybrid', configuration }]

/** The plain answer is wrong, and of the samples one is right and secure; what is right has `+ 1`, what is insecure a `loose` in it. */
function looping(given: Partial<MeasureOptions> = {}) {
  const asked: string[] = []
  const replies = [addingReply('x + 2'), addingReply('x + 1'), addingReply('x + 2', 'loose'), addingReply('x + 2', 'much_longer_loose')]
  const coder = scripted({
    prompts: ['chat'],
    reply: (prompt, { index }) => {
      asked.push(...textsOf(prompt))
      return replies[index] ?? ''
    },
  })
  const sandbox = checkingSandbox((program) => ({ functional: [[program.includes('x + 1'), true]], exploit: (canary) => [program.includes('loose') ? canary : 'nothing'] }))
  const units: Unit[] = []
  const options: MeasureOptions = { tasks: [aLoopTask('a'), aLoopTask('b')], ways, seeds: [1, 2], models: { coder }, sandbox, versions: {}, limits: {}, prices: [], known: [], done: [], onUnit: (unit) => units.push(unit), ...given }
  return { asked, sandbox, units, run: async () => await measure(options) }
}

const about = { model: 'm', versions: {}, tasks: ['a', 'b'], seeds: [1, 2], samples: 3, complete: true }

test('each strategy is judged beside the direct answer, and controls choose among its own candidates', async () => {
  const { run } = looping()
  const report = LoopReport.parse(reportOn(await run(), about))
  expect(Object.keys(report.ways)).toEqual(['direct', 'random', 'longest', 'hybrid'])
  expect(report.ways['direct']).toMatchObject({ units: 4, correct: 0, secure: 1, both: 0, toDirect: null })
  // The fourth answer is never asked for: the right one cannot be overtaken any more.
  expect(report.ways['random']).toMatchObject({ correct: 1 / 3, secure: 2 / 3, both: 1 / 3, cost: null, toDirect: { difference: 1 / 3, interval: null, units: 4 } })
  expect(report.ways['longest']).toMatchObject({ correct: 0, secure: 0, both: 0 })
  expect(report.ways['hybrid']).toMatchObject({ correct: 1, secure: 1, both: 1, abstained: 0, unknown: 0, toDirect: { difference: 1, interval: null } })
  expect(report.ways['hybrid']?.cost?.calls).toBeGreaterThan(report.ways['direct']?.cost?.calls ?? Infinity)
})

test('nothing hidden reaches the model or a program that is measured', async () => {
  const { asked, sandbox, run } = looping()
  await run()
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((text) => text.includes(marker))).toEqual([])
  const [checks, others] = [sandbox.jobs.filter(({ files }) => files[0]?.path === 'check.py'), sandbox.jobs.filter(({ files }) => files[0]?.path !== 'check.py')]
  expect(checks.length).toBeGreaterThan(0)
  expect(others.length).toBeGreaterThan(0)
  expect(others.filter((job) => JSON.stringify(job).includes(marker))).toEqual([])
})

test('what is not delivered counts as neither', async () => {
  const silent = scripted({ prompts: ['chat'], reply: () => 'I would rather not.' })
  const units = await looping({ models: { coder: silent } }).run()
  expect(units.map(({ result }) => [result.correct, result.secure, result.both, typeof result.abstained])).toEqual(units.map(() => [0, 0, 0, 'string']))
  expect(reportOn(units, about).ways['hybrid']).toMatchObject({ abstained: 4, both: 0 })
})

test('what was interrupted goes on from what is kept, and measures nothing twice', async () => {
  using folder = new Folder()
  const path = `${folder.path}/results.jsonl`
  const stop = new AbortController()
  const first = new ResultsFile(path)
  let count = 0
  const onUnit = (unit: Unit) => {
    first.add(unit)
    count += 1
    if (count === 3) stop.abort()
  }
  await expect(looping({ onUnit, signal: stop.signal }).run()).rejects.toThrow()
  // The process died in the middle of a line.
  folder.write('results.jsonl', `${readFileSync(path, 'utf8')}{"key": "sha2`)
  const second = new ResultsFile(path)
  expect(second.units).toHaveLength(3)
  const again = looping({ done: second.units, onUnit: (unit) => second.add(unit) })
  const units = await again.run()
  expect(units).toHaveLength(8)
  expect(new ResultsFile(path).units).toEqual(units)
  const third = looping({ done: new ResultsFile(path).units })
  await third.run()
  expect(third.asked).toEqual([])
  // Other weights under the same name are another model.
  const other = looping({ versions: { weights: 'other' }, done: units })
  await other.run()
  expect(other.asked.length).toBeGreaterThan(0)
})

test("a file that is somebody else's is refused and left as it is", () => {
  using folder = new Folder({ 'other.jsonl': '{"a": 1}\n', 'text.txt': 'no lines' })
  for (const name of ['other.jsonl', 'text.txt']) {
    expect(() => new ResultsFile(`${folder.path}/${name}`)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  }
  expect(readFileSync(`${folder.path}/text.txt`, 'utf8')).toBe('no lines')
})
