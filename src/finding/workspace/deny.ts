import type { FileCoverage, Finding, Severity } from '../../records/finding.ts'
import type { FailOn, ScanUnknown } from '../../records/scan-report.ts'
import { whyUnfinished } from '../../records/unfinished.ts'

export interface Policy {
  readonly failOn: FailOn
  /** Files that were not read to their end, and tools that did not run, deny as well, unless this is said. */
  readonly allowUnknown: boolean
  /** Programs in languages that no front end reads deny too. */
  readonly strict: boolean
}

const weight: Record<Severity, number> = { critical: 3, high: 2, medium: 1, low: 0 }

/** Whether a finding is at or above what denies. */
export function denies({ severity, confidence, tier }: Pick<Finding, 'severity' | 'confidence' | 'tier'>, failOn: FailOn): boolean {
  if (failOn === 'never') return false
  if (failOn === 'hygiene') return true
  if (failOn === 'vulnerability') return tier === 'vulnerability'
  if (failOn === 'block') return tier === 'vulnerability' && confidence === 'high' && weight[severity] >= weight.high
  return weight[severity] >= weight[failOn]
}

/** Why a scan is no pass: none when it is one. What is not known is never a pass by itself. */
export function denialsOf(scan: { findings: readonly Finding[]; coverage: readonly FileCoverage[]; unknown: readonly ScanUnknown[] }, policy: Policy): string[] {
  const found = scan.findings.filter((finding) => denies(finding, policy.failOn)).length
  const incomplete = scan.coverage.filter((file) => whyUnfinished(file) !== undefined).length
  const unreadable = scan.coverage.filter((file) => file.kind === 'skipped' && file.language !== undefined).length
  const named = policy.failOn === 'block' ? 'that can be exploited, of at least high severity and of high confidence' : `at or above --fail-on ${policy.failOn}`
  return [
    ...(found > 0 ? [`${count(found, 'finding')} ${named}`] : []),
    ...(incomplete > 0 && !policy.allowUnknown ? [`${count(incomplete, 'file')} not read to the end (--allow-unknown lets that pass)`] : []),
    ...(policy.allowUnknown ? [] : scan.unknown.map(({ what, detail }) => `${what}: ${detail} (--allow-unknown lets that pass)`)),
    ...(unreadable > 0 && policy.strict ? [`${count(unreadable, 'program')} in languages that no front end reads (--strict)`] : []),
  ]
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
