import { setImmediate } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { CountersignError, exitCodes } from '../../errors.ts'
import { lineIdentity, readRun, type RecordedRun, type RunSummary, Store, type TrainingFormat, trainingFormats, trainingLines } from '../../index.ts'
import { canonicalJson, type Digest } from '../../records/digest.ts'
import { interruptible } from './interruption.ts'
import { LineFile } from './line-file.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { type Output, openOutput, write } from './output.ts'
import { endingOf } from './runs.ts'
import { oneLine } from './text.ts'
import { secretsIn } from './writers.ts'

interface ExportOptions extends SettingOptions {
  all?: boolean
  format: TrainingFormat
  chat?: boolean
  out?: string
  quiet?: boolean
}

export function addExport(program: Command): void {
  addSettings(program.command('export'), ['store'])
    .summary('what runs give for training: preference pairs, or verified solutions')
    .description(
      'Writes JSON lines for fine-tuning. dpo: a prompt with a chosen and a rejected program, and what was seen that separates the two: a failed test, a weakness below the floor, a revision with its fate. sft: programs that were chosen, are clear of the security floor and passed every test that somebody vouches for. What looks like a secret is replaced; each line says where it comes from.',
    )
    .argument('[run]', 'its id, the start of its id, or latest')
    .option('--all', 'every run of the store, the oldest first; what cannot be read is named and left out')
    .addOption(new Option('--format <format>', 'preference pairs or verified solutions').choices(trainingFormats).makeOptionMandatory())
    .option('--chat', 'messages with roles instead of plain texts')
    .option('-o, --out <file>', 'write there, whole or not at all, instead of to standard output')
    .option('--quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      `
Exit codes: 0 something was exported; 5 there was nothing to export (no file is made); 4 a run's record is damaged (the rest is exported all
the same); 2 wrong input.

Examples:
  countersign export latest --format dpo
  countersign export --all --format dpo --chat --out pairs.jsonl
  countersign export --all --format sft --out solutions.jsonl`,
    )
    .action(exportRuns)
}

/** What an export came to. */
interface Tally {
  lines: number
  giving: number
  duplicates: number
  nothing: number
  unreadable: number
  damaged: number
}

async function exportRuns(name: string | undefined, options: ExportOptions): Promise<void> {
  const output = openOutput({ quiet: options.quiet, machine: true })
  if (name === undefined && options.all !== true) throw new CountersignError('INPUT_INVALID', 'name a run, or give --all for every run of the store')
  if (name !== undefined && options.all === true) throw new CountersignError('INPUT_INVALID', 'name a run or --all, not both')
  const store = Store.open(configurationFor(options).configuration.store.folder)
  const file = options.out === undefined ? undefined : new LineFile(options.out)
  try {
    const runs = name === undefined ? store.list().toReversed() : [store.find(name)]
    const tally = await interruptible(async (signal) => await eachRun(runs, { store, options, output, signal, onLine: (line) => (file === undefined ? write(1, line) : file.add(line)) }))
    if (tally.lines > 0) file?.finish()
    report(tally, { runs: runs.length, options, output })
    process.exitCode = tally.damaged > 0 ? exitCodes.evidence : tally.lines === 0 ? exitCodes.abstained : exitCodes.done
  } finally {
    file?.discard()
    store.close()
  }
}

interface Exporting {
  store: Store
  options: ExportOptions
  output: Output
  signal: AbortSignal
  onLine: (line: string) => void
}

/** One run after the other, so that no more than one is in memory; of what was written only digests are kept. */
async function eachRun(runs: readonly RunSummary[], { store, options, output, signal, onLine }: Exporting): Promise<Tally> {
  const tally: Tally = { lines: 0, giving: 0, duplicates: 0, nothing: 0, unreadable: 0, damaged: 0 }
  const written = new Set<Digest>()
  const secrets = secretsIn(process.env)
  for (const summary of runs) {
    // Lets an interruption be heard.
    await setImmediate()
    signal.throwIfAborted()
    const run = readable(summary, { store, all: options.all === true, output, tally })
    if (run === undefined) continue
    const lines = trainingLines(run, { format: options.format, chat: options.chat === true, secrets })
    const fresh = lines.filter((line) => isNew(written, lineIdentity(line)))
    for (const line of fresh) onLine(`${canonicalJson(line)}\n`)
    tally.lines += fresh.length
    tally.duplicates += lines.length - fresh.length
    if (lines.length === 0) tally.nothing += 1
    else tally.giving += 1
    if (run.ending?.stop !== 'finished' && lines.length > 0) output.say(`run ${run.id} is ${endingOf(run)}: what was seen of whole programs is exported`)
  }
  return tally
}

function isNew(seen: Set<Digest>, digest: Digest): boolean {
  if (seen.has(digest)) return false
  seen.add(digest)
  return true
}

/** A run that is asked for alone must be readable; of many, one that is not is named and left out. */
function readable(summary: RunSummary, { store, all, output, tally }: { store: Store; all: boolean; output: Output; tally: Tally }): RecordedRun | undefined {
  try {
    return readRun(store, summary.id)
  } catch (error) {
    if (!all || !(error instanceof CountersignError)) throw error
    tally[isWhole(store, summary) ? 'unreadable' : 'damaged'] += 1
    output.say(`left out: ${oneLine(error.message)}`)
    return undefined
  }
}

/** Whether every record is as it was written: then it is only of another version. */
function isWhole(store: Store, { id }: RunSummary): boolean {
  try {
    store.read(id)
    return true
  } catch {
    return false
  }
}

const nouns = { dpo: ['preference pair', 'preference pairs'], sft: ['verified solution', 'verified solutions'] } as const
const bars = {
  dpo: 'a pair needs a sound program, and one that failed a test that somebody vouches for, has a weakness below the floor, or is the other side of a revision',
  sft: 'a solution is chosen, clear of the floor, and passed every test of the task or of yours, of which there is at least one',
} as const

function report({ lines, giving, duplicates, nothing, unreadable, damaged }: Tally, { runs, options, output }: { runs: number; options: ExportOptions; output: Output }): void {
  const noun = nouns[options.format][lines === 1 ? 0 : 1]
  const notes = [
    ...(duplicates > 0 ? [`${duplicates} that were there already left out`] : []),
    ...(nothing > 0 ? [`nothing from ${counted(nothing)}`] : []),
    ...(unreadable > 0 ? [`${counted(unreadable)} of another version left out`] : []),
    ...(damaged > 0 ? [`${damaged} damaged ${damaged === 1 ? 'run' : 'runs'} left out`] : []),
  ]
  output.say(`${lines} ${noun} from ${giving} of ${counted(runs)}${notes.map((note) => `; ${note}`).join('')}`)
  if (lines === 0) output.say(`nothing to export${options.out === undefined ? '' : `, so ${oneLine(options.out)} was not written`}: ${bars[options.format]}`)
}

function counted(runs: number): string {
  return runs === 1 ? '1 run' : `${runs} runs`
}
