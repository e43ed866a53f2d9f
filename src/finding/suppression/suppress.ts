import { digestRecord } from '../../records/canonical-json.ts'
import type { FileCoverage, Finding } from '../../records/finding.ts'
import type { SuppressedFinding } from '../../records/scan-report.ts'
import { hiddenPlace, without } from '../hidden.ts'
import { knownTools } from '../tool-name.ts'
import type { Suppression } from './comment.ts'
import { suppressionRules, unknownRule, unused, withoutReason } from './rules.ts'

export interface Suppressing {
  readonly suppressions: readonly Suppression[]
  readonly coverage: readonly FileCoverage[]
}

export interface Suppressed {
  readonly findings: Finding[]
  readonly suppressed: SuppressedFinding[]
  /** Without the places that hide what they do and are answered for. */
  readonly coverage: FileCoverage[]
}

/**
 * Takes out what somebody has answered for beside the code. Comments that do not say why, name no rule, or are needed no more are findings
 * themselves. Nobody but the owner of a file may be believed in this: it is not done to programs that a model wrote.
 */
export async function suppress(findings: readonly Finding[], { suppressions, coverage: given }: Suppressing): Promise<Suppressed> {
  if (suppressions.length === 0) return { findings: [...findings], suppressed: [], coverage: [...given] }
  // All rules of all languages, which most scans need not load.
  const { rulesById } = await import('../rules.ts')
  const rules = new Set([...rulesById().keys(), hiddenPlace])
  const tools = new Set(findings.flatMap(({ rule, tool }) => (tool === undefined ? [] : [namespaceOf(rule)])))
  const known: Known = { rules, own: new Set([...rules].map(namespaceOf)), tools }
  const judged = suppressions.map((suppression) => ({ suppression, state: stateOf(suppression, known) }))
  const valid = judged.filter(({ state }) => state === 'valid').map(({ suppression }) => suppression)
  const used = new Set<string>()
  const left: Finding[] = []
  const suppressed: SuppressedFinding[] = []
  for (const finding of findings) {
    const by = valid.find((suppression) => covers(suppression, finding))
    if (by === undefined) left.push(finding)
    else {
      suppressed.push({ finding, reason: by.reason })
      for (const suppression of valid) if (covers(suppression, finding)) used.add(`${keyOf(suppression)} ${finding.rule}`)
    }
  }
  const answered = valid.filter(({ rules }) => rules.includes(hiddenPlace))
  const coverage = given.map((file) =>
    without(file, (place) => {
      const by = answered.filter(({ path, line }) => path === file.path && line === place.line)
      for (const suppression of by) used.add(`${keyOf(suppression)} ${hiddenPlace}`)
      return by.length > 0
    }),
  )
  const read = new Set(coverage.filter(({ kind }) => kind === 'read').map(({ path }) => path))
  const isIdle = (suppression: Suppression) =>
    read.has(suppression.path) && suppression.rules.some((rule) => (known.own.has(namespaceOf(rule)) || tools.has(namespaceOf(rule))) && !used.has(`${keyOf(suppression)} ${rule}`))
  const complaints = judged.flatMap(({ suppression, state }) => {
    if (state === 'valid') return isIdle(suppression) ? [{ suppression, rule: unused }] : []
    return [{ suppression, rule: state }]
  })
  return { findings: [...left, ...asFindings(complaints)], suppressed, coverage }
}

const namespaceOf = (rule: string) => rule.split('/', 1)[0] ?? ''
const keyOf = ({ path, span }: Suppression) => `${path}:${span.start}`

interface Known {
  readonly rules: ReadonlySet<string>
  /** What the names of our own rules begin with. */
  readonly own: ReadonlySet<string>
  readonly tools: ReadonlySet<string>
}

function stateOf({ rules, reason }: Suppression, known: Known): 'valid' | (typeof suppressionRules)[number] {
  // Rules of a tool whose results are not here this time cannot be looked up; they are believed and suppress nothing.
  const isKnown = (rule: string) => known.rules.has(rule) || (!known.own.has(namespaceOf(rule)) && (known.tools.has(namespaceOf(rule)) || knownTools.has(namespaceOf(rule))))
  if (rules.length === 0 || !rules.every(isKnown)) return unknownRule
  return /[\p{L}\p{N}]/u.test(reason) ? 'valid' : withoutReason
}

function covers({ path, line, rules }: Suppression, finding: Finding): boolean {
  return finding.path === path && (finding.span.line === line || finding.span.endLine === line) && rules.includes(finding.rule)
}

function asFindings(complaints: readonly { suppression: Suppression; rule: (typeof suppressionRules)[number] }[]): Finding[] {
  const ordinals = new Map<string, number>()
  return complaints.map(({ suppression: { path, span, rules }, rule: { id, severity, confidence, tier, message } }) => {
    const key = JSON.stringify([path, id, rules])
    const ordinal = ordinals.get(key) ?? 0
    ordinals.set(key, ordinal + 1)
    return { rule: id, severity, confidence, tier, message, path, span, trace: [], fingerprint: digestRecord({ rule: id, rules, ordinal }) }
  })
}
