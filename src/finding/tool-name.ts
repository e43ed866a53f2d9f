/** Short names of tools whose results are read, by what they call themselves in SARIF. The first that matches counts. */
const tools: readonly (readonly [RegExp, string])[] = [
  [/semgrep|opengrep/i, 'semgrep'],
  [/codeql/i, 'codeql'],
  [/^bandit/i, 'bandit'],
  [/snyk/i, 'snyk'],
  [/checkov/i, 'checkov'],
  [/trivy/i, 'trivy'],
  [/gitleaks/i, 'gitleaks'],
  [/eslint/i, 'eslint'],
  [/oxlint|^oxc/i, 'oxlint'],
  [/^ruff/i, 'ruff'],
]

/** The short name under which a tool's rules are told apart from those of others. */
export function toolNamed(name: string): string {
  const known = tools.find(([pattern]) => pattern.test(name))
  if (known !== undefined) return known[1]
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return plain.slice(0, 40) || 'unnamed-tool'
}

export const knownTools: ReadonlySet<string> = new Set(tools.map(([, name]) => name))
