import type { Confidence, Severity, Tier } from '../../records/finding.ts'
import type { SarifResult, SarifRule } from './shape.ts'
import { tagsOf } from './weakness.ts'

export interface Weight {
  readonly severity: Severity
  readonly confidence: Confidence
  readonly tier: Tier
}

/** Tools that look for weaknesses and nothing else. */
const securityTools = new Set(['bandit', 'snyk', 'checkov', 'trivy', 'gitleaks'])

/** How bad and how sure, in our own words. */
export function weightOf(result: SarifResult, { rule, tool, cwe }: { rule: SarifRule | undefined; tool: string; cwe: number | undefined }): Weight {
  const score = scoreOf(result, rule)
  // Gitleaks grades nothing, and a secret that leaked is no small thing.
  const severity = tool === 'gitleaks' ? 'high' : score === undefined ? severityOfLevel(levelOf(result, rule)) : severityOfScore(score)
  const isSecurity = cwe !== undefined || score !== undefined || securityTools.has(tool) || tagsOf(rule).includes('security')
  // What a tool itself calls a note is a habit to it.
  return { severity, confidence: confidenceOf(result, { rule, tool }), tier: isSecurity && severity !== 'low' ? 'vulnerability' : 'hygiene' }
}

function scoreOf({ properties }: SarifResult, rule: SarifRule | undefined): number | undefined {
  const given = properties?.['security-severity'] ?? rule?.properties?.['security-severity']
  const score = typeof given === 'string' || typeof given === 'number' ? Number(given) : Number.NaN
  return Number.isFinite(score) ? score : undefined
}

// GitHub's ranges, which are those of CVSS.
function severityOfScore(score: number): Severity {
  return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low'
}

function severityOfLevel(level: string): Severity {
  return level === 'error' ? 'high' : level === 'warning' ? 'medium' : 'low'
}

// SARIF 2.1.0, 3.27.10: the result's own level, else none for what is no failure, else the rule's, else a warning.
function levelOf({ level, kind = 'fail' }: SarifResult, rule: SarifRule | undefined): string {
  return level ?? (kind === 'fail' ? (rule?.defaultConfiguration?.level ?? 'warning') : 'none')
}

/** High is what shows the way of the value, or a fact that needs none; whatever else a tool calls certain is medium until another agrees. */
function confidenceOf(result: SarifResult, { rule, tool }: { rule: SarifRule | undefined; tool: string }): Confidence {
  const said = saidOf(result, { rule, tool })
  if (result.kind === 'open' || result.kind === 'review') return 'low'
  if (tool === 'trivy' && tagsOf(rule).includes('vulnerability')) return 'high'
  const isShown = result.codeFlows?.some(({ threadFlows }) => threadFlows?.some(({ locations = [] }) => locations.length > 1)) === true
  return said === 'high' && !isShown ? 'medium' : said
}

function saidOf({ properties }: SarifResult, { rule, tool }: { rule: SarifRule | undefined; tool: string }): Confidence {
  if (tool === 'bandit') return levelNamed(properties?.['issue_confidence']) ?? 'medium'
  const tag = tagsOf(rule).find((each) => each.endsWith(' CONFIDENCE'))
  // Semgrep calls every rule very precise; what it thinks of each is a tag.
  if (tool === 'semgrep') return levelNamed(tag?.split(' ')[0]) ?? 'medium'
  return levelNamed(rule?.properties?.['precision']) ?? (tool === 'snyk' ? 'high' : 'medium')
}

function levelNamed(value: unknown): Confidence | undefined {
  const name = typeof value === 'string' ? value.toLowerCase().replace('very-', '') : ''
  return name === 'high' || name === 'medium' || name === 'low' ? name : undefined
}
