import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { CountersignError } from '../errors.ts'
import { type Capability, type ModelSettings, parseModel } from '../index.ts'
import type { ConfigurationInForce } from './configuration.ts'

/** The model that the settings choose; a model file is looked for where its name was written, and then in the folder of models. */
export function chosenModel({ configuration, origins }: ConfigurationInForce): ModelSettings {
  const { model, models } = configuration
  if (model === '') throw new CountersignError('CONFIGURATION_INVALID', 'no model is chosen: name one, or choose one for good with countersign models use NAME')
  const origin = origins.get('model')
  return modelNamed(model, { ...models, base: origin?.kind === 'file' ? dirname(origin.name) : process.cwd() })
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
