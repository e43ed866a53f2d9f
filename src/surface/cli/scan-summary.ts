import type { FileCoverage, Finding, Severity } from '../../records/finding.ts'
import type { ScanReport } from '../../records/scan-report.ts'
import { whyUnfinished } from '../../records/unfinished.ts'
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
    ...limited(coverage.flatMap((file) => unfinishedLine(file, colors))),
    ...unknown.map(({ what, detail }) => `${colors.yellow('not known')}  ${commandless(`${what}: ${detail}`)}`),
    ...(denials.length === 0 ? [passing(report, colors)] : denials.map((denial) => `${colors.red('denied')}  ${commandless(denial)}`)),
  ]
  return `${lines.join('\n')}\n`
}

/** What it means that nothing denies: what was let pass, and what nobody looked at, is said with it. */
function passing({ findings, coverage, known, suppressed, unknown, failOn }: ScanReport, colors: Colors): string {
  const below = findings.filter(({ tier }) => tier === 'vulnerability').length
  const unfinished = coverage.filter((file) => whyUnfinished(file) !== undefined).length
  const foreign = coverage.filter((file) => file.kind === 'skipped' && file.language !== undefined).length
  const judged = count(coverage.filter(({ kind }) => kind === 'read').length, 'file')
  const accepted = known.length + suppressed.length
  const but = [
    ...(below === 0 ? [] : [`${count(below, 'vulnerability', 'vulnerabilities')} ${below === 1 ? 'is' : 'are'} below what denies (--fail-on ${failOn})`]),
    ...(accepted === 0 ? [] : [`${count(accepted, 'finding')} known before or suppressed ${accepted === 1 ? 'was' : 'were'} let pass`]),
    ...(unfinished === 0 ? [] : [`${count(unfinished, 'file')} not read to the end ${unfinished === 1 ? 'was' : 'were'} let pass`]),
    ...(unknown.length === 0 ? [] : [`${count(unknown.length, 'thing')} not known ${unknown.length === 1 ? 'was' : 'were'} let pass`]),
    ...(foreign === 0 ? [] : [`${count(foreign, 'program')} without a front end ${foreign === 1 ? 'was' : 'were'} not judged`]),
  ]
  return but.length === 0 ? colors.green(`nothing denies: no vulnerability in the ${judged} read`) : `${colors.yellow('nothing denies')}: ${but.join('; ')}`
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
  const incomplete = coverage.filter(({ kind }) => kind === 'incomplete').length
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

function unfinishedLine(file: FileCoverage, colors: Colors): string[] {
  const why = whyUnfinished(file)
  return why === undefined ? [] : [`${colors.yellow('incomplete')}  ${commandless(`${file.path}: ${why}`)}`]
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
