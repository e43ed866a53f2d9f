import type { Confidence, Severity, Tier } from '../records/finding.ts'
import { dependencyRules } from './dependency/rules.ts'
import type { Fix } from './fix/fix.ts'
import { scannedLanguages } from './frontend/frontends.ts'
import { registryFor } from './registries.ts'
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
  const ofLanguages = scannedLanguages.flatMap((language): readonly RuleSummary[] => registryFor(language).rules)
  known ??= new Map([...ofLanguages, ...secretRules, ...dependencyRules, ...suppressionRules].map((rule) => [rule.id, rule]))
  return known
}
