import type { Confidence, Finding } from '../../records/finding.ts'

// Weaknesses that tools take one for the other: the same mistake, seen from nearer or from farther away.
const families: readonly (readonly number[])[] = [
  [77, 78, 88],
  [94, 95, 96, 1336],
  [89, 564, 943],
  [22, 23, 36, 73],
  [79, 80, 83, 116],
  [259, 321, 798],
  [326, 327, 328, 916, 759, 760],
  [330, 331, 335, 337, 338],
  [295, 297],
  [377, 378, 379],
  [611, 776, 827],
  [400, 407, 1333],
  [390, 391, 703, 755],
  [276, 732],
  [20, 502],
]
const raised: Record<Confidence, Confidence> = { low: 'medium', medium: 'high', high: 'high' }
/** A place of more lines is a hint rather than a place: it agrees with what begins where it begins. */
const mostLines = 20

/**
 * Our findings with those of other tools. What several see, the same weakness in the same lines, is told once, with the names of all, and more surely:
 * ours before theirs, and theirs in the order in which they came.
 */
export function agree(own: readonly Finding[], foreign: readonly Finding[]): Finding[] {
  const byPath = new Map<string, Finding[]>()
  const seen = new Set<string>()
  for (const finding of own) push(byPath, finding)
  for (const finding of foreign) {
    // The same log twice, or two that overlap.
    const key = JSON.stringify([finding.path, finding.rule, finding.fingerprint, finding.span.line])
    if (seen.has(key)) continue
    seen.add(key)
    const beside = byPath.get(finding.path) ?? []
    const index = beside.findIndex((known) => toolOf(known) !== toolOf(finding) && seesTheSame(known, finding))
    if (index === -1) push(byPath, finding)
    else beside[index] = joined(beside[index]!, finding)
  }
  return [...byPath.values()].flat()
}

function joined(known: Finding, other: Finding): Finding {
  const agreedBy = [...new Set([...(known.agreedBy ?? []), toolOf(other)])].sort()
  return { ...known, confidence: known.agreedBy === undefined ? raised[known.confidence] : known.confidence, agreedBy }
}

function toolOf({ tool }: Finding): string {
  return tool ?? 'Countersign'
}

function seesTheSame(a: Finding, b: Finding): boolean {
  if (a.cwe === undefined || b.cwe === undefined || !areRelated(a.cwe, b.cwe)) return false
  if (a.span.endLine - a.span.line > mostLines || b.span.endLine - b.span.line > mostLines) return a.span.line === b.span.line
  return a.span.line <= b.span.endLine && b.span.line <= a.span.endLine
}

function areRelated(a: number, b: number): boolean {
  return a === b || families.some((family) => family.includes(a) && family.includes(b))
}

function push(byPath: Map<string, Finding[]>, finding: Finding): void {
  const beside = byPath.get(finding.path)
  if (beside === undefined) byPath.set(finding.path, [finding])
  else beside.push(finding)
}
