import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import { CountersignError } from '../../errors.ts'
import { type BenchReport, benchmark, controls, openSandbox, readPool, type Strategy, strategiesAtHand } from '../../index.ts'
import type { ConfigurationInForce } from '../configuration.ts'
import { chosenStrategy } from '../strategy-choice.ts'
import { addBenchLoop } from './bench-loop.ts'
import { interruptible } from './interruption.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { openOutput } from './output.ts'
import { ProgressLine } from './progress-line.ts'
import { table } from './text.ts'

interface BenchOptions extends SettingOptions {
  verdicts?: string
  limit?: number
  rejudge?: boolean
  json?: boolean
  quiet?: boolean
}

export function addBench(program: Command): void {
  const command = program
    .command('bench')
    .summary('measure strategies on a recorded pool')
    .description(
      'Lets every strategy choose for every task of a pool of recorded candidates, and only then reads the verdicts: pass@1 with 95 % bootstrap intervals, the share of the gap to the oracle closed, and the precision at 50, 80 and 100 % coverage.',
    )
    .argument('<pool>', 'tasks with their candidates, .jsonl or .jsonl.gz')
    .option('--verdicts <file>', 'what hidden tests said of each candidate, in the order of the pool')
    .option('--rejudge', 'run each candidate with its hidden test as well, and compare')
    .option('--limit <count>', 'the first so many tasks', positive)
    .option('--json', 'one JSON document')
    .option('--quiet', 'say nothing but errors')
  addSettings(command, ['strategy', 'seed', 'inputs', 'sandbox', 'concurrency'])
    .addHelpText(
      'after',
      `
--strategy takes several, with commas; without it all that come with Countersign are measured and differ in what they look at (with --rejudge
only the controls, which run nothing). No model is asked, so that rounds, likelihood and distinctions have no part in it.

Examples:
  countersign bench humaneval.pool.jsonl.gz --verdicts humaneval.verdicts.jsonl.gz
  countersign bench a.pool.jsonl --verdicts a.verdicts.jsonl --strategy hybrid,tests --limit 10 --json
  countersign bench a.pool.jsonl --verdicts a.verdicts.jsonl --rejudge --strategy hybrid`,
    )
    .action(measure)
  addBenchLoop(command)
}

async function measure(path: string, { strategy, verdicts, ...options }: BenchOptions): Promise<void> {
  // Not by commander: the commands below this one would need it too.
  if (verdicts === undefined) throw new CountersignError('INPUT_INVALID', 'name the file that says how the candidates did: --verdicts FILE')
  const output = openOutput({ quiet: options.quiet, machine: options.json })
  const { configuration, origins } = configurationFor(options)
  const chosen = strategy === undefined ? usual(options) : strategy.split(',').flatMap((name) => named(name.trim(), { configuration, origins }))
  const pool = readPool(path, options.limit)
  // Not opened yet, only looked for: nobody wants to hear of it after the whole pool has run.
  if (!existsSync(verdicts)) throw new CountersignError('INPUT_INVALID', `there is no file ${verdicts}`)
  const concurrency = configuration.concurrency === 'auto' ? availableParallelism() : configuration.concurrency
  const progress = new ProgressLine(output)
  const sandbox = await openSandbox({ driver: configuration.sandbox.driver, concurrency })
  try {
    const report = await interruptible((signal) =>
      benchmark({
        pool,
        verdicts,
        strategies: chosen,
        sandbox,
        configuration,
        concurrency,
        rejudge: options.rejudge,
        signal,
        onProgress: (at) => progress.update(at),
      }),
    )
    progress.close()
    if (options.json === true) output.document(report)
    else output.answer(render(report))
  } finally {
    progress.close()
    await sandbox.close()
  }
}

/** A control is measured in any case. */
function named(name: string, { configuration, origins }: ConfigurationInForce): Strategy[] {
  return controls.has(name) ? [] : [chosenStrategy({ configuration: { ...configuration, strategy: name }, origins })]
}

/** Of strategies that look at the same in the same candidates the first. */
function usual({ rejudge }: { rejudge?: boolean }): Strategy[] {
  const all = rejudge === true ? [] : strategiesAtHand().map(({ strategy }) => strategy)
  return [...new Map(all.toReversed().map((strategy) => [JSON.stringify([strategy.evidence, strategy.sampling.samples]), strategy])).values()].toReversed()
}

function positive(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.')
  return Number(text)
}

function render({ pool, tasks, candidates, strategies, executions, elapsedMs, rejudge }: BenchReport): string {
  const secure = Object.values(strategies).some((result) => result.secure !== undefined)
  const head = ['strategy', 'pass@1', '95 %', 'functional', ...(secure ? ['secure'] : []), 'gap closed', 'abstained', 'at 50 %', 'at 80 %', 'at 100 %']
  const rows = Object.entries(strategies).map(([name, result]) => rowOf(name, result, secure))
  const again = rejudge === undefined ? '' : `rejudged: agreement ${(rejudge.agreement * 100).toFixed(2)} %, ${rejudge.disagreements.length} disagreements\n`
  const drawn = Object.entries(strategies).flatMap(([name, result]) => drawnLine(name, result))
  return `${pool}: ${tasks} tasks, ${candidates} candidates, ${executions} executions in ${(elapsedMs / 1000).toFixed(1)} s\n\n${table([head, ...rows])}${drawn.join('')}${again}`
}

function drawnLine(name: string, { examined, difference }: BenchReport['strategies'][string]): string[] {
  if (examined === undefined || difference === undefined) return []
  const { mean, low, high } = difference
  return [`${name}: ${examined.candidates} candidates looked at, ${(examined.saved * 100).toFixed(1)} % saved; pass@1 ${signed(mean)} (${signed(low)} to ${signed(high)}) against looking at all\n`]
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(3)}`
}

function rowOf(name: string, result: BenchReport['strategies'][string], secure: boolean): string[] {
  const { passAt1, low, high, functional, gapClosed, abstained, precisionAt } = result
  const at = [precisionAt['0.5'], precisionAt['0.8'], precisionAt['1']].map(share)
  const safe = secure ? [result.secure === undefined ? '' : share(result.secure)] : []
  return [name, share(passAt1), `${share(low)} - ${share(high)}`, share(functional), ...safe, gapClosed === null ? '' : share(gapClosed), String(abstained), ...at]
}

function share(value: number): string {
  return value.toFixed(3)
}
