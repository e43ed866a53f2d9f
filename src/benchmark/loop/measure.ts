import { type Candidate, contentDigest } from '../../records/candidate.ts'
import { type Digest, digestRecord } from '../../records/digest.ts'
import type { Configuration } from '../../config.ts'
import { mean } from '../statistics.ts'
import { type Answer, answer, type AnswerOptions } from './answer.ts'
import { type Judgement, judgeProgram, type JudgeOptions } from './judge.ts'
import type { LoopTask } from './task-folder.ts'
import type { Result, Unit } from './unit.ts'

/** The model's plain answer, whatever is wrong with it: what every strategy is compared with. */
export const direct = 'direct'

export interface Way {
  name: string
  /** Its strategy is in it. */
  configuration: Configuration
}

export interface MeasureOptions extends Omit<AnswerOptions, 'configuration'> {
  tasks: readonly LoopTask[]
  ways: readonly Way[]
  seeds: readonly number[]
  /** Versions of the model, as far as it says. */
  versions: Readonly<Record<string, string>>
  /** Units that are there already. */
  done: readonly Unit[]
  onUnit: (unit: Unit) => void
}

interface Planned {
  task: LoopTask
  request: LoopTask['requests'][0]
  way: Way
  key: Digest
  seed: number
}

/** Every unit in the order in which it is measured: all tasks with one seed before the next seed, so that what is cut short is still about all tasks. */
export function plan({ tasks, ways, seeds, versions, models }: Pick<MeasureOptions, 'tasks' | 'ways' | 'seeds' | 'versions' | 'models'>): Planned[] {
  const model = { coder: `${models.coder.driver}/${models.coder.name}`, reviewer: models.reviewer === undefined ? null : `${models.reviewer.driver}/${models.reviewer.name}`, versions }
  return seeds.flatMap((seed, at) =>
    tasks.flatMap((task) =>
      ways.map((way) => {
        const configuration = { ...way.configuration, seed }
        const { store: _, ...deciding } = configuration
        const request = task.requests[at % task.requests.length] ?? task.requests[0]
        return { task, request, seed, way: { ...way, configuration }, key: digestRecord({ task: task.digest, request, way: way.name, model, configuration: deciding }) }
      }),
    ),
  )
}

/** Measures what is not known yet, one unit after the other, for they share two cores and are timed. */
export async function measure(options: MeasureOptions): Promise<Unit[]> {
  const known = new Map(options.done.map((unit) => [unit.key, unit]))
  const units: Unit[] = []
  for (const planned of plan(options)) {
    options.signal?.throwIfAborted()
    const unit = known.get(planned.key) ?? (await measureUnit(planned, options))
    units.push(unit)
    options.onUnit(unit)
  }
  return units
}

async function measureUnit({ task, request, way, key, seed }: Planned, options: MeasureOptions): Promise<Unit> {
  const given = await answer(request, { ...options, configuration: way.configuration })
  const judge = judgeIn(task, { sandbox: options.sandbox, limits: way.configuration.sandbox.limits, signal: options.signal })
  const result = await resultOf(given, { isDirect: way.name === direct, judge })
  const controls = way.name === direct || given.drawn.length === 0 ? {} : { controls: await controlsOf(given.drawn, judge) }
  return { key, task: task.name, way: way.name, seed, result, ...controls }
}

type Judge = (program: Candidate) => Promise<Judgement>

/** Programs with the same text are judged once. */
function judgeIn(task: LoopTask, options: JudgeOptions): Judge {
  const judged = new Map<Digest, Promise<Judgement>>()
  return async (program) => {
    const digest = contentDigest(program)
    const judgement = judged.get(digest) ?? judgeProgram(task, program, options)
    judged.set(digest, judgement)
    return await judgement
  }
}

async function resultOf({ drawn, chosen, abstained, cost }: Answer, { isDirect, judge }: { isDirect: boolean; judge: Judge }): Promise<Result> {
  const delivered = isDirect ? drawn.find(({ id }) => id === direct) : chosen
  if (delivered === undefined) return { correct: 0, secure: 0, both: 0, abstained: abstained ?? 'no program', cost }
  return { ...shareOf([await judge(delivered)]), cost }
}

async function controlsOf(drawn: readonly Candidate[], judge: Judge): Promise<NonNullable<Unit['controls']>> {
  const most = Math.max(...drawn.map(lengthOf))
  const judgeAll = async (programs: readonly Candidate[]) => {
    const judgements: Judgement[] = []
    for (const program of programs) judgements.push(await judge(program))
    return shareOf(judgements)
  }
  return { longest: await judgeAll(drawn.filter((program) => lengthOf(program) === most)), random: await judgeAll(drawn) }
}

function lengthOf({ files }: Candidate): number {
  return files[0]?.content.length ?? 0
}

function shareOf(judgements: readonly Judgement[]): Result {
  const share = (holds: (judgement: Judgement) => boolean) => mean(judgements.map((judgement) => (holds(judgement) ? 1 : 0)))
  const unknown = judgements.find((judgement) => judgement.unknown !== undefined)?.unknown
  return {
    correct: share(({ correct }) => correct),
    secure: share(({ secure }) => secure),
    both: share(({ correct, secure }) => correct && secure),
    ...(unknown !== undefined && { unknown }),
  }
}
