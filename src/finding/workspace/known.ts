import type { Baseline } from '../../records/baseline.ts'
import type { Finding } from '../../records/finding.ts'
import { confidences, severities, tiers } from '../../records/names.ts'

export interface Split {
  readonly fresh: Finding[]
  readonly known: Finding[]
}

export function split(findings: readonly Finding[], isKnown: (finding: Finding) => boolean): Split {
  const [fresh, known]: [Finding[], Finding[]] = [[], []]
  for (const finding of findings) (isKnown(finding) ? known : fresh).push(finding)
  return { fresh, known }
}

/** The baseline that a scan's findings make; the same findings make the same bytes. */
export function baselineOf(findings: readonly Finding[]): Baseline {
  const entries = findings.map(({ path, rule, fingerprint, severity, confidence, tier }) => ({ path, rule, fingerprint, severity, confidence, tier }))
  const ordered = new Map(entries.map((entry) => [keyOf(entry), entry]))
  return { version: 1, findings: [...ordered].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry) }
}

/** Findings apart from those that a baseline knows, and how many of its entries in the files that were read are found no more. */
export function splitByBaseline(findings: readonly Finding[], { baseline, read }: { baseline: Baseline; read: ReadonlySet<string> }): Split & { gone: number } {
  const entries = new Map(baseline.findings.map((entry) => [keyOf(entry), entry]))
  const found = new Set(findings.map(keyOf))
  const gone = baseline.findings.filter((entry) => read.has(entry.path) && !found.has(keyOf(entry))).length
  return { ...split(findings, (finding) => isNoWorse(finding, entries.get(keyOf(finding)))), gone }
}

const isWithin = <Name extends string>(order: readonly Name[], now: Name, before: Name | undefined) => before === undefined || order.indexOf(now) >= order.indexOf(before)

/** Whether a finding is what is known of it, or less: a habit that became exploitable is new in the same place. */
export function isNoWorse(finding: Finding, known: Partial<Pick<Finding, 'severity' | 'confidence' | 'tier'>> | undefined): boolean {
  if (known === undefined) return false
  return isWithin(severities, finding.severity, known.severity) && isWithin(confidences, finding.confidence, known.confidence) && isWithin(tiers, finding.tier, known.tier)
}

function keyOf({ path, rule, fingerprint }: Baseline['findings'][number]): string {
  return JSON.stringify([path, rule, fingerprint])
}
