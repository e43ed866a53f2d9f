import { Command, CommanderError } from 'commander'
import { CountersignError, exitCodes } from '../../errors.ts'
import { addBench } from './bench.ts'
import { addConfig } from './config.ts'
import { addDoctor } from './doctor.ts'
import { addGenerate } from './generate.ts'
import { addModels } from './models.ts'
import { write } from './output.ts'
import { addProbe } from './probe.ts'
import { addReplay } from './replay.ts'
import { addRuns } from './runs.ts'
import { addScan } from './scan.ts'
import { addSelect } from './select.ts'
import { addShow } from './show.ts'
import { plain } from './text.ts'
import { versions } from './versions.ts'

/** A fault of our own is none of the design's answers, and gets the number that systems keep for it (EX_SOFTWARE). */
const faultExitCode = 70

const debug = process.argv.includes('--debug')
// npm runs scripts in the package's folder; paths are meant from where the user stands.
if (process.env['npm_lifecycle_event'] === 'countersign' && process.env['INIT_CWD'] !== undefined) process.chdir(process.env['INIT_CWD'])

process.on('uncaughtException', (error) => {
  process.exit(report(error))
})
try {
  await createProgram().parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function createProgram(): Command {
  const program = new Command('countersign')
  program
    .description('Writes programs with models, or takes those there are; chooses one by running them where they can do no harm, and says why; or abstains.')
    .version(versions.countersign, '-V, --version')
    .option('--debug', 'show where an error came from')
    .showHelpAfterError('(--help shows how it is used)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => write(1, text), writeErr: (text) => write(2, plain(text)) })
  for (const add of [addGenerate, addSelect, addScan, addBench, addRuns, addShow, addReplay, addProbe, addModels, addDoctor, addConfig]) add(program)
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
