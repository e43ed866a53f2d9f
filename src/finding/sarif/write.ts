import type { FileCoverage, Finding, FindingSpan, Severity } from '../../records/finding.ts'
import type { ScanReport } from '../../records/scan-report.ts'
import { type RuleSummary, rulesById } from '../rules.ts'

/** GitHub takes no more in a run, and shows the most severe of them; what is left out is said in the log itself. */
export const mostResults = 25_000
const mostNotifications = 1000
const mostSteps = 1000

const levels: Record<Severity, 'error' | 'warning' | 'note'> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' }
// CVSS-like numbers in the middle of the ranges in which GitHub says critical, high, medium and low.
const securitySeverities: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' }
const weights: Record<Severity, number> = { critical: 3, high: 2, medium: 1, low: 0 }

type Standing = { baselineState?: 'new' | 'unchanged'; suppressions?: { kind: 'inSource'; justification: string }[] }
interface Entry {
  readonly finding: Finding
  readonly standing: Standing
}

/** A scan as SARIF 2.1.0, a run for each tool. The same scan gives the same bytes: no times, no paths of this machine. */
export function toSarif(report: ScanReport, { version, isCompared = false }: { version: string; isCompared?: boolean }): object {
  const state: Standing = isCompared ? { baselineState: 'new' } : {}
  const entries: Entry[] = [
    ...report.findings.map((finding) => ({ finding, standing: state })),
    ...report.known.map((finding): Entry => ({ finding, standing: { baselineState: 'unchanged' } })),
    ...report.suppressed.map(({ finding, reason }): Entry => ({ finding, standing: { ...state, suppressions: [{ kind: 'inSource', justification: reason }] } })),
  ].sort(byPlace)
  const byTool = Map.groupBy(entries, ({ finding }) => finding.tool)
  const others = [...byTool.keys()].filter((tool) => tool !== undefined).sort()
  const own = runOf({ name: 'Countersign', semanticVersion: version }, { entries: byTool.get(undefined) ?? [], notifications: notificationsOf(report) })
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [own, ...others.map((tool) => runOf({ name: tool }, { entries: byTool.get(tool) ?? [], notifications: [] }))],
  }
}

function byPlace({ finding: a }: Entry, { finding: b }: Entry): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return a.span.start - b.span.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
}

interface Notification {
  level: 'error' | 'warning' | 'note'
  message: { text: string }
  locations?: object[]
}

function runOf(driver: { name: string; semanticVersion?: string }, { entries, notifications }: { entries: readonly Entry[]; notifications: readonly Notification[] }): object {
  const kept = withinLimit(entries)
  const cut = entries.length - kept.length
  const left: Notification[] = cut === 0 ? [] : [{ level: 'warning', message: { text: `${cut} results, the least severe, are left out: a run holds ${mostResults}` } }]
  const rules = [...Map.groupBy(kept, ({ finding }) => finding.rule)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, [first]]) => first!.finding)
  const indexes = new Map(rules.map(({ rule }, index) => [rule, index]))
  return {
    tool: { driver: { ...driver, rules: rules.map(ruleOf) } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The top folder of the workspace that was scanned.' } } },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: [...left, ...notifications] }],
    results: kept.map((entry) => resultOf(entry, indexes)),
  }
}

function withinLimit(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= mostResults) return entries
  const rank = ({ finding }: Entry) => weights[finding.severity] + (finding.tier === 'vulnerability' ? 10 : 0)
  return entries.toSorted((a, b) => rank(b) - rank(a)).slice(0, mostResults).sort(byPlace)
}

function ruleOf(finding: Finding): object {
  const known: RuleSummary | undefined = finding.tool === undefined ? rulesById().get(finding.rule) : undefined
  const { cwe, owasp, severity, confidence, tier, message } = known ?? finding
  const tags = [
    ...(finding.tool !== undefined || tier === 'vulnerability' || cwe !== undefined ? ['security'] : []),
    ...(cwe === undefined ? [] : [`external/cwe/cwe-${String(cwe).padStart(3, '0')}`]),
    ...(owasp === undefined ? [] : [`external/owasp/${owasp.toLowerCase().replace(':', '-')}`]),
  ]
  return {
    id: idOf(finding),
    ...(known !== undefined && { shortDescription: { text: known.title }, fullDescription: { text: literal(message) }, help: { text: literal(message) } }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags, precision: confidence, 'security-severity': securitySeverities[severity], tier },
  }
}

/** Rules of other tools keep the name that their tool gave them. */
function idOf({ rule, tool }: Finding): string {
  return tool === undefined ? rule : rule.slice(rule.indexOf('/') + 1)
}

function resultOf({ finding, standing }: Entry, indexes: ReadonlyMap<string, number>): object {
  const { rule, severity, confidence, tier, message, path, span, trace, fingerprint, fix, cwe, agreedBy } = finding
  return {
    ruleId: idOf(finding),
    ruleIndex: indexes.get(rule),
    level: levels[severity],
    message: { text: literal(message) },
    locations: [{ physicalLocation: placeOf(path, span) }],
    // The first name is the only one that GitHub looks at.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint.replace('sha256:', '').slice(0, 16)}:1`, 'countersign/v1': fingerprint },
    ...(trace.length > 0 && { codeFlows: [{ threadFlows: [{ locations: flowOf(finding) }] }] }),
    ...(fix !== undefined && { fixes: [fixOf(path, fix)] }),
    ...standing,
    properties: { confidence, tier, severity, ...(cwe !== undefined && { cwe }), ...(agreedBy !== undefined && { agreedBy }) },
  }
}

function flowOf({ path, span, trace }: Finding): object[] {
  const steps = [...trace.slice(0, mostSteps - 1), { path, span, note: 'it is used here' }]
  return steps.map((step) => ({ location: { physicalLocation: placeOf(step.path, step.span), message: { text: literal(step.note) } } }))
}

function fixOf(path: string, { title, edits }: NonNullable<Finding['fix']>): object {
  const replacements = edits.map(({ start, end, text }) => ({ deletedRegion: { charOffset: start, charLength: end - start }, insertedContent: { text } }))
  return { description: { text: literal(title) }, artifactChanges: [{ artifactLocation: artifact(path), replacements }] }
}

function placeOf(path: string, { line, column, endLine, endColumn }: FindingSpan): object {
  return { artifactLocation: artifact(path), region: { startLine: line, startColumn: column, endLine, endColumn } }
}

function artifact(path: string): object {
  return { uri: path.toWellFormed().split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' }
}

/** `{0}` in a message would be taken for the place of an argument (SARIF 2.1.0, 3.11.5). */
function literal(text: string): string {
  return text.replace(/\{(\d+)\}/g, '{{$1}}')
}

/** What was not read or not known, so that no reader of the log takes silence for a pass. */
function notificationsOf({ coverage, unknown, notes }: ScanReport): Notification[] {
  const told = [
    ...unknown.map(({ what, detail }): Notification => ({ level: 'error', message: { text: literal(`${what}: ${detail}`) } })),
    ...coverage.flatMap(notificationOf),
    ...notes.map((text): Notification => ({ level: 'note', message: { text: literal(text) } })),
  ]
  if (told.length <= mostNotifications) return told
  return [...told.slice(0, mostNotifications), { level: 'warning', message: { text: `${told.length - mostNotifications} more notifications are left out` } }]
}

function notificationOf(file: FileCoverage): Notification[] {
  if (file.kind === 'read') return []
  // Of what is no program in a known language there is nothing to say to whoever reads alerts.
  if (file.kind === 'skipped' && file.language === undefined) return []
  const level = file.kind === 'incomplete' ? 'error' : 'note'
  return [{ level, message: { text: literal(`${file.kind}: ${file.reason}`) }, locations: [{ physicalLocation: { artifactLocation: artifact(file.path) } }] }]
}
