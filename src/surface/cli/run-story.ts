import { type Illegible, nameOfStrategy, type RecordedRun } from '../../index.ts'
import type { Finding } from '../../records/finding.ts'
import type { Unknown } from '../../records/verdict.ts'
import { looksOf, whyNoMore } from '../report/batches.ts'
import { failuresOf, type Way } from '../report/failure.ts'
import { labelsOf } from '../report/names.ts'
import { renderAttacks } from './attack-story.ts'
import type { Bounds } from './bounds.ts'
import { roleLines } from './dialogue-line.ts'
import { confinementLine } from './confinement-line.ts'
import { renderDialogues } from './dialogue-story.ts'
import { differenceLine } from './difference-line.ts'
import { familiarityLine } from './familiarity-line.ts'
import { labelOf, outcomeOf, rejectionOf } from './fate.ts'
import { lookLine } from './look-line.ts'
import type { Colors } from './output.ts'
import { roundLines } from './round-line.ts'
import { endingOf } from './runs.ts'
import { spendLine } from './spend.ts'
import { tallyLine } from './tally-line.ts'
import { oneLine, table } from './text.ts'
import { choiceLine, rankingRows, scoringLine } from './verdict-report.ts'

export interface StoryParts {
  illegible: readonly Illegible[]
  colors: Colors
  bounds: Bounds
}

/** What is kept of a run as a story: what was asked, how each candidate fared, what failed and why, what was said of it, what became of it, and the choice. */
export function renderRun(run: RecordedRun, { illegible, colors, bounds }: StoryParts): string {
  const sections: [title: string, text: string][] = [
    ['', table(facts(run, bounds))],
    ['cannot be read', bounds.first(illegible, 'findings', { show: ({ kind, reason }) => `  ${oneLine(kind)}: ${oneLine(reason)}\n`, what: 'records' })],
    ['how many were drawn', drawn(run)],
    ['candidates', candidates(run, bounds)],
    ['what failed', failed(run, bounds)],
    ['weaknesses', weaknesses(run, colors, bounds)],
    ['attacks', renderAttacks(run, bounds)],
    ['behaviour', behaviour(run, bounds)],
    ['dialogue', renderDialogues(run, colors, bounds)],
    ['rounds', lines(run.verdict === undefined ? [] : roundLines(run.verdict))],
    ['who spoke', lines(run.verdict === undefined ? [] : roleLines(run.verdict))],
    ['not known', unknowns(run.verdict?.unknown ?? [], bounds)],
    ['', ending(run, colors)],
  ]
  const told = sections.flatMap(([title, text]) => (text === '' ? [] : [`${title === '' ? '' : `${colors.bold(title)}\n`}${text}`]))
  return `${told.join('\n')}${bounds.isCut ? `\n${colors.dim(`told in short; countersign show ${oneLine(run.id)} --all tells the rest, --html FILE draws it`)}\n` : ''}`
}

function facts({ task, confinement, configuration, modelChoice, familiarity, drawing, capability, ...run }: RecordedRun, bounds: Bounds): string[][] {
  const tests = task?.tests.filter(({ source }) => source !== 'generated').length ?? 0
  return [
    ['run', `${oneLine(run.id)}, ${run.ended === undefined ? '' : `took ${(Date.parse(run.ended) - Date.parse(run.started)) / 1000} s, `}started ${run.started.slice(0, 19).replace('T', ' ')}`],
    ['ended', run.ending?.failure === undefined ? endingOf(run) : `${endingOf(run)}: ${bounds.line(run.ending.failure)}`],
    ...(task === undefined ? [] : [['task', bounds.line(task.instruction)], ['', `${task.language}, ${counted(tests, 'test')}${tests === task.tests.length ? '' : ` and ${task.tests.length - tests} that models wrote`}`]]),
    ...(configuration === undefined ? [] : [['strategy', oneLine(`${nameOfStrategy(configuration)}, seed ${configuration.seed}`)]]),
    ...(modelChoice === undefined ? [] : [['model', bounds.line(`${modelChoice.model}: ${modelChoice.detail}`)]]),
    ...(familiarity === undefined ? [] : [['familiar', bounds.line(familiarityLine(familiarity))]]),
    ...(drawing === undefined ? [] : [['written by', bounds.line(`${drawing.model}: ${counted(drawing.asked, 'answer')}, ${counted(run.candidates.length, 'program')}, ${counted(run.exchanges.length, 'exchange')} kept`)]]),
    ...(capability === undefined ? [] : [['scored by', oneLine(`${capability.model}, tier ${capability.tier}`)]]),
    ...(confinement === undefined ? [] : [['sandbox', oneLine(confinementLine(confinement))]]),
    ['made by', oneLine(Object.entries(run.versions).map(([name, version]) => `${name} ${version}`).join(', '))],
  ]
}

/** What was seen after each batch, and why there was no further one. */
function drawn(run: RecordedRun): string {
  const looks = looksOf(run)
  return looks.length === 0 ? '' : lines([...looks.map((look) => `  ${lookLine(look)}`), ...(looks.at(-1)?.kind === 'settled' ? [] : [`  ${whyNoMore(run, looks)}`])])
}

/** Best first with the reasons; without a verdict, as far as each one came. */
function candidates({ verdict, screenings, executions }: RecordedRun, bounds: Bounds): string {
  const rows = verdict === undefined ? screenings.map((screening) => [labelOf(screening), rejectionOf(screening) ?? fateOf(executions.find(({ candidate }) => candidate === screening.candidate))]) : rankingRows(verdict)
  const shown = table(rows.slice(0, bounds.most.rows).map((row) => row.map((cell, column) => (column === row.length - 1 ? bounds.line(cell) : cell))))
  const left = bounds.first(rows, 'rows', { show: () => '', what: 'candidates' })
  if (verdict === undefined) return `${shown}${left}`
  return `${shown}${left}${rows.length < 2 ? '' : `${tallyLine(verdict)}\n`}${lines(scoringLine(verdict))}`
}

function fateOf(execution: RecordedRun['executions'][number] | undefined): string {
  return execution === undefined ? 'not run' : outcomeOf(execution)
}

function failed(run: RecordedRun, bounds: Bounds): string {
  const { programs, tests } = failuresOf(run)
  const way = (indent: string) => ({ how, who }: Way) => `${indent}${bounds.names(who)}: ${bounds.line(how)}\n`
  return (
    bounds.first(programs, 'programs', { show: way('  '), what: 'ways' }) +
    bounds.first(tests, 'tests', {
      show: ({ text, passed, of, ways, alike }) => `  ${bounds.line(text)}${alike === 0 ? '' : `, and ${counted(alike, 'more test')} alike`}  (${passed} of ${of} pass)\n${bounds.first(ways, 'programs', { show: way('    '), what: 'ways' })}`,
      what: 'tests',
    })
  )
}

/** What can be exploited in each candidate, with the way that the value came; habits are in the record. */
function weaknesses(run: RecordedRun, colors: Colors, bounds: Bounds): string {
  const labels = labelsOf(run)
  const found = run.scans.flatMap(({ candidate, findings }) => findings.filter(({ tier }) => tier === 'vulnerability').map((finding) => ({ label: labels.get(candidate) ?? candidate, finding })))
  return bounds.first(found, 'findings', { show: ({ label, finding }) => weakness(finding, label, { colors, bounds }), what: 'weaknesses' })
}

function weakness({ rule, cwe, severity, confidence, path, span, message, trace }: Finding, label: string, { colors: { dim }, bounds }: { colors: Colors; bounds: Bounds }): string {
  return [
    `${label}  ${bounds.line(path)}:${span.line}  ${oneLine(rule)} (${cwe === undefined ? '' : `CWE-${cwe}, `}severity ${severity}, confidence ${confidence})\n  ${bounds.line(message)}\n`,
    ...trace.map((step) => `  ${dim(`${bounds.line(step.path)}:${step.span.line}  ${bounds.line(step.note)}`)}\n`),
  ].join('')
}

/** Which programs behave alike, and calls on which they differ. */
function behaviour(run: RecordedRun, bounds: Bounds): string {
  const { verdict, distinctions, task } = run
  const labels = labelsOf(run)
  const clusters = (verdict?.clusters ?? []).map(({ members, mass, returned }, place) => [`  ${place + 1}.`, counted(mass, 'proposal'), `a value on ${Math.round(returned * 100)} % of the calls`, bounds.names(members.map((member) => labels.get(member) ?? member))])
  const left = bounds.first(clusters, 'rows', { show: () => '', what: 'ways of behaving' })
  const differences = task === undefined ? [] : distinctions.map((distinction) => `  ${differenceLine(distinction, { language: task.language, labels })}`)
  return `${table(clusters.slice(0, bounds.most.rows))}${left}${lines(differences)}`
}

function unknowns(unknown: readonly Unknown[], bounds: Bounds): string {
  return table(unknown.map(({ what, detail }) => [`  ${what.replaceAll('-', ' ')}`, bounds.line(detail)]))
}

function ending({ verdict, spend, ...run }: RecordedRun, colors: Colors): string {
  const choice = verdict === undefined ? `${colors.yellow('no verdict')}  the run is ${endingOf(run)}${run.ending === undefined ? ': it is still going on, or its process was killed' : ''}` : choiceLine(verdict, colors)
  return lines([choice, ...(spend === undefined ? [] : [`spent ${spendLine(spend)}`])])
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('')
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
