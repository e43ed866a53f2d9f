import type { Language } from '../records/language.ts'
import { Registry } from './engine/registry.ts'
import { pythonModels } from './model/python/models.ts'
import { pythonRules } from './rule/python/rules.ts'

const registries = new Map<Language, Registry>()

/** The models and rules of a language, arranged at their first use. */
export function registryFor(language: Language): Registry | undefined {
  const known = registries.get(language)
  if (known !== undefined || language !== 'python') return known
  const registry = new Registry(pythonModels, pythonRules, { ordersStrictly: true })
  registries.set(language, registry)
  return registry
}
