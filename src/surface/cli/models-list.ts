import { statSync } from 'node:fs'
import type { Command } from 'commander'
import { CountersignError } from '../../errors.ts'
import type { LikelihoodTier } from '../../records/capability.ts'
import { type Capability, embeddedFile, knownCapabilities, openModel } from '../../index.ts'
import { keysAtHand, type ModelFile, modelFilesIn, programsAtHand, serversAtHand } from '../at-hand.ts'
import { type ConfigurationInForce, placeOf } from '../configuration.ts'
import { earlierCapability, trustedModel } from '../model-choice.ts'
import { sizeOf } from './bytes.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { openOutput } from './output.ts'
import { oneLine, table } from './text.ts'

/** Models that are at hand, each as `--model` takes it. Of keys there are the names alone. */
export interface ModelsAtHand {
  chosen?: { model: string; from: string; tier?: LikelihoodTier; problem?: string }
  /** The one that comes with the package. */
  embedded?: { model: string; path: string; bytes: number; tier?: LikelihoodTier }
  files: { model: string; path: string; bytes: number; tier?: LikelihoodTier }[]
  keys: { model: string; variable: string }[]
  programs: { model: string }[]
  /** Only where they were asked. */
  servers?: { model: string; server: string }[]
}

export function addList(models: Command): void {
  addSettings(models.command('list'), ['models', 'store'])
    .summary('list the models that are at hand')
    .description(
      'Lists the model that is chosen, the one that comes with the package, model files, known endpoints whose key is in the environment (its name, never the key), and known programs on the path. Nothing is asked over a network; --local asks the usual servers on this machine.',
    )
    .option('--local', 'ask the usual servers on this machine what they serve')
    .option('--json', 'one JSON document: {chosen?, embedded?, files, keys, programs, servers?}')
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
    ...embedded(known),
    files: files(models.folder, known),
    keys: keysAtHand(),
    programs: programsAtHand().map((model) => ({ model })),
    ...(options.local === true ? { servers: await servers() } : {}),
  }
  if (options.json === true) output.document(atHand)
  else output.answer(render(atHand))
  if (atHand.chosen === undefined) output.say('no model is named: generate takes one of a server on this machine, else the newest file, else the embedded one; countersign models use MODEL names one')
}

/** The model in force, and what is known or wrong about it. */
export async function chosen(inForce: ConfigurationInForce, known: readonly Capability[]): Promise<Pick<ModelsAtHand, 'chosen'>> {
  const { model } = inForce.configuration
  if (model === '') return {}
  const from = placeOf(inForce.origins.get('model'))
  try {
    const settings = trustedModel(inForce)
    // Opening asks nobody and finds an absent key; only model files would be read.
    if (settings.driver !== 'llama' && settings.driver !== 'embedded') await (await openModel(settings, process.env)).close()
    return { chosen: { model, from, ...tierOf(earlierCapability(settings, known)) } }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    return { chosen: { model, from, problem: error.message } }
  }
}

function tierOf(capability: Capability | undefined): { tier?: LikelihoodTier } {
  return capability === undefined ? {} : { tier: capability.tier }
}

function embedded(known: readonly Capability[]): Pick<ModelsAtHand, 'embedded'> {
  const bytes = statSync(embeddedFile, { throwIfNoEntry: false })?.size
  return bytes === undefined ? {} : { embedded: { model: 'embedded', path: embeddedFile, bytes, ...tierOf(earlierCapability({ driver: 'embedded' }, known)) } }
}

function files(folder: string, known: readonly Capability[]): ModelsAtHand['files'] {
  return modelFilesIn(folder).map((file) => listed(file, known))
}

function listed({ name, path, bytes }: ModelFile, known: readonly Capability[]): ModelsAtHand['files'][number] {
  return { model: `llama:${name}`, path, bytes, ...tierOf(earlierCapability({ driver: 'llama', path }, known)) }
}

async function servers(): Promise<{ model: string; server: string }[]> {
  const found = await serversAtHand({ timeoutMs: 1500 })
  return found.flatMap(({ server, url, models }) => models.map((name) => ({ model: `${url}#${name}`, server })))
}

function render({ chosen, embedded, files, keys, programs, servers = [] }: ModelsAtHand): string {
  const rows = [
    ...(chosen === undefined ? [] : [['chosen', chosen.model, `${chosen.from}; ${chosen.problem ?? probed(chosen.tier)}`]]),
    ...(embedded === undefined ? [] : [['embedded', embedded.model, `${sizeOf(embedded.bytes)}, for demonstration; ${probed(embedded.tier)}`]]),
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
