import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { embeddedFile, openEmbedded } from '../src/model/embedded.ts'
import { openSandbox } from '../src/sandbox/open.ts'
import { familiarTasks, revise, type Revised } from './support/familiar-tasks.ts'

const absent = !existsSync(embeddedFile)

// How many become secure is measured by `bench/indict`; that nothing becomes worse holds for any model.
test.skipIf(absent)(`what the embedded model writes is let in only where it takes no feature away and opens no attack${absent ? ' (skipped: needs models/embedded.gguf)' : ''}`, async () => {
  const [model, sandbox] = [await openEmbedded(), await openSandbox({ driver: 'auto' })]
  try {
    const tasks = familiarTasks(resolve(import.meta.dirname, 'fixtures/indict-familiar.jsonl')).slice(0, 6)
    const revised: Revised[] = []
    for (const task of tasks) revised.push(await revise(task, { model, sandbox }))
    expect(revised.every(({ before }) => before.attacks > 0)).toBe(true)
    expect(revised.flatMap(({ repairs }) => repairs).length).toBeGreaterThan(0)
    expect(revised.filter(({ before, after }) => after.tests > before.tests || after.attacks > before.attacks)).toEqual([])
  } finally {
    await model.close()
    await sandbox.close()
  }
})
