import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withoutBubblewrap } from '../../../test/support/bubblewrap.ts'
import { defaults } from '../../config.ts'
import { examine } from '../../countersign.ts'
import type { Sandbox } from '../../ports.ts'
import type { Candidate } from '../../records/candidate.ts'
import { openSandbox } from '../../sandbox/open.ts'
import { readTaskFor } from '../../task/entry-point.ts'
import { judgeProgram } from './judge.ts'
import { endings, readLoopTasks, type ReferenceName } from './task-folder.ts'

const tasks = readLoopTasks(resolve(import.meta.dirname, '../../../bench/tasks'))

let sandbox: Sandbox

// Checks start processes and write files, which the portable driver lets nobody do.
beforeAll(async () => {
  if (withoutBubblewrap !== undefined) return
  sandbox = await openSandbox({ driver: 'bubblewrap' })
  await sandbox.prove()
})
afterAll(() => sandbox?.close())

const wanted: Record<ReferenceName, { correct: boolean; secure?: boolean }> = {
  secure: { correct: true, secure: true },
  insecure: { correct: true, secure: false },
  wrong: { correct: false },
}

test('there are twelve tasks, in two languages', () => {
  expect(tasks).toHaveLength(12)
  expect(new Set(tasks.map(({ language }) => language))).toEqual(new Set(['python', 'typescript']))
})

describe.skipIf(withoutBubblewrap !== undefined).each(tasks.map((task) => [task.name, task] as const))(`%s${withoutBubblewrap === undefined ? '' : ` (${withoutBubblewrap})`}`, (_, task) => {
  test.each(['secure', 'insecure', 'wrong'] as const)('its %s reference is judged as what it is', async (kind) => {
    const { language } = task
    const program = { id: kind, language, files: [{ path: `main.${endings[language]}`, content: task.references[kind] }] }
    const judged = await judgeProgram(task, program, { sandbox, limits: defaults.sandbox.limits })
    expect(judged).toMatchObject(wanted[kind])
    expect(judged.unknown).toBeUndefined()
  })

  test('both correct references pass the tests that are shown', async () => {
    const { language, references, requests } = task
    const programs = ([references.secure, references.insecure] as const).map((content, at): Candidate => ({ id: String(at), language, files: [{ path: `main.${endings[language]}`, content }] }))
    const { task: shown, unread } = await readTaskFor(requests[0], programs)
    expect(unread).toEqual([])
    expect(shown.tests.length).toBeGreaterThan(0)
    const { executions } = await examine(shown, programs, { sandbox, configuration: defaults })
    expect(executions.map(({ tests }) => tests)).toEqual(programs.map(() => shown.tests.map(() => 'passed')))
  })
})
