// Whether codechain beats plain sampling on tasks of several functions, with the embedded model and the same tokens for each:
// `main.ts --tasks=FOLDER [--model=models/embedded.gguf] [--count=16] [--tokens=12000] [--samples=10] [--seeds=1] [--split=train] [--write]`. FOLDER is what scripts/embedded-model/corpus/main.ts wrote.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Split } from '../../scripts/embedded-model/corpus/names.ts'
import { openSandbox } from '../../src/index.ts'
import { digestFile } from '../../src/model/llama-runtime.ts'
import { openLlama } from '../../src/model/llama.ts'
import { Judge } from '../embedded/outcome.ts'
import { report } from './report.ts'
import { type Solved, solve, ways } from './solve.ts'
import { compositeTasks } from './task.ts'

const page = resolve(import.meta.dirname, '../../docs/benchmarks.md')
const begin = '<!-- codechain: written by bench/codechain/main.ts -->'
const end = '<!-- end of codechain -->'

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
const folder = option('tasks')
if (folder === undefined) throw new Error('say where the tasks are: --tasks=FOLDER')
const path = resolve(option('model') ?? join(import.meta.dirname, '../../models/embedded.gguf'))
const [count, tokens, samples, seeds] = [Number(option('count') ?? 16), Number(option('tokens') ?? 12_000), Number(option('samples') ?? 10), Number(option('seeds') ?? 1)]
const split: Split = option('split') === 'held-out' ? 'held-out' : 'train'

const sandbox = await openSandbox()
const model = await openLlama({ path })
try {
  const judge = new Judge(sandbox)
  const tasks = await compositeTasks({ folder, count, seed: 31, split, sandbox })
  const solved: Solved[] = []
  for (const task of tasks) {
    for (let seed = 1; seed <= seeds; seed++) solved.push(await solve(task, { model, sandbox, judge, tokens, samples, seed }))
    process.stderr.write(`${task.id}: ${ways.map((way) => `${way} ${solved.slice(-seeds).map(({ by }) => (by[way].good ? 'right' : by[way].possible ? 'missed' : '-')).join(' ')}`).join(', ')}\n`)
  }
  const lines = [begin, '', '## CodeChain', '', ...report(solved, { tokens, samples, split, weights: await digestFile(path) }), '', '`node bench/codechain/main.ts --tasks=FOLDER --write` measures this again.', '', end]
  console.log(lines.join('\n'))
  if (process.argv.includes('--write')) writeFileSync(page, replaced(readFileSync(page, 'utf8'), lines.join('\n')))
} finally {
  await model.close()
  await sandbox.close()
}

/** The page with its part of before replaced, or with the part behind it. */
function replaced(text: string, part: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  return from === -1 || to === -1 ? `${text.trimEnd()}\n\n${part}\n` : text.slice(0, from) + part + text.slice(to + end.length)
}
