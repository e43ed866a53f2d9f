import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { firstRound, generated, program, right } from '../../test/support/chain-run.ts'
import { forgetModule, keptModules, type RecordedRun, readRun, Store } from '../index.ts'
import type { KeptModule } from '../records/kept-module.ts'
import { keepModulesOf } from './keep-modules.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-kept-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function kept(...[candidates, given]: Parameters<typeof generated>): Promise<RecordedRun> {
  const store = Store.open(folder)
  try {
    const recorder = store.begin({ title: 't', versions: {} })
    const { configuration } = await generated(candidates, { ...given, record: (kind, record) => void recorder.add(kind, record) })
    recorder.add('configuration', configuration)
    recorder.end({ stop: 'finished' })
    const run = readRun(store, recorder.id)
    keepModulesOf(run, folder)
    return run
  } finally {
    store.close()
  }
}

const able = (index: number) => firstRound[index] ?? right
/** It knows how to double; only what is kept knows the number after. */
const needy = (index: number, prompt: string) => (index < 4 ? program({ twice: 'x * 2', plus: 'x + 3', f: 'twice(plus(x))' }) : prompt.includes('def next_of') ? right : program({ f: 'x' }))

test('representatives whose program passed every test are kept with their task, and no others', async () => {
  await kept(able, { codechain: { rounds: 2 } })
  expect(keptModules(folder)).toEqual([])
  await kept(able, { codechain: { rounds: 3 } })
  expect(keptModules(folder).map(({ name, tests, uses, source }) => [name, tests.passed, uses, source.instruction.slice(0, 20)])).toEqual([
    ['next_of', 3, 0, 'Write `f(x: int)` th'],
    ['twice', 3, 0, 'Write `f(x: int)` th'],
  ])
})

test('later tasks are offered those kept that lie nearest, where the configuration says so, and a use is counted', async () => {
  await kept(able, { codechain: { rounds: 3 } })
  const library = keptModules(folder)
  const without = await kept(needy, { kept: library })
  expect(without.verdict?.choice).toMatchObject({ kind: 'abstained' })
  const run = await kept(needy, { kept: library, codechain: { kept: 3 } })
  expect(run.verdict?.choice).toMatchObject({ kind: 'chosen', id: 'sample-4' })
  expect(run.keptModules.map(({ name }: KeptModule) => name)).toContain('next_of')
  expect(keptModules(folder).map(({ name, uses }) => [name, uses])[0]).toEqual(['next_of', 1])
  forgetModule(folder, library[0]!.digest)
  expect(keptModules(folder)).toHaveLength(library.length - 1)
})
