import type { Finding } from '../../records/finding.ts'

/** What can be wrong with a package that a program names. */
export interface DependencyRule extends Required<Pick<Finding, 'cwe' | 'owasp'>>, Pick<Finding, 'severity' | 'confidence' | 'tier' | 'message'> {
  readonly id: string
  readonly title: string
}

export const lookalike: DependencyRule = {
  id: 'dependency/lookalike',
  title: "Package whose name is nearly a well-known one's",
  cwe: 829,
  owasp: 'A08:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The package is not known, and its name is nearly that of a well-known one: whoever registers such names waits for slips like this, and their code runs at installation. Correct the name.',
}

export const absent: DependencyRule = {
  id: 'dependency/absent',
  title: 'Package that the registry does not have',
  cwe: 829,
  owasp: 'A08:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'The registry has no package of this name: models invent some again and again, and whoever registers one has code run wherever it is installed. Use a package that exists, or none.',
}

export const unknown: DependencyRule = {
  id: 'dependency/unknown',
  title: 'Package that nothing here knows',
  cwe: 829,
  owasp: 'A08:2021',
  severity: 'medium',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'No lock file holds this package (nor, for an import, any manifest), and it is not among the well-known ones: it may be invented, and whoever registers an invented name has code run wherever it is installed. Look it up before it is installed, and declare it.',
}

export const dependencyRules: readonly DependencyRule[] = [lookalike, absent, unknown]

/** What a finding says of its rule, and of the package it is about. */
export function findingOf({ id, cwe, owasp, severity, confidence, tier, message }: DependencyRule, said: string): Omit<Finding, 'path' | 'span' | 'trace' | 'fingerprint'> {
  return { rule: id, cwe, owasp, severity, confidence, tier, message: `${message} (Named: ${said}.)` }
}
