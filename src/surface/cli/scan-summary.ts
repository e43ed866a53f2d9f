import type { FileCoverage, Finding, Severity } from '../../records/finding.ts'
import type { ScanReport } from '../../records/scan-report.ts'
import type { Colors } from './output.ts'
import { commandless } from './scan-text.ts'

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low']
/** Places named one by one before the rest is only counted; `--json` names all. */
const mostNamed = 20

/** The last lines of a report: what was found, how far it was looked, what is not known, and whether it passes. */
export function summarise(report: ScanReport, { hidden, colors }: { hidden: number; colors: Colors }): string {
  const { coverage, suppressed, known, unknown, notes, denials } = report
  const lines = [
    found(report, hidden),
    ...(suppressed.length === 0 ? [] : [`${suppressed.length} suppressed by comments that say why`]),
    ...(known.length === 0 ? [] : [`${known.length} known before, not reported again`]),
    readLine(coverage),
    ...passedOver(coverage),
    ...notes.map(commandless),
    ...limited(coverage.filter(isIncomplete).map(({ path, reason }) => `${colors.yellow('incomplete')}  ${commandless(`${path}: ${reason}`)}`)),
    ...unknown.map(({ what, detail }) => `${colors.yellow('not known')}  ${commandless(`${what}: ${detail}`)}`),
    ...(denials.length === 0 ? [colors.green('passed')] : denials.map((denial) => `${colors.red('denied')}  ${commandless(denial)}`)),
  ]
  return `${lines.join('\n')}\n`
}

function found({ findings }: ScanReport, hidden: number): string {
  const vulnerabilities = findings.filter(({ tier }) => tier === 'vulnerability')
  const habits = findings.length - vulnerabilities.length
  const also = habits === 0 ? '' : `, ${count(habits, 'habit')}${hidden === 0 ? '' : ` (${hidden === habits ? '' : `${hidden} `}not shown; --all shows them)`}`
  return `${vulnerabilities.length === 0 ? 'no vulnerability' : count(vulnerabilities.length, 'vulnerability', 'vulnerabilities')}${bySeverity(vulnerabilities)}${also}`
}

function bySeverity(findings: readonly Finding[]): string {
  const parts = severities.map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length })).filter(({ count }) => count > 0)
  return parts.length === 0 ? '' : ` (${parts.map(({ severity, count }) => `${count} ${severity}`).join(', ')})`
}

function readLine(coverage: readonly FileCoverage[]): string {
  const read = coverage.filter((file) => file.kind === 'read')
  const broken = read.filter(({ parseErrors }) => parseErrors > 0).length
  const incomplete = coverage.filter(isIncomplete).length
  const errors = broken === 0 ? '' : `, ${broken} of them with syntax errors`
  return `read ${count(read.length, 'file')}${tally(read.map(({ language }) => language))}${errors}${incomplete === 0 ? '' : `; ${incomplete} incomplete`}`
}

/** What was not looked at, by what stood in the way; programs first. */
function passedOver(coverage: readonly FileCoverage[]): string[] {
  const skipped = coverage.filter((file) => file.kind === 'skipped')
  const programs = skipped.filter(({ language }) => language !== undefined)
  const others = Map.groupBy(skipped.filter(({ language }) => language === undefined), ({ reason }) => reason.split(':', 1)[0] ?? reason)
  return [
    ...(programs.length === 0 ? [] : [`not read, for want of a front end: ${count(programs.length, 'file')}${tally(programs.map(({ language = '' }) => language))}`]),
    ...[...others].map(([reason, files]) => `skipped ${files.length}: ${commandless(reason)}${files.length > 3 ? tally(files.map(({ path }) => endingOf(path))) : ` (${commandless(files.map(({ path }) => path).join(', '))})`}`),
  ]
}

function isIncomplete(file: FileCoverage): file is Extract<FileCoverage, { kind: 'incomplete' }> {
  return file.kind === 'incomplete'
}

/** ` (python 118, typescript 2)`, the most first. */
function tally(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => ({ name, length })).sort((a, b) => b.length - a.length || (a.name < b.name ? -1 : 1))
  const shown = counts.slice(0, 8).map(({ name, length }) => `${commandless(name)} ${length}`)
  return names.length === 0 ? '' : ` (${shown.join(', ')}${counts.length > shown.length ? ', …' : ''})`
}

function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /\.\w+$/.exec(name)?.[0] ?? 'no ending'
}

function limited(lines: readonly string[]): string[] {
  return lines.length <= mostNamed ? [...lines] : [...lines.slice(0, mostNamed), `… and ${lines.length - mostNamed} more (--json names them)`]
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
