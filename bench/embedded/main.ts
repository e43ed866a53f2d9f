// What the embedded model can do and cannot, through the product's own pipeline; writes its part of docs/benchmarks.md:
// `main.ts --tasks=FOLDER [--model=models/embedded.gguf] [--count=40] [--revisions=40] [--write] [--why]`. FOLDER is what scripts/embedded-model/corpus/main.ts wrote.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defaults, openSandbox } from '../../src/index.ts'
import { openEmbedded } from '../../src/model/embedded.ts'
import { digestFile, loadLlama } from '../../src/model/llama-runtime.ts'
import { openLlama } from '../../src/model/llama.ts'
import { chosenSound } from './choosers.ts'
import type { Cost } from './cost.ts'
import { type Instruments, measure, samplesOfTask, trainingSkeletons } from './measure.ts'
import { isSound, Judge } from './outcome.ts'
import { report } from './report.ts'
import type { Solved } from './solve.ts'
import { readTasks } from './task.ts'

const page = resolve(import.meta.dirname, '../../docs/benchmarks.md')
const begin = '<!-- embedded: written by bench/embedded/main.ts -->'
const end = '<!-- end of embedded -->'

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
const folder = option('tasks')
if (folder === undefined) throw new Error('say where the tasks are: --tasks=FOLDER')
const path = resolve(option('model') ?? join(import.meta.dirname, '../../models/embedded.gguf'))
const count = Number(option('count') ?? 40)
const revisions = Number(option('revisions') ?? 40)

const sandbox = await openSandbox()
// The embedded one as users have it, with what says how far from it a task is.
const model = option('model') === undefined ? await openEmbedded() : await openLlama({ path })
const runtime = await loadLlama({ path })
try {
  const instruments: Instruments = { model, runtime, judge: new Judge(sandbox), sandbox, count, revisions, skeletons: await trainingSkeletons(join(folder, 'corpus.jsonl')) }
  const familiar = await measure(readTasks(folder, 'train'), instruments)
  const heldOut = await measure(readTasks(folder, 'held-out'), instruments)
  if (process.argv.includes('--why')) tellFailures([...familiar.solved, ...heldOut.solved])
  // The second start finds compiled what the first one left, as the command's does.
  const [, cost] = [1, 2].map(() => JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'cost.ts'), path], { encoding: 'utf8' })) as Cost)
  if (cost === undefined) throw new Error('nothing was measured')
  const lines = [
    begin,
    '',
    '## The embedded model',
    '',
    `${count} tasks and ${revisions} revisions of each kind, ${samplesOfTask} candidates a task at temperature 0.8, top-p ${defaults.generate.topP} and min-p ${defaults.generate.minP}; weights ${await digestFile(path)}.`,
    'Familiar: sentences of training around names that training never saw. Held out: sentences that training never saw either. The user gives one test; the judge has the others, the exploits and the analyser.',
    'Many phrases of training were written by somebody who had the held-out ones before them; none is the same, and some are near.',
    'Revisions are asked for as `indict` asks this model: for the function that the finding is in, which is then put back into the program; two rows tell what comes of showing it the whole program.',
    'The model is a demonstration and a test instrument: what helps here shows that the code is right, and nothing about other models.',
    '',
    ...report({ familiar, heldOut, cost }),
    '',
    '`node bench/embedded/main.ts --tasks=FOLDER --write` measures this again.',
    '',
    end,
  ]
  console.log(lines.join('\n'))
  if (process.argv.includes('--write')) writeFileSync(page, replaced(readFileSync(page, 'utf8'), lines.join('\n')))
} finally {
  await runtime.close()
  await model.close()
  await sandbox.close()
}

/** What came of each task for which no sound program was chosen. */
function tellFailures(solved: readonly Solved[]): void {
  for (const one of solved.filter((each) => !chosenSound(each))) {
    const sound = one.samples.filter(({ outcome }) => isSound(outcome)).length
    console.error(`${one.task.id}: ${one.reason === undefined ? 'an unsound program was chosen' : `abstained, ${one.reason}`}; ${sound} of ${samplesOfTask} samples are sound`)
  }
}

/** The page with its part of before replaced, or with the part behind it. */
function replaced(text: string, part: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  return from === -1 || to === -1 ? `${text.trimEnd()}\n\n${part}\n` : text.slice(0, from) + part + text.slice(to + end.length)
}
