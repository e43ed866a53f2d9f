import { extname } from 'node:path'
import type { Command } from 'commander'
import { CountersignError, exitCodes } from '../../errors.ts'
import { generate, type TaskRequest } from '../../index.ts'
import type { Candidate } from '../../records/candidate.ts'
import type { Language } from '../../records/language.ts'
import { ablate, checkAblation, renderAblation } from './ablation.ts'
import { deliver, type DeliveryOptions } from './delivery.ts'
import { languageOfPath, readLanguage } from './language.ts'
import { type SettingOptions, addSettings, collect, configurationFor, withLeave } from './options.ts'
import { withChosenStrategy } from '../strategy-choice.ts'
import { isOutOfBudget, type ModelRunOptions, noAnswer, runWithModels } from './model-run.ts'
import { openOutput } from './output.ts'
import { type TaskOptions, taskRequest } from './task.ts'
import { renderVerdict } from './verdict-report.ts'
import { closeWriters, openWriters } from './writers.ts'

interface GenerateOptions extends SettingOptions, Omit<TaskOptions, 'task' | 'project' | 'testRoot'>, DeliveryOptions {
  lang?: string
  workspace?: string
  record?: string
  replay?: string
  ablate?: boolean
  allowAgentModel?: boolean
  quiet?: boolean
}

export function addGenerate(program: Command): void {
  const command = program
    .command('generate')
    .summary('have a model write programs, and choose one of them')
    .description(
      'Asks a model for a direct answer, further programs and tests, runs all of it in a sandbox, and prints the program it chose on standard output, and nothing else there. The story, with what it costs, goes to standard error.',
    )
    .argument('[task]', 'what the program must do, as text or as a file (standard input when absent, or -)')
    .option('--lang <language>', 'python, javascript or typescript (told by the endings of -o and --tests; python otherwise)')
    .option('--entry <name>', 'the function that the tests call (told by the task and the programs where it can be)')
    .option('--tests <file>', 'assertions or a test file (repeatable)', collect)
    .option('--test-command <command>', 'a command of the project that runs the tests given')
    .option('--prompt <file or text>', 'the beginning of the program')
    .option('--workspace <folder>', 'a project: its relevant files are shown to the model, its sources and packages are there when programs run')
    .option('--allow-agent-model', 'a program whose tools are not known to be switched off may be asked')
    .option('--record <file>', 'keep what the models are asked and answer in a file of its own')
    .option('--replay <file>', 'answer from such a file, and ask no model')
    .option('--ablate', 'with --strategy codechain: three runs with the same budget, with representatives by cluster, at random, and none; prints them side by side')
    .option('-o, --output <path>', 'write the chosen program there instead of to standard output')
    .option('--best-effort', 'when it abstains, print the best there was (the exit code stays 5)')
    .option('--json', 'the verdict as one JSON document')
    .option('--ndjson', 'events as they happen, and the verdict as the last line')
    .option('--quiet', 'say nothing but errors')
  addSettings(command, ['model', 'reviewer', 'samples', 'temperature', 'budget', 'strategy', 'seed', 'inputs', 'sandbox', 'concurrency', 'store', 'models'])
    .addHelpText(
      'after',
      `
Exit codes: 0 chosen; 5 abstained; 6 the budget was spent before an answer; 2 wrong input or configuration; 3 the model could not be
asked, no sandbox, or interrupted; 4 a recording that is broken or does not know a question.

Examples:
  countersign generate "Write slug(title) that returns title in lower case, with hyphens between words."
  countersign generate "Return the n-th Fibonacci number. fib(7) == 13" --model openai:gpt-6-luna --budget 0.05usd
  countersign generate task.md --lang ts --tests tests.ts --model http://127.0.0.1:8000/v1#NAME -n 20 -o src/slug.ts
  countersign generate task.md --model 'command:claude -p' -n 3 --record run.jsonl
  countersign generate task.md --strategy indict --tests tests.py -n 4
  countersign generate task.md --replay run.jsonl -n 3 --json
  countersign generate task.md --strategy codechain --ablate --budget '100k tokens'`,
    )
    .action(generateProgram)
}

async function generateProgram(task: string | undefined, options: GenerateOptions): Promise<void> {
  const output = openOutput({ quiet: options.quiet, machine: options.json === true || options.ndjson === true })
  const inForce = withChosenStrategy(configurationFor(withLeave(options)))
  const { workspace, ...given } = options
  const request = taskRequest({ ...given, task: task ?? fromStandardInput(), ...(workspace === undefined ? {} : { project: workspace, testRoot: workspace }) }, languageFor(options))
  if (options.ablate === true) checkAblation(inForce.configuration, options)
  const writers = await openWriters(inForce, options)
  try {
    const { configuration } = inForce
    const { record, replay, ndjson } = options
    const candidates: Candidate[] = []
    const run: ModelRunOptions = {
      title: request.id,
      language: request.language,
      output,
      configuration,
      writers,
      answers: configuration.generate.samples + 1,
      events: ndjson === true,
      record,
      replay: replay !== undefined,
      onProgress: (progress) => {
        if (progress.kind === 'drawn') candidates.push(...progress.candidates)
        if (progress.kind === 'repaired' && progress.repair.child !== undefined) candidates.push(progress.repair.child.candidate)
      },
    }
    if (options.ablate === true) return await compareWays(request, run, { candidates, options })
    const verdict = await runWithModels(run, async (context) => await generate(request, context))
    output.say(renderVerdict(verdict, output.colors).trimEnd())
    deliver(verdict, candidates, { output, options })
    if (isOutOfBudget(verdict)) throw noAnswer(verdict)
    process.exitCode = verdict.choice.kind === 'chosen' ? exitCodes.done : exitCodes.abstained
  } finally {
    await closeWriters(writers)
  }
}

/** The answer is the comparison; the program that the method chose goes where `-o` says. */
async function compareWays(request: TaskRequest, run: ModelRunOptions, { candidates, options }: { candidates: readonly Candidate[]; options: GenerateOptions }): Promise<void> {
  const ablation = await ablate(request, run)
  const { json, ndjson, output: path, bestEffort = false } = options
  const [own] = ablation.variants
  if (path !== undefined && own !== undefined) deliver(own.verdict, candidates, { output: run.output, options: { output: path, bestEffort } })
  if (json === true) run.output.document(ablation)
  else if (ndjson === true) run.output.event(ablation)
  else run.output.answer(renderAblation(ablation))
  process.exitCode = own?.verdict.choice.kind === 'chosen' ? exitCodes.done : exitCodes.abstained
}

function fromStandardInput(): string {
  if (process.stdin.isTTY) throw new CountersignError('INPUT_INVALID', 'there is no task: say what the program must do, name a file, or pipe it in')
  return '-'
}

function languageFor({ lang, output, tests = [] }: GenerateOptions): Language {
  if (lang !== undefined) return readLanguage(lang)
  const told = [output, ...tests].flatMap((path) => (path === undefined || extname(path) === '' ? [] : (languageOfPath(path) ?? [])))
  return told[0] ?? 'python'
}
