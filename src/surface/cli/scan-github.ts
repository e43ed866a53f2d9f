import type { Finding, Severity } from '../../records/finding.ts'
import type { ScanReport } from '../../records/scan-report.ts'
import { denies } from '../../scan.ts'
import type { Colors } from './output.ts'
import { summarise } from './scan-summary.ts'
import { commandless } from './scan-text.ts'

type Command = 'error' | 'warning' | 'notice'

const commands: Record<Severity, Command> = { critical: 'error', high: 'error', medium: 'warning', low: 'notice' }
const weight: Record<Severity, number> = { critical: 3, high: 2, medium: 1, low: 0 }
/** GitHub shows no more of each kind for a step; the rest of the commands would vanish without a word. */
const mostOfKind = 10

/** A scan as commands of GitHub's runner: the worst findings become annotations, all others plain lines of the log. */
export function renderGithub(report: ScanReport, { all, colors }: { all: boolean; colors: Colors }): string {
  const shown = report.findings.filter((finding) => all || finding.tier === 'vulnerability' || denies(finding, report.failOn))
  const ordered = shown.toSorted((a, b) => Number(denies(b, report.failOn)) - Number(denies(a, report.failOn)) || weight[b.severity] - weight[a.severity])
  const left: Record<Command, number> = { error: mostOfKind, warning: mostOfKind, notice: mostOfKind }
  const lines = ordered.map((finding) => (left[commandOf(finding, report)]-- > 0 ? annotation(finding, commandOf(finding, report)) : plainLine(finding)))
  const over = lines.filter((line) => !line.startsWith('::')).length
  const more = over === 0 ? '' : `${over} findings are lines of this log only: GitHub shows ${mostOfKind} annotations of a kind\n`
  return `${lines.map((line) => `${line}\n`).join('')}${more}${summarise(report, { hidden: report.findings.length - shown.length, colors })}`
}

/** What denies is an error, however severe it is. */
function commandOf(finding: Finding, { failOn }: ScanReport): Command {
  return denies(finding, failOn) ? 'error' : commands[finding.severity] === 'error' ? 'warning' : commands[finding.severity]
}

function annotation({ path, span, rule, cwe, message }: Finding, command: Command): string {
  const columns = span.line === span.endLine ? { col: span.column, endColumn: Math.max(span.column, span.endColumn) } : {}
  const properties = { file: path, line: span.line, endLine: span.endLine, ...columns, title: `${rule}${cwe === undefined ? '' : ` (CWE-${cwe})`}` }
  const given = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`)
  return `::${command} ${given.join(',')}::${data(message)}`
}

function plainLine({ path, span, rule, severity, message }: Finding): string {
  return `${severity} ${commandless(`${path}:${span.line}:${span.column} ${rule} ${message}`)}`
}

// As the runner's own toolkit escapes them.
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
