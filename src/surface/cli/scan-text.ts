import { join, relative } from 'node:path'
import type { Finding, Severity } from '../../records/finding.ts'
import type { ScanReport } from '../../records/scan-report.ts'
import { denies } from '../../scan.ts'
import type { Colors } from './output.ts'
import { summarise } from './scan-summary.ts'
import { oneLine, wrap } from './text.ts'

interface Rendering {
  readonly root: string
  readonly all: boolean
  readonly colors: Colors
}

const widest = 120

/** A scan for people: each finding with what an attacker does, what to write instead and how the value came; then what was read and what was not. */
export function renderScan(report: ScanReport, { root, all, colors }: Rendering): string {
  const shown = report.findings.filter((finding) => all || isShown(finding, report))
  const pathOf = (path: string) => commandless(shortest(join(root, path)))
  const told = shown.map((finding) => renderFinding(finding, { pathOf, colors }))
  if (all && report.suppressed.length > 0) told.push(renderSuppressed(report, { pathOf, colors }))
  return `${told.join('\n')}${told.length > 0 ? '\n' : ''}${summarise(report, { hidden: report.findings.length - shown.length, colors })}`
}

/** From where the user stands, if that is not a way up and down again. */
function shortest(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}

/** Habits wait for `--all`, unless one of them denies. */
function isShown(finding: Finding, { failOn }: ScanReport): boolean {
  return finding.tier === 'vulnerability' || finding.rule.startsWith('suppression/') || denies(finding, failOn)
}

interface Line {
  readonly pathOf: (path: string) => string
  readonly colors: Colors
}

function renderFinding(finding: Finding, { pathOf, colors }: Line): string {
  const { rule, cwe, severity, confidence, message, trace, agreedBy = [] } = finding
  const width = Math.min(process.stdout.columns || 100, widest) - 4
  const place = placeOf(finding, pathOf)
  const also = agreedBy.length === 0 ? '' : `, agreed by ${agreedBy.join(', ')}`
  const facts = [...(cwe === undefined ? [] : [`CWE-${cwe}`]), `confidence ${confidence}${also}`].join(', ')
  const head = `${colors.bold(place)}  ${paint(severity, colors)}  ${commandless(rule)}  ${colors.dim(commandless(facts))}`
  const steps = trace.map((step) => `${pathOf(step.path)}:${step.span.line}:${step.span.column}  ${commandless(step.note)}`)
  const way = steps.length === 0 ? [] : [colors.dim('the way of the value:'), ...steps.map((step, index) => colors.dim(`  ${index + 1}. ${step}`))]
  return [head, ...[...wrap(commandless(message), width), ...way].map((line) => `    ${line}`), ''].join('\n')
}

function renderSuppressed({ suppressed }: ScanReport, { pathOf, colors }: Line): string {
  const lines = suppressed.map(({ finding, reason }) => `${placeOf(finding, pathOf)}  suppressed  ${commandless(`${finding.rule}: ${reason}`)}`)
  return lines.map((line) => `${colors.dim(line)}\n`).join('')
}

function placeOf({ path, span }: Finding, pathOf: (path: string) => string): string {
  return `${pathOf(path)}:${span.line}:${span.column}`
}

function paint(severity: Severity, colors: Colors): string {
  const paints = { critical: (text: string) => colors.bold(colors.red(text)), high: colors.red, medium: colors.yellow, low: colors.dim }
  return paints[severity](severity.padEnd(8))
}

/** One line that no build server takes for a command to it (`##[...]` anywhere in a line, `::` at its start), whatever a scanned file says. */
export function commandless(text: string): string {
  return oneLine(text).replaceAll('##[', '## [').replace(/^::/, ': :')
}
