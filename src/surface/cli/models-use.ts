import { existsSync, realpathSync, renameSync, writeFileSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { CountersignError } from '../../errors.ts'
import type { ModelSettings } from '../../index.ts'
import { placeOf, projectFile, readConfiguration, readSettingsFile, userFile } from '../configuration.ts'
import { modelNamed } from '../model-choice.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { openOutput } from './output.ts'
import { oneLine } from './text.ts'

export function addUse(models: Command): void {
  addSettings(models.command('use'), ['models'])
    .summary('choose the model that is used when none is named')
    .description(
      "Writes the model into your own file of settings, which holds in every project; with --project into the project's countersign.json, which holds for everybody who works in it and outranks yours. Nothing is asked of the model; countersign probe does that.",
    )
    .argument('<model>', "embedded, openai:NAME, anthropic:NAME, llama:FILE, 'command:PROGRAM', or an endpoint's URL#NAME")
    .option('--project', 'into the nearest countersign.json, or a new one here')
    .addHelpText(
      'after',
      '\nExamples:\n  countersign models use openai:gpt-6-luna\n  countersign models use llama:small.gguf\n  countersign models use http://127.0.0.1:8000/v1#NAME --project',
    )
    .action(use)
}

function use(model: string, options: SettingOptions & { project?: boolean }): void {
  const output = openOutput()
  const { models } = configurationFor(options).configuration
  const settings = modelNamed(model, { ...models, base: process.cwd() })
  if (options.project === true && settings.driver === 'command')
    throw new CountersignError(
      'INPUT_INVALID',
      'a project may not say which program is started on the machines of those who work in it: leave --project out',
    )
  const path = options.project === true ? (projectFile(process.cwd()) ?? resolve('countersign.json')) : ownFile()
  const written = asWritten(model, settings, models.folder)
  writeSetting(path, written)
  output.answer(`${oneLine(written)} is chosen in ${path}\n`)
  const { configuration, origins } = readConfiguration({ folder: process.cwd(), environment: process.env })
  if (configuration.model !== written)
    output.say(`here ${placeOf(origins.get('model'))} says ${oneLine(configuration.model)}, which outranks it`)
  const variable = 'keyVariable' in settings ? settings.keyVariable : undefined
  if (variable !== undefined && variable !== 'COUNTERSIGN_API_KEY' && !process.env[variable])
    output.say(`its key is not in the environment: set ${variable}`)
}

function ownFile(): string {
  const path = userFile(process.env)
  if (path !== undefined) return path
  throw new CountersignError(
    'CONFIGURATION_INVALID',
    'the environment names no home folder to keep settings in: set HOME, or use --project',
  )
}

/** A file that lies in the folder of models goes by its name, any other by its whole path: the settings hold in every folder. */
function asWritten(model: string, settings: ModelSettings, folder: string): string {
  if (settings.driver !== 'llama') return model
  return dirname(settings.path) === folder ? `llama:${settings.path.slice(folder.length + 1)}` : `llama:${settings.path}`
}

/** Under its name there is either the whole old file or the whole new one; a link stays a link. */
function writeSetting(path: string, model: string): void {
  try {
    const target = existsSync(path) ? realpathSync(path) : path
    const content = existsSync(target) ? readSettingsFile(target) : {}
    mkdirSync(dirname(target), { recursive: true })
    const temporary = join(dirname(target), `.countersign-${process.pid}.json`)
    writeFileSync(temporary, `${JSON.stringify({ ...content, model }, null, 2)}\n`)
    renameSync(temporary, target)
  } catch (error) {
    if (error instanceof CountersignError) throw error
    throw new CountersignError('CONFIGURATION_INVALID', `${path} cannot be written: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}
