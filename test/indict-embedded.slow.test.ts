import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { embeddedFile, openEmbedded } from '../src/model/embedded.ts'
import { openSandbox } from '../src/sandbox/open.ts'
import { familiarTasks, revise, type Revised } from './support/familiar-tasks.ts'

const absent = !existsSync(embeddedFile)

test.skipIf(absent)(
  `the embedded model makes four of five familiar programs secure, and never by taking the feature away${absent ? ' (skipped: needs models/embedded.gguf)' : ''}`,
  async () => {
    const [model, sandbox] = [await openEmbedded(), await openSandbox({ driver: 'auto' })]
    try {
      const revised: Revised[] = []
      for (const task of familiarTasks(resolve(import.meta.dirname, 'fixtures/indict-familiar.jsonl'))) revised.push(await revise(task, { model, sandbox }))
      const attacked = revised.filter(({ before }) => before.attacks > 0)
      expect(attacked.length).toBeGreaterThan(15)
      expect(attacked.filter(({ after }) => after.attacks === 0).length / attacked.length).toBeGreaterThanOrEqual(0.8)
      expect(revised.filter(({ before, after }) => after.tests > before.tests)).toEqual([])
    } finally {
      await model.close()
      await sandbox.close()
    }
  },
)
