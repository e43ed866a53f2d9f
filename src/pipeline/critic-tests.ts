import type { Evidence } from '../records/evidence.ts'
import type { Test } from '../records/test.ts'
import type { TaskRequest } from '../task/read-task.ts'
import { readTests } from './critic-tools.ts'

const most = 40

/** The tests that critics wrote and ran, and that the task does not have yet. */
export async function criticsTests({ dialogues = [], task }: Evidence, request: TaskRequest): Promise<Test[]> {
  const known = new Set(task.tests.map(({ text }) => text))
  const found: Test[] = []
  for (const { tool, outcome, input } of dialogues.flatMap(({ turns }) => turns.flatMap(({ calls }) => calls))) {
    if (tool !== 'test' || outcome !== 'answered' || found.length >= most) continue
    const { tests } = await readTests(input, { task, request })
    for (const test of tests) {
      if (!known.has(test.text)) found.push(test)
      known.add(test.text)
    }
  }
  return found
}
