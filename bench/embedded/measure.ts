import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Document } from '../../scripts/embedded-model/corpus/document.ts'
import type { LlamaRuntime } from '../../src/model/llama-runtime.ts'
import type { Model, Sandbox } from '../../src/ports.ts'
import { choosers, soundShare, type Weighed } from './choosers.ts'
import { likelihoodsOf } from './likelihood.ts'
import type { Judge } from './outcome.ts'
import { type Recognised, recognise } from './reverse.ts'
import { type Revisable, type Revised, revise } from './revise.ts'
import { skeletonOf } from './skeleton.ts'
import { solve, type Solved } from './solve.ts'
import type { EvaluationTask } from './task.ts'

export const samplesOfTask = 20

/** Everything that is measured of one split. */
export interface Measured {
  solved: Solved[]
  verbatim: number
  revised: Revised[]
  recognised: Recognised[]
  /** How often each way to choose chose a sound program. */
  chosenBy: Map<string, number>
}

/** The programs of training, without their names. */
export async function trainingSkeletons(corpus: string): Promise<Set<string>> {
  const skeletons = new Set<string>()
  const texts = new Set<string>()
  for await (const line of createInterface(createReadStream(corpus))) {
    const { language, sections } = JSON.parse(line) as Document
    for (const [tag, text] of sections) {
      if ((tag !== 'code' && tag !== 'fix') || texts.has(text)) continue
      texts.add(text)
      skeletons.add(skeletonOf(language, text))
    }
  }
  return skeletons
}

export interface Instruments {
  model: Model
  runtime: LlamaRuntime
  judge: Judge
  sandbox: Sandbox
  /** The programs of training, without their names. */
  skeletons: ReadonlySet<string>
  /** Tasks that are solved. */
  count: number
  /** Programs that are revised. */
  revisions: number
}

export async function measure(tasks: readonly EvaluationTask[], { model, runtime, judge, sandbox, skeletons, count, revisions }: Instruments): Promise<Measured> {
  const solved = await inGroups(tasks.slice(0, count), async (task) => await solve(task, { model, sandbox, judge, samples: samplesOfTask }))
  const samples = solved.flatMap(({ task, samples }) => samples.map(({ program }) => skeletonOf(task.language, program)))
  const revisable = tasks.filter((task): task is Revisable => task.revision !== undefined).slice(0, revisions)
  const revised = await inGroups(revisable, async (task) => {
    const foreign = revisable.findLast(({ family, language }) => family !== task.family && language === task.language)
    return await revise(task, foreign?.revision.finding ?? '', { model, judge })
  })
  const recognised: Measured['recognised'] = []
  for (const [index, task] of tasks.entries()) recognised.push(await recognise(task, tasks, { runtime, seed: index }))
  return { solved, verbatim: share(samples, (skeleton) => skeletons.has(skeleton)), revised, recognised, chosenBy: await choosing(solved, runtime) }
}

const atOnce = 4

/** In the order that was given, several at once: the sandboxes are what takes time. */
async function inGroups<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))))
    process.stderr.write('.')
  }
  return results
}

async function choosing(solved: readonly Solved[], runtime: LlamaRuntime): Promise<Map<string, number>> {
  const weighed: Weighed[][] = []
  for (const { task, samples } of solved) {
    const all: Weighed[] = []
    for (const sample of samples) all.push({ ...sample, likelihoods: await likelihoodsOf(runtime, task, sample.program) })
    weighed.push(all)
  }
  return new Map([...choosers].map(([name, measureOf]) => [name, mean(weighed.map((samples) => soundShare(samples, measureOf)))]))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length / items.length
}
