import type { Edit, FileCoverage, Finding } from '../../records/finding.ts'
import { confidences, severities, tiers } from '../../records/names.ts'
import { placeAfter } from './edit.ts'

export interface Reading {
  readonly findings: readonly Finding[]
  readonly coverage: FileCoverage
}

/** `mended`: what the findings of before have become, those that are gone left out. `refused`: what speaks against the change. */
export type Comparison = { kind: 'mended'; became: ReadonlyMap<Finding, Finding> } | { kind: 'refused'; reason: string }

/** Whether a change took a finding away, added none, made none worse and parses as well as before. */
export function compare(before: Reading, after: Reading, { target, edits }: { target: Finding; edits: readonly Edit[] }): Comparison {
  const [was, is] = [readTo(before.coverage), readTo(after.coverage)]
  if (was === undefined || is === undefined) return refused('the file is not read to its end')
  if (is.parseErrors > was.parseErrors) return refused('it would parse worse')
  if (is.hidden > was.hidden) return refused('it would hide what it does')
  const became = new Map<Finding, Finding>()
  const left = new Set(before.findings)
  for (const finding of after.findings) {
    const known = [...left].find((one) => one.rule === finding.rule && one.cwe === finding.cwe && mayBe(one, finding, edits))
    if (known === undefined && wasBehind(target, finding, edits)) continue
    if (known === undefined) return refused(`${finding.rule} would appear`)
    if (weightOf(finding) > weightOf(known)) return refused(`${finding.rule} would be worse`)
    left.delete(known)
    became.set(known, finding)
  }
  return became.has(target) ? refused('the finding would stay') : { kind: 'mended', became }
}

/** How well a file was read that was read to its end. */
function readTo(coverage: FileCoverage): { parseErrors: number; hidden: number } | undefined {
  if (coverage.kind === 'read') return { parseErrors: coverage.parseErrors, hidden: 0 }
  if (coverage.kind !== 'incomplete' || coverage.hidden === undefined) return undefined
  return { parseErrors: coverage.parseErrors ?? 0, hidden: coverage.hidden.length }
}

function mayBe(before: Finding, after: Finding, edits: readonly Edit[]): boolean {
  const { from, to } = placeAfter(edits, before.span.start)
  return after.span.start >= from && after.span.start <= to
}

// What a shell reads may be an option as well: that is told only where no shell reads it.
const shellInjection = 78
const optionInjection = 88

/** A report tells of one weakness in one place once: the habit that stood behind what was mended is still there, and told now. */
function wasBehind(target: Finding, finding: Finding, edits: readonly Edit[]): boolean {
  return (
    (finding.cwe === target.cwe || (target.cwe === shellInjection && finding.cwe === optionInjection)) &&
    finding.rule !== target.rule &&
    finding.tier === 'hygiene' &&
    target.tier === 'vulnerability' &&
    mayBe(target, finding, edits)
  )
}

function weightOf({ tier, severity, confidence }: Finding): number {
  return (
    (tiers.length - tiers.indexOf(tier)) * 100 +
    (severities.length - severities.indexOf(severity)) * 10 -
    confidences.indexOf(confidence)
  )
}

function refused(reason: string): Comparison {
  return { kind: 'refused', reason }
}
