import { Command, CommanderError } from 'commander'
import { CountersignError, exitCodes } from '../../errors.ts'
import { write } from './output.ts'
import { plain } from './text.ts'
import { versions } from './versions.ts'

/** Each in its own module, loaded when it is asked for: the others would cost more than most commands take. */
const commands = {
  generate: async () => (await import('./generate.ts')).addGenerate,
  select: async () => (await import('./select.ts')).addSelect,
  scan: async () => (await import('./scan.ts')).addScan,
  strategies: async () => (await import('./strategies.ts')).addStrategies,
  bench: async () => (await import('./bench.ts')).addBench,
  runs: async () => (await import('./runs.ts')).addRuns,
  show: async () => (await import('./show.ts')).addShow,
  replay: async () => (await import('./replay.ts')).addReplay,
  export: async () => (await import('./export.ts')).addExport,
  probe: async () => (await import('./probe.ts')).addProbe,
  models: async () => (await import('./models.ts')).addModels,
  modules: async () => (await import('./modules.ts')).addModules,
  doctor: async () => (await import('./doctor.ts')).addDoctor,
  config: async () => (await import('./config.ts')).addConfig,
} satisfies Record<string, () => Promise<(program: Command) => void>>

/** A fault of our own is none of the design's answers, and gets the number that systems keep for it (EX_SOFTWARE). */
const faultExitCode = 70

const debug = process.argv.includes('--debug')

/** Does what the command line asks for, and says so in the process's exit code. */
export async function runProgram(): Promise<void> {
  // npm runs scripts in the package's folder; paths are meant from where the user stands.
  if (process.env['npm_lifecycle_event'] === 'countersign' && process.env['INIT_CWD'] !== undefined) process.chdir(process.env['INIT_CWD'])
  process.on('uncaughtException', (error) => {
    process.exit(report(error))
  })
  try {
    const program = await createProgram(process.argv.slice(2))
    await program.parseAsync()
  } catch (error) {
    process.exitCode = report(error)
  }
}

/** The command that is asked for; all of them where none is, for help and for what was meant. */
function commandsFor(given: readonly string[]): (() => Promise<(program: Command) => void>)[] {
  const name = given.find((argument) => !argument.startsWith('-'))
  return Object.entries(commands).flatMap(([known, load]) => (Object.hasOwn(commands, name ?? '') && known !== name ? [] : [load]))
}

async function createProgram(given: readonly string[]): Promise<Command> {
  const program = new Command('countersign')
  program
    .description('Writes programs with models, or takes those there are; chooses one by running them where they can do no harm, and says why; or abstains.')
    .version(versions.countersign, '-V, --version')
    .option('--debug', 'show where an error came from')
    .showHelpAfterError('(--help shows how it is used)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => write(1, text), writeErr: (text) => write(2, plain(text)) })
  for (const load of commandsFor(given)) (await load())(program)
  for (const command of program.commands.flatMap((command) => [command, ...command.commands]))
    command.option('--debug', 'show where an error came from').copyInheritedSettings(program)
  return program
}

/** Tells the user what, which, and what would help; gives the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.input
  if (debug) write(2, `${plain(error instanceof Error ? causes(error) : String(error))}\n`)
  if (error instanceof CountersignError) {
    if (!debug) write(2, `countersign: ${error.code}: ${plain(error.message)}\n`)
    return error.exitCode
  }
  if (!debug) write(2, `countersign: a fault of its own: ${plain(String(error))}; --debug shows where\n`)
  return faultExitCode
}

function causes(error: Error): string {
  return `${error.stack ?? error.message}${error.cause instanceof Error ? `\ncaused by ${causes(error.cause)}` : ''}`
}
