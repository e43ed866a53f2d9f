// `npm start`: the model that comes with the package writes eight programs for a small task, off line, and one of them is chosen, with reasons.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const line = ['generate', 'examples/read-note/task.md', '--tests', 'examples/read-note/tests.py', '--model', 'embedded', '-n', '7', '--set', 'generate.tests=0']
console.error(`\n$ npm run -s countersign -- ${line.join(' ')}\n`)
const ended = spawnSync(process.execPath, ['src/surface/cli/main.ts', ...line, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
process.exitCode = ended.status ?? 1
