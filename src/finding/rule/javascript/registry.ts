import { Registry } from '../../engine/registry.ts'
import { javascriptDialect } from '../../model/javascript/dialect.ts'
import { javascriptModels } from '../../model/javascript/models.ts'
import { javascriptRules } from './rules.ts'

export function javascriptRegistry(): Registry {
  return new Registry(javascriptModels, javascriptRules, javascriptDialect)
}
