import type { Language } from '../records/language.ts'
import type { Registry } from './engine/registry.ts'

let python: Promise<Registry> | undefined
let javascript: Promise<Registry> | undefined

/** The models and rules of languages, loaded and arranged at their first use. TypeScript's are JavaScript's. */
export async function registriesFor(languages: Iterable<Language>): Promise<ReadonlyMap<Language, Registry>> {
  return new Map(await Promise.all(Array.from(languages, async (language) => [language, await registryFor(language)] as const)))
}

function registryFor(language: Language): Promise<Registry> {
  if (language === 'python') return (python ??= import('./rule/python/registry.ts').then(({ pythonRegistry }) => pythonRegistry()))
  return (javascript ??= import('./rule/javascript/registry.ts').then(({ javascriptRegistry }) => javascriptRegistry()))
}
