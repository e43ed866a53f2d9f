import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Command } from 'commander'
import { CountersignError } from '../../errors.ts'
import type { LikelihoodTier } from '../../records/capability.ts'
import { type Capability, keyedModels, knownCapabilities, knownPrograms, openModel, servedModels } from '../../index.ts'
import { type ConfigurationInForce, placeOf } from '../configuration.ts'
import { earlierCapability, trustedModel } from '../model-choice.ts'
import { sizeOf } from './bytes.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { openOutput } from './output.ts'
import { oneLine, table } from './text.ts'

/** Models that are at hand, each as `--model` takes it. Of keys there are the names alone. */
export interface ModelsAtHand {
  chosen?: { model: string; from: string; tier?: LikelihoodTier; problem?: string }
  files: { model: string; path: string; bytes: number; tier?: LikelihoodTier }[]
  keys: { model: string; variable: string }[]
  programs: { model: string }[]
  /** Only where they were asked. */
  servers?: { model: string; server: string }[]
}

/** Where the common servers listen unless they are told otherwise. */
const localServers = [
  { server: 'vLLM or llama-cpp-python', url: 'http://127.0.0.1:8000/v1' },
  { server: 'llama-server', url: 'http://127.0.0.1:8080/v1' },
  { server: 'Ollama', url: 'http://127.0.0.1:11434/v1' },
  { server: 'SGLang', url: 'http://127.0.0.1:30000/v1' },
  { server: 'LM Studio', url: 'http://127.0.0.1:1234/v1' },
]

export function addList(models: Command): void {
  addSettings(models.command('list'), ['models', 'store'])
    .summary('list the models that are at hand')
    .description(
      'Lists the model that is chosen, model files, known endpoints whose key is in the environment (its name, never the key), and known programs on the path. Nothing is asked over a network; --local asks the usual servers on this machine.',
    )
    .option('--local', 'ask the usual servers on this machine what they serve')
    .option('--json', 'one JSON document: {chosen?, files, keys, programs, servers?}')
    .addHelpText('after', '\nExamples:\n  countersign models list\n  countersign models list --local --json')
    .action(list)
}

async function list(options: SettingOptions & { local?: boolean; json?: boolean }): Promise<void> {
  const output = openOutput({ machine: options.json })
  const inForce = configurationFor(options)
  const { models, store } = inForce.configuration
  const known = knownCapabilities(store.folder)
  const atHand: ModelsAtHand = {
    ...(await chosen(inForce, known)),
    files: files(models.folder, known),
    keys: keyedModels().filter(({ variable }) => (process.env[variable] ?? '').trim() !== ''),
    programs: knownPrograms.filter(isOnPath).map((name) => ({ model: `command:${name}` })),
    ...(options.local === true ? { servers: await servers() } : {}),
  }
  if (options.json === true) output.document(atHand)
  else output.answer(render(atHand))
  if (atHand.chosen === undefined) output.say('no model is chosen; countersign models use MODEL chooses one')
}

/** The model in force, and what is known or wrong about it. */
export async function chosen(inForce: ConfigurationInForce, known: readonly Capability[]): Promise<Pick<ModelsAtHand, 'chosen'>> {
  const { model } = inForce.configuration
  if (model === '') return {}
  const from = placeOf(inForce.origins.get('model'))
  try {
    const settings = trustedModel(inForce)
    // Opening asks nobody and finds an absent key; only a model file would be read.
    if (settings.driver !== 'llama') await (await openModel(settings, process.env)).close()
    return { chosen: { model, from, ...tierOf(earlierCapability(settings, known)) } }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    return { chosen: { model, from, problem: error.message } }
  }
}

function tierOf(capability: Capability | undefined): { tier?: LikelihoodTier } {
  return capability === undefined ? {} : { tier: capability.tier }
}

function files(folder: string, known: readonly Capability[]): ModelsAtHand['files'] {
  return namesIn(folder)
    .filter((name) => name.endsWith('.gguf'))
    .flatMap((name) => {
      const path = join(folder, name)
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat?.isFile() === true
        ? [{ model: `llama:${name}`, path, bytes: stat.size, ...tierOf(earlierCapability({ driver: 'llama', path }, known)) }]
        : []
    })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    // Nothing has been fetched yet.
    return []
  }
}

function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program]
  return folders.some((folder) => names.some((name) => isExecutable(join(folder, name))))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function servers(): Promise<{ model: string; server: string }[]> {
  const asked = await Promise.all(
    localServers.map(async ({ server, url }) => {
      const models = await servedModels(url, { signal: AbortSignal.timeout(1500) })
      return (models ?? []).map((name) => ({ model: `${url}#${name}`, server }))
    }),
  )
  return asked.flat()
}

function render({ chosen, files, keys, programs, servers = [] }: ModelsAtHand): string {
  const rows = [
    ...(chosen === undefined ? [] : [['chosen', chosen.model, `${chosen.from}; ${chosen.problem ?? probed(chosen.tier)}`]]),
    ...files.map(({ model, bytes, tier }) => ['file', model, `${sizeOf(bytes)}; ${probed(tier)}`]),
    ...servers.map(({ model, server }) => ['server', model, server]),
    ...keys.map(({ model, variable }) => ['key', model, `${variable} is set`]),
    ...programs.map(({ model }) => ['program', model, 'is on the path']),
  ]
  return table(rows.map((row) => row.map(oneLine)))
}

function probed(tier: LikelihoodTier | undefined): string {
  return tier === undefined ? 'not probed yet' : `${tier}, as it was probed`
}
