import type { Command } from 'commander'
import { CountersignError, exitCodes } from '../../errors.ts'
import { ChangedFile } from '../../records/candidate.ts'
import { placeAt, readCandidates } from './candidates.ts'
import { deliver, type DeliveryOptions } from './delivery.ts'
import { readLanguage } from './language.ts'
import { withChosenStrategy } from '../strategy-choice.ts'
import { type SettingOptions, addSettings, collect, configurationFor, withLeave } from './options.ts'
import { openOutput } from './output.ts'
import { runSelection } from './selection.ts'
import { type TaskOptions, taskRequest } from './task.ts'
import { renderVerdict } from './verdict-report.ts'
import { closeWriters, openWriters } from './writers.ts'

interface SelectOptions extends SettingOptions, TaskOptions, DeliveryOptions {
  lang?: string
  allowAgentModel?: boolean
  as?: string
  quiet?: boolean
}

export function addSelect(program: Command): void {
  const command = program
    .command('select')
    .summary('choose one program out of many')
    .description(
      'Runs candidate programs in a sandbox, compares how they behave, and prints the one it chose on standard output, and nothing else there. Candidates are files, folders (each entry is one candidate), JSON lines {"id"?, "code" | "files", "model"?}, or - for standard input.',
    )
    .argument('[candidates...]', 'files, folders, .jsonl files, or - for standard input')
    .requiredOption('--task <file or text>', 'what the program must do')
    .option('--lang <language>', 'python, javascript or typescript (told by the files where they have endings)')
    .option('--entry <name>', 'the function that the tests call (told by the task and the candidates where it can be)')
    .option('--tests <file>', 'assertions or a test file (repeatable)', collect)
    .option('--test-command <command>', 'a command of the project that runs the tests given')
    .option('--prompt <file or text>', 'the beginning of the program, where candidates continue it')
    .option('--as <path>', 'where a candidate of one file lies, for test files that import it (told by -o where that is a relative path)')
    .option('--project <folder>', 'mounts its node_modules or virtual environment read-only')
    .option('-o, --output <path>', 'write the chosen program there instead of to standard output')
    .option('--best-effort', 'when it abstains, print the best there was (the exit code stays 5)')
    .option('--allow-agent-model', 'a program whose tools are not known to be switched off may be asked as a model')
    .option('--json', 'the verdict as one JSON document')
    .option('--ndjson', 'events as they happen, and the verdict as the last line')
    .option('--quiet', 'say nothing but errors')
  addSettings(command, ['strategy', 'model', 'reviewer', 'budget', 'seed', 'inputs', 'sandbox', 'concurrency', 'store', 'models'])
    .addHelpText(
      'after',
      `
Exit codes: 0 chosen; 5 abstained; 2 wrong input or configuration; 3 no sandbox, no store, or interrupted.

Examples:
  countersign select --task task.md candidates/
  countersign select --task "Return the n-th Fibonacci number. fib(7) == 13" --lang py a.py b.py
  countersign select --task task.md --lang ts --tests tests.ts --json < candidates.jsonl
  countersign select --task task.md --strategy coder-reviewer --model llama:small.gguf candidates/
  countersign select --task task.md --project . --tests test/slug.test.ts candidates/ --as src/slug.ts`,
    )
    .action(select)
}

async function select(paths: string[], options: SelectOptions): Promise<void> {
  const output = openOutput({ quiet: options.quiet, machine: options.json === true || options.ndjson === true })
  const inForce = withChosenStrategy(configurationFor(withLeave(options)))
  const { configuration } = inForce
  const candidates = placeAt(placeOf(options), readCandidates(sources(paths), options.lang === undefined ? undefined : readLanguage(options.lang)))
  const request = taskRequest(options, candidates[0]?.language ?? 'python')
  // A model costs something, and so is asked only where this command names one.
  const isAsked = options.model !== undefined || options.reviewer !== undefined
  const writers = isAsked ? await openWriters(inForce, {}) : undefined
  try {
    const verdict = await runSelection(request, candidates, { output, configuration, events: options.ndjson === true, writers })
    output.say(renderVerdict(verdict, output.colors).trimEnd())
    deliver(verdict, candidates, { output, options })
    process.exitCode = verdict.choice.kind === 'chosen' ? exitCodes.done : exitCodes.abstained
  } finally {
    if (writers !== undefined) await closeWriters(writers)
  }
}

function placeOf({ as, output }: SelectOptions): string | undefined {
  const path = as ?? output
  if (path === undefined || ChangedFile.shape.path.safeParse(path).success) return path
  if (as === undefined) return undefined
  throw new CountersignError('INPUT_INVALID', `--as ${as} must be a relative path below the project, such as src/slug.ts`)
}

function sources(paths: readonly string[]): readonly string[] {
  if (paths.length > 0) return paths
  if (process.stdin.isTTY) throw new CountersignError('INPUT_INVALID', 'there are no candidates: name files or folders, or pipe JSON lines in')
  return ['-']
}
