import type { Floor } from '../config.ts'
import { type CandidateScan, Confidence, type Finding, FindingCount, Severity, Tier, whyUnfinished } from '../records/finding.ts'
import type { Language } from '../records/language.ts'
import type { Score } from '../records/score.ts'

type Level = Pick<Finding, 'tier' | 'confidence' | 'severity'>

// From the worst down: what can be exploited before habits, what is sure before what may be, and only then what it would cost.
const levels: readonly Level[] = Tier.options.flatMap((tier) =>
  Confidence.options.flatMap((confidence) => Severity.options.map((severity) => ({ tier, confidence, severity }))),
)
const isLikely = ({ tier, confidence }: Level) => tier === 'vulnerability' && confidence !== 'low'
const likely = levels.filter(isLikely)
const slight = levels.filter((level) => !isLikely(level))

const badness = (finding: Level) => levels.findIndex((level) => isSame(level, finding))

/** Where a candidate stands to the floor. Only what was read to its end, without a stretch that no grammar explains, can be clear of it. */
export function floorOf(scan: CandidateScan | undefined, floor: Floor): Score['floor'] {
  if (scan?.findings.some((finding) => isBelow(finding, floor)) === true) return 'below'
  return scan === undefined || scan.coverage.length === 0 || unreadIn(scan) !== undefined ? 'unknown' : 'clear'
}

/** Whether a finding is as bad as what the floor forbids, or worse. */
export function isBelow(finding: Level, floor: Floor): boolean {
  return (
    atLeast(Tier.options, finding.tier, floor.tier) &&
    atLeast(Severity.options, finding.severity, floor.severity) &&
    atLeast(Confidence.options, finding.confidence, floor.confidence)
  )
}

/** Whether a candidate may be chosen as far as the floor goes: clear of it, or unread where the configuration lets that pass. */
export function isPermitted({ floor }: Pick<Score, 'floor'>, { unknown }: Floor, language: Language): boolean {
  return floor === 'clear' || (floor === 'unknown' && unknown[language] === 'allow')
}

/** The first file that was not read to its end, and why; `undefined` when all were. */
export function unreadIn({ coverage }: CandidateScan): { path: string; reason: string } | undefined {
  const [first] = coverage.flatMap((file) => {
    const reason = file.kind === 'skipped' ? file.reason : whyUnfinished(file)
    return reason === undefined ? [] : [{ path: file.path, reason }]
  })
  return first
}

/** What a scan found, counted by how bad it is, worst first. */
export function countFindings({ findings }: CandidateScan): FindingCount[] {
  return levels.flatMap((level) => {
    const count = findings.filter((finding) => isSame(level, finding)).length
    return count === 0 ? [] : [{ ...level, count }]
  })
}

/** Vulnerabilities that are sure or likely, and the rest: each a row of numbers that are higher the fewer there are, the worst first. */
export function freedomFrom(which: 'likely' | 'slight', findings: readonly FindingCount[] = []): number[] {
  return { likely, slight }[which].map((level) => -(findings.find((found) => isSame(level, found))?.count ?? 0))
}

/** The findings that a person must hear of: those that the floor forbids, and then what else can be exploited; the worst first. */
export function tellingIn({ findings }: CandidateScan, floor: Floor): Finding[] {
  const forbidden = (finding: Finding) => (isBelow(finding, floor) ? 0 : 1)
  return findings
    .filter((finding) => finding.tier === 'vulnerability' || isBelow(finding, floor))
    .sort((a, b) => forbidden(a) - forbidden(b) || badness(a) - badness(b))
}

/** A finding by its rule, weakness and place. */
export function nameOf({ rule, cwe, path, span }: Finding): string {
  return `${rule}${cwe === undefined ? '' : ` (CWE-${cwe})`} at ${path}:${span.line}`
}

function isSame(one: Level, other: Level): boolean {
  return one.tier === other.tier && one.confidence === other.confidence && one.severity === other.severity
}

function atLeast<Name extends string>(order: readonly Name[], value: Name, bar: Name): boolean {
  return order.indexOf(value) <= order.indexOf(bar)
}
