// Chooses a program out of many with the library: reads the task and the candidates, runs them in a sandbox, and asserts what came out.
// Run with `node examples/choose-a-program.ts`.
import assert from 'node:assert'
import { readFileSync, readdirSync } from 'node:fs'
import { type Candidate, defaults, openSandbox, readTask, select } from '../src/index.ts'

const folder = new URL('link-markup/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, folder), 'utf8')

const { task } = await readTask({ id: 'link-markup', language: 'typescript', instruction: read('task.md'), tests: { asserts: read('tests.ts') } })
const candidates = readdirSync(new URL('candidates/', folder)).map((name): Candidate => ({
  id: name,
  language: 'typescript',
  files: [{ path: 'main.ts', content: read(`candidates/${name}`) }],
}))

const sandbox = await openSandbox()
try {
  const verdict = await select(task, candidates, { sandbox, configuration: defaults })
  const { choice } = verdict
  assert(choice.kind === 'chosen')
  assert.equal(choice.id, '07-scans-once.ts')
  assert.deepEqual(verdict.ranking[0]?.publicTests.outside, { passed: 10, failed: 0, unknown: 0 })
  for (const [position, score] of verdict.ranking.entries()) console.log(`${score.ids.join(', ')}: ${verdict.reasons[position]}`)
} finally {
  await sandbox.close()
}
