import { Confidence, type Finding, Severity, Tier } from '../records/finding.ts'

/** What the findings of a program have become in another one. */
export interface Succession {
  /** Findings of before that are gone. */
  gone: Finding[]
  /** Findings that were not there before, or not as bad. */
  fresh: Finding[]
}

/**
 * Each finding that is left must be one of before, and no worse in any respect, each of those standing for one: where nothing is fresh, no floor,
 * wherever it lies, is further away than it was.
 */
export function succession(after: readonly Finding[], before: readonly Finding[]): Succession {
  const left = new Set(before)
  // Those that are the same to the letter first, so that none of them is given to another.
  const ordered = [...after].sort((one, other) => Number(isIn(before, other)) - Number(isIn(before, one)))
  const unknown = ordered.filter((finding) => {
    const known = successorOf(finding, left)
    if (known !== undefined) left.delete(known)
    return known === undefined
  })
  const uncovered = new Set(left)
  const fresh = unknown.filter((finding) => {
    const known = habitBehind(finding, uncovered)
    if (known !== undefined) uncovered.delete(known)
    return known === undefined
  })
  return { gone: [...left], fresh }
}

function isIn(findings: readonly Finding[], { fingerprint }: Finding): boolean {
  return findings.some((known) => known.fingerprint === fingerprint)
}

function successorOf(finding: Finding, known: ReadonlySet<Finding>): Finding | undefined {
  const alike = [...known].filter((one) => one.rule === finding.rule && one.cwe === finding.cwe && isNoWorse(finding, one))
  return alike.find(({ fingerprint }) => fingerprint === finding.fingerprint) ?? alike[0]
}

// What a shell reads may be an option as well: that is told only where no shell reads it.
const shellInjection = 78
const optionInjection = 88

/** A report tells of one weakness in one place once: the habit behind what was mended was there before, and is told of now. */
function habitBehind(finding: Finding, gone: ReadonlySet<Finding>): Finding | undefined {
  if (finding.tier !== 'hygiene') return undefined
  return [...gone].find(
    (target) =>
      target.tier === 'vulnerability' &&
      target.rule !== finding.rule &&
      (target.cwe === finding.cwe || (target.cwe === shellInjection && finding.cwe === optionInjection)) &&
      isNoWorse(finding, target),
  )
}

function isNoWorse(finding: Finding, known: Finding): boolean {
  return (
    Tier.options.indexOf(finding.tier) >= Tier.options.indexOf(known.tier) &&
    Severity.options.indexOf(finding.severity) >= Severity.options.indexOf(known.severity) &&
    Confidence.options.indexOf(finding.confidence) >= Confidence.options.indexOf(known.confidence)
  )
}
