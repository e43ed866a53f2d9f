import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { CountersignError } from '../errors.ts'
import { type Capability, endpointKey, type ModelSettings, parseModel } from '../index.ts'
import { type ConfigurationInForce, type Origin, placeOf, userFile } from './configuration.ts'

type ModelSetting = 'model' | 'generate.reviewer' | 'codechain.embedder'
type RoleSetting = 'roles.safety' | 'roles.helpfulness' | 'roles.summariser'

/** The model that a setting chooses; a model file is looked for where its name was written, and then in the folder of models. */
export function chosenModel(inForce: ConfigurationInForce, setting: ModelSetting = 'model'): ModelSettings {
  const { model, generate, codechain } = inForce.configuration
  return named({ model, 'generate.reviewer': generate.reviewer, 'codechain.embedder': codechain.embedder }[setting], inForce, setting)
}

function named(text: string, { configuration, origins }: ConfigurationInForce, setting: string): ModelSettings {
  const origin = origins.get(setting)
  return modelNamed(text, { ...configuration.models, base: origin?.kind === 'file' ? dirname(origin.name) : process.cwd() })
}

/**
 * The same, as it may be opened. A project's file of settings comes from whoever wrote the project: it starts no program here, gives no program
 * leave, and has no key sent to an address of its own.
 */
export function trustedModel(inForce: ConfigurationInForce, setting: ModelSetting = 'model'): ModelSettings {
  return trusted(chosenModel(inForce, setting), inForce, setting)
}

/** The models that may speak in a role, the preferred one first; none where the one that writes does. */
export function trustedModels(inForce: ConfigurationInForce, setting: RoleSetting): ModelSettings[] {
  const { safety, helpfulness, summariser } = inForce.configuration.roles
  const texts = [{ 'roles.safety': safety, 'roles.helpfulness': helpfulness, 'roles.summariser': summariser }[setting]].flat()
  return texts.filter((text) => text !== '').map((text) => trusted(named(text, inForce, setting), inForce, setting))
}

/** What critics search belongs to the user: a project neither has its words sent anywhere, nor other folders than its own read to a model. */
export function expectOwnSources({ configuration, origins }: ConfigurationInForce): void {
  const { search, knowledge } = configuration.critique
  const [searched, read] = [origins.get('critique.search'), origins.get('critique.knowledge')]
  if (search !== '' && isProjectFile(searched))
    throw new CountersignError('CONFIGURATION_INVALID', `${placeOf(searched)} belongs to the project, and a project may not say where critics search: set critique.search in your own file of settings`)
  const outside = isProjectFile(read) ? knowledge.find((folder) => relative(dirname(placeOf(read)), folder).startsWith('..') || isAbsolute(relative(dirname(placeOf(read)), folder))) : undefined
  if (outside !== undefined)
    throw new CountersignError('CONFIGURATION_INVALID', `${placeOf(read)} belongs to the project, and ${outside} does not: set critique.knowledge in your own file of settings`)
}

function trusted(settings: ModelSettings, inForce: ConfigurationInForce, setting: string): ModelSettings {
  const place = inForce.origins.get(setting)
  if (settings.driver === 'command') {
    const from = [place, ...(settings.allowAgent === true ? [inForce.origins.get('models.allowAgent')] : [])].find(isProjectFile)
    if (from === undefined) return settings
    throw new CountersignError('CONFIGURATION_INVALID', `${placeOf(from)} belongs to the project, and a project may not say which program is started here: name it with --model, or in your own file of settings`)
  }
  if (settings.driver !== 'openai-compatible' || settings.keyVariable !== endpointKey || !isProjectFile(place)) return settings
  const { keyVariable: _, ...keyless } = settings
  return keyless
}

function isProjectFile(origin: Origin | undefined): boolean {
  return origin?.kind === 'file' && origin.name !== userFile(process.env)
}

/** A model as it is written on a command line, with the path of its file where it has one, and with the leave that the settings give. */
export function modelNamed(text: string, options: { base: string; folder: string; allowAgent: boolean }): ModelSettings {
  const settings = parseModel(text)
  if (settings.driver === 'llama') return { ...settings, path: findFile(settings.path, options) }
  return settings.driver === 'command' && options.allowAgent ? { ...settings, allowAgent: true } : settings
}

/** What an earlier probe found about a model; whether it still holds is for the next probe to say. */
export function earlierCapability(settings: ModelSettings, known: readonly Capability[]): Capability | undefined {
  const identity = identityOf(settings)
  const endpoint = settings.driver === 'openai-compatible' ? settings.url : undefined
  const fields = 'extra' in settings ? JSON.stringify(settings.extra) : undefined
  return known.find(
    ({ model, versions }) => model === identity && versions['fields'] === fields && (endpoint === undefined || versions['endpoint'] === endpoint),
  )
}

function identityOf(settings: ModelSettings): string {
  switch (settings.driver) {
    case 'openai-compatible':
    case 'anthropic':
      return `${settings.driver}/${settings.model}`
    case 'llama':
      return `llama/${basename(settings.path, '.gguf')}`
    case 'embedded':
      return 'llama/embedded'
    case 'command':
      return `command/${[basename(settings.command[0] ?? ''), ...settings.command.slice(1)].join(' ')}`
  }
}

function findFile(name: string, { base, folder }: { base: string; folder: string }): string {
  const here = name.startsWith('~/') ? join(homedir(), name.slice(2)) : resolve(base, name)
  const found = [here, resolve(folder, name), resolve(folder, `${name}.gguf`)].find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new CountersignError('INPUT_INVALID', `there is no model file ${here}, nor ${name} in ${folder}; countersign models list shows what is there, models pull fetches one`)
}
