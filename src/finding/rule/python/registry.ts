import { Registry } from '../../engine/registry.ts'
import { pythonDialect } from '../../model/python/dialect.ts'
import { pythonModels } from '../../model/python/models.ts'
import { pythonRules } from './rules.ts'

export function pythonRegistry(): Registry {
  return new Registry(pythonModels, pythonRules, pythonDialect)
}
