import { type Command, InvalidArgumentError } from 'commander'
import { CountersignError } from '../../errors.ts'
import { checkReferences, type Configuration, direct, embedByModel, listPrices, loadSyntax, type LoopReport, measure, type LoopTask, openSandbox, parseLimits, plan, readLoopTasks, reportOn, ResultsFile, strategyIn, strategyNamed, type Unit, type Way, withStrategy } from '../../index.ts'
import type { ConfigurationInForce } from '../configuration.ts'
import { withChosenStrategy } from '../strategy-choice.ts'
import { interruptible } from './interruption.ts'
import { type SettingOptions, addSettings, collect, configurationFor, withLeave } from './options.ts'
import { type Output, openOutput, write } from './output.ts'
import { ProgressLine } from './progress-line.ts'
import { table } from './text.ts'
import { closeWriters, guarded, type OpenedWriters, openWriters } from './writers.ts'

interface LoopOptions extends SettingOptions {
  tasks: string
  task?: string[]
  seeds: number
  results?: string
  allowAgentModel?: boolean
  json?: boolean
  quiet?: boolean
}

export function addBenchLoop(bench: Command): void {
  const command = bench
    .command('loop')
    .summary('measure whether the methods give programs that are correct and secure')
    .description(
      'Has a model answer every task of a folder by every strategy, runs what comes of it with functional tests and an executed exploit that nothing measured ever sees, and compares each strategy with the direct answer on the same task and seed.',
    )
    .requiredOption('--tasks <folder>', 'a folder with a folder for each task')
    .option('--task <name>', 'this task alone (repeatable)', collect)
    .option('--seeds <count>', 'runs of each task, with as many seeds from --seed on', positive, 1)
    .option('--results <file>', 'keep each result there as it comes, and go on from what is there')
    .option('--allow-agent-model', 'a program whose tools are not known to be switched off may be asked')
    .option('--json', 'one JSON document')
    .option('--quiet', 'say nothing but errors')
  addSettings(command, ['model', 'reviewer', 'samples', 'temperature', 'budget', 'strategy', 'seed', 'inputs', 'sandbox', 'concurrency', 'store', 'models'])
    .addHelpText(
      'after',
      `
--strategy takes several, with commas. The direct answer is always measured; --budget bounds each answer. What cannot be found out of a program, and
what is not delivered, counts as neither correct nor secure. Intervals are 95 %, over tasks: seeds of one task are no further tasks. A task must judge its
own references as what they are before anything is measured with it.

Exit codes: 0 measured; 2 wrong input, or a task folder that lacks something or misjudges its references; 3 a model, a sandbox, or interrupted: what was
measured by then is printed (--json: the same document with "complete": false), and --results keeps it.

Examples:
  countersign bench loop --tasks bench/tasks --model embedded --strategy hybrid --samples 8 --seeds 5
  countersign bench loop --tasks bench/tasks --model MODEL --strategy hybrid,indict --results loop.jsonl --json
  countersign bench loop --tasks bench/tasks --task read-document --model MODEL`,
    )
    .action(measureLoop)
}

// What an option says is also one of the command above, where it is given after both names.
async function measureLoop(own: LoopOptions, command: Command): Promise<void> {
  const options: LoopOptions = { ...command.optsWithGlobals<LoopOptions>(), ...own }
  const output = openOutput({ quiet: options.quiet, machine: options.json })
  const { strategy, ...others } = options
  const names = (strategy ?? 'hybrid').split(',').map((name) => name.trim())
  const inForce = configurationFor(withLeave(others))
  const { configuration } = inForce
  const ways = waysFor(names, inForce)
  const tasks = tasksFor(options)
  const file = options.results === undefined ? undefined : new ResultsFile(options.results)
  const speaking = ways.find(({ configuration }) => strategyIn(configuration).rounds.kind === 'indict') ?? ways[0]
  const writers = await openWriters({ ...inForce, ...(speaking && { configuration: speaking.configuration }) }, {})
  try {
    // A table that is not whole goes where nobody takes it for the answer; the document says itself that it is incomplete.
    const partly = (report: LoopReport) => (options.json === true ? output.document(report) : write(2, `${render(report)}\n`))
    const looping = { configuration, ways, tasks, file, writers, seeds: Array.from({ length: options.seeds }, (_, at) => configuration.seed + at), output, partly }
    const report = await loop(looping)
    if (options.json === true) output.document(report)
    else output.answer(render(report))
  } finally {
    await closeWriters(writers)
  }
}

interface Looping {
  configuration: Configuration
  ways: readonly Way[]
  tasks: readonly LoopTask[]
  seeds: readonly number[]
  file: ResultsFile | undefined
  writers: OpenedWriters
  output: Output
  /** Tells what was measured before it came to an end too early. */
  partly: (report: LoopReport) => void
}

async function loop({ configuration, ways, tasks, seeds, file, writers, output, partly }: Looping): Promise<LoopReport> {
  const { embedder, ...writing } = guarded(writers, { sink: () => undefined, onRedacted: () => undefined })
  const models = { ...writing, ...(embedder && { embedder: embedByModel(embedder) }) }
  const versions = await models.coder.versions({})
  const about = { model: `${models.coder.driver}/${models.coder.name}`, versions, tasks: tasks.map(({ name }) => name), seeds: [...seeds], samples: configuration.generate.samples }
  const planned = plan({ tasks, ways, seeds, versions, models })
  const known = new Set(file?.units.map(({ key }) => key))
  const fresh = new Set(planned.filter(({ key }) => !known.has(key)).map(({ task }) => task))
  const progress = new ProgressLine(output)
  const sandbox = await openSandbox({ driver: configuration.sandbox.driver, ...(configuration.concurrency === 'auto' ? {} : { concurrency: configuration.concurrency }) })
  const units: Unit[] = []
  try {
    await Promise.all([sandbox.prove(), loadSyntax()])
    await interruptible(async (signal) => {
      progress.update({ doing: 'checking the tasks by their references', done: 0 })
      await checkReferences([...fresh], { sandbox, limits: configuration.sandbox.limits, signal })
      await measure({
        tasks,
        ways,
        seeds,
        versions,
        models,
        sandbox,
        signal,
        limits: parseLimits(configuration.generate.budget),
        prices: [...configuration.models.prices, ...listPrices],
        known: [],
        done: file?.units ?? [],
        onUnit: (unit) => {
          units.push(unit)
          file?.add(unit)
          progress.update({ doing: 'measuring', done: units.length, total: planned.length })
        },
      })
    })
    return reportOn(units, { ...about, complete: true })
  } catch (error) {
    progress.close()
    // What was measured until then was paid for.
    if (units.length > 0) partly(reportOn(units, { ...about, complete: false }))
    throw error
  } finally {
    progress.close()
    await sandbox.close()
  }
}

/** The direct answer, whatever anybody would say of it, and the strategies. */
function waysFor(names: readonly string[], inForce: ConfigurationInForce): Way[] {
  const plain = withStrategy({ ...inForce.configuration, strategy: strategyNamed(direct) })
  const others = [...new Set(names)].filter((name) => name !== direct)
  return [
    { name: direct, configuration: { ...plain, generate: { ...plain.generate, samples: 0, tests: 0 } } },
    ...others.map((name) => wayOf(name, inForce)),
  ]
}

function wayOf(name: string, { configuration, origins }: ConfigurationInForce): Way {
  const chosen = withChosenStrategy({ configuration: { ...configuration, strategy: name }, origins })
  return { name: strategyIn(chosen.configuration).name, configuration: chosen.configuration }
}

function tasksFor({ tasks: folder, task: names }: LoopOptions): LoopTask[] {
  const tasks = readLoopTasks(folder)
  const unknown = names?.find((wanted) => !tasks.some(({ name }) => name === wanted))
  if (unknown !== undefined) throw new CountersignError('INPUT_INVALID', `${folder} has no task ${unknown}; it has ${tasks.map(({ name }) => name).join(', ')}`)
  return names === undefined ? tasks : tasks.filter(({ name }) => names.includes(name))
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.')
  return Number(text)
}

function render({ model, tasks, seeds, samples, complete, ways }: LoopReport): string {
  const measured = Math.max(...Object.values(ways).map(({ units }) => units))
  const head = ['answered by', 'correct', 'secure', 'both', '95 %', 'to direct', '95 %', 'abstained', 'tokens', 'calls', 'seconds']
  const rows = Object.entries(ways).map(([name, result]) => rowOf(name, result))
  const unknown = Object.entries(ways).flatMap(([name, { unknown }]) => (unknown > 0 ? [`${unknown} of ${name}`] : []))
  const notes = [
    ...(complete ? [] : [`incomplete: at most ${measured} of ${tasks.length * seeds.length} runs of each were measured\n`]),
    ...(unknown.length === 0 ? [] : [`not found out, and counted as neither: ${unknown.join(', ')}\n`]),
  ]
  return `${model}: ${counted(tasks.length, 'task')} x ${counted(seeds.length, 'seed')}, ${counted(samples, 'sample')} beside the direct answer; intervals over tasks\n\n${table([head, ...rows])}${notes.join('')}`
}

function rowOf(name: string, { correct, secure, both, bothInterval, toDirect, abstained, cost }: LoopReport['ways'][string]): string[] {
  const compared = toDirect === null ? ['', ''] : [signed(toDirect.difference), rangeOf(toDirect.interval, signed)]
  const spent = cost === null ? ['-', '-', '-'] : [cost.tokens.toFixed(0), cost.calls.toFixed(1), cost.seconds.toFixed(1)]
  return [name, share(correct), share(secure), share(both), rangeOf(bothInterval), ...compared, String(abstained), ...spent]
}

function rangeOf(interval: { low: number; high: number } | null, show = share): string {
  return interval === null ? 'too few tasks' : `${show(interval.low)} to ${show(interval.high)}`
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

function share(value: number): string {
  return value.toFixed(3)
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`
}
