import type { Language } from '../records/language.ts'
import { Registry } from './engine/registry.ts'
import { javascriptDialect } from './model/javascript/dialect.ts'
import { javascriptModels } from './model/javascript/models.ts'
import { pythonDialect } from './model/python/dialect.ts'
import { pythonModels } from './model/python/models.ts'
import { javascriptRules } from './rule/javascript/rules.ts'
import { pythonRules } from './rule/python/rules.ts'

let python: Registry | undefined
let javascript: Registry | undefined

/** The models and rules of a language, arranged at their first use. TypeScript's are JavaScript's. */
export function registryFor(language: Language): Registry {
  if (language === 'python') return (python ??= new Registry(pythonModels, pythonRules, pythonDialect))
  return (javascript ??= new Registry(javascriptModels, javascriptRules, javascriptDialect))
}
