import { CountersignError } from '../errors.ts'
import type { Model } from '../ports.ts'
import { anthropic } from './anthropic.ts'
import { command } from './command.ts'
import { openEmbedded } from './embedded.ts'
import { openLlama } from './llama.ts'
import { openAiCompatible } from './openai-compatible.ts'
import type { ModelSettings } from './settings.ts'

/** Opens the model that the settings name. Keys come from the environment that is handed in, and go nowhere else. */
export async function openModel(settings: ModelSettings, environment: Record<string, string | undefined>): Promise<Model> {
  switch (settings.driver) {
    case 'openai-compatible': {
      const { driver: _, keyVariable, ...options } = settings
      return openAiCompatible({ ...options, ...keyOf(keyVariable, { environment, required: needsKey(settings.url) }) })
    }
    case 'anthropic': {
      // A gateway that speaks the same interface, named as Anthropic's own programs name it.
      const { driver: _, keyVariable = 'ANTHROPIC_API_KEY', url = environment['ANTHROPIC_BASE_URL'] || undefined, ...options } = settings
      return anthropic({
        ...options,
        ...(url === undefined ? {} : { url }),
        ...keyOf(keyVariable, { environment, required: url === undefined }),
      })
    }
    case 'llama': {
      const { driver: _, ...options } = settings
      return await openLlama(options)
    }
    case 'embedded':
      return await openEmbedded()
    case 'command': {
      const { driver: _, ...options } = settings
      return command({ ...options, environment })
    }
  }
}

interface KeyOptions {
  environment: Record<string, string | undefined>
  required: boolean
}

function keyOf(variable: string | undefined, { environment, required }: KeyOptions): { key?: string } {
  const key = variable === undefined ? undefined : environment[variable]
  if (key !== undefined && key.trim() !== '') return { key: key.trim() }
  if (required && variable !== undefined)
    throw new CountersignError('CONFIGURATION_INVALID', `the model needs a key: set ${variable} in the environment`)
  return {}
}

// An endpoint on this machine asks for none as a rule.
function needsKey(url: string): boolean {
  const host = URL.parse(url)?.hostname
  return host !== undefined && /(?:openai\.com|openrouter\.ai|together\.xyz|fireworks\.ai|googleapis\.com)$/.test(host)
}
