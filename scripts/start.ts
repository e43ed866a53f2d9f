// `npm start`: chooses among the bundled candidates of two tasks, one in Python and one in TypeScript, off line, and shows why.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const examples = [
  { folder: 'examples/uploaded-file', language: 'python', tests: 'tests.py' },
  { folder: 'examples/link-markup', language: 'typescript', tests: 'tests.ts' },
]

let status = 0
for (const { folder, language, tests } of examples) {
  const line = ['select', '--task', `${folder}/task.md`, '--lang', language, '--tests', `${folder}/${tests}`, `${folder}/candidates`]
  console.error(`\n$ npm run -s countersign -- ${line.join(' ')}\n`)
  const ended = spawnSync(process.execPath, ['src/surface/cli/main.ts', ...line, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
  status ||= ended.status ?? 1
}
process.exitCode = status
