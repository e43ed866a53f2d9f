import type { Confidence, Severity, Tier } from '../records/finding.ts'
import { dependencyRules } from './dependency/rules.ts'
import type { Fix } from './fix/fix.ts'
import { javascriptRules } from './rule/javascript/rules.ts'
import { pythonRules } from './rule/python/rules.ts'
import { secretRules } from './secret/rules.ts'
import { suppressionRules } from './suppression/rules.ts'

/** What is told of a rule, wherever its findings come from. */
export interface RuleSummary {
  readonly id: string
  readonly title: string
  readonly cwe?: number
  readonly owasp?: string
  readonly severity: Severity
  readonly confidence: Confidence
  readonly tier: Tier
  readonly message: string
  readonly fixes?: readonly Fix[]
}

let known: ReadonlyMap<string, RuleSummary> | undefined

/** Every rule of our own by its id. Rules that no language has are added here. */
export function rulesById(): ReadonlyMap<string, RuleSummary> {
  known ??= new Map([...pythonRules, ...javascriptRules, ...secretRules, ...dependencyRules, ...suppressionRules].map((rule): [string, RuleSummary] => [rule.id, rule]))
  return known
}
