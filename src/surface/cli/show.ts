import type { Command } from 'commander'
import { CountersignError } from '../../errors.ts'
import { type RecordedRun, Store, readRun } from '../../index.ts'
import type { Execution } from '../../records/execution.ts'
import type { Familiarity } from '../../records/familiarity.ts'
import type { Finding } from '../../records/finding.ts'
import { lineageOf } from '../lineage.ts'
import { modulePage } from '../module-page.ts'
import { nearest } from '../nearest.ts'
import { renderDialogues } from './dialogue-story.ts'
import { differenceLine } from './difference-line.ts'
import { labelOf, outcomeOf, rejectionOf } from './fate.ts'
import { renderModules } from './module-tree.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { type Colors, openOutput } from './output.ts'
import { endingOf } from './runs.ts'
import { spendLine } from './spend.ts'
import { oneLine, table } from './text.ts'
import { renderVerdict } from './verdict-report.ts'

export function addShow(program: Command): void {
  addSettings(program.command('show'), ['store'])
    .summary('tell the story of one run')
    .description('Shows what is kept of a run: its task, how each candidate fared, what critics said with the evidence for it and what became of each revision, the verdict with its reasons, and how it ended.')
    .argument('<run>', 'its id, the start of its id, or latest')
    .option('--candidate <id>', 'print this candidate, and nothing else')
    .option('--modules', 'from the best program back to the sub-modules, clusters, programs and prompts that it comes from, as a tree')
    .option('--html', 'the same as one page, with the clusters drawn: show RUN --html > modules.html')
    .option('--json', 'the whole record as one JSON document; with --modules the tree')
    .addHelpText('after', '\nExamples:\n  countersign show latest\n  countersign show 20261124-05 --json\n  countersign show latest --candidate 04-resolved.py\n  countersign show latest --modules')
    .action(show)
}

interface ShowOptions extends SettingOptions {
  candidate?: string
  modules?: boolean
  html?: boolean
  json?: boolean
}

function show(name: string, options: ShowOptions): void {
  const output = openOutput()
  const run = readStored(name, options)
  if (options.candidate !== undefined) output.program(programOf(run, options.candidate))
  else if (options.html === true) output.program(modulePage(run))
  else if (options.modules === true && options.json === true) output.document(lineageOf(run) ?? null)
  else if (options.modules === true) output.answer(renderModules(run, output.answerColors))
  else if (options.json === true) output.document(run)
  else output.answer(render(run, output.answerColors))
}

/** The run of that name in the store that the options say. */
export function readStored(name: string, options: SettingOptions): RecordedRun {
  const store = Store.open(configurationFor(options).configuration.store.folder)
  try {
    return readRun(store, name)
  } finally {
    store.close()
  }
}

function programOf(run: RecordedRun, id: string): string {
  const candidate = run.candidates.find((candidate) => candidate.id === id)
  if (candidate !== undefined) return candidate.files[0]?.content ?? ''
  const known = run.candidates.map((candidate) => candidate.id)
  const meant = nearest(id, known)
  throw new CountersignError('INPUT_INVALID', `run ${run.id} has no candidate ${id}; ${meant === undefined ? `it has ${known.join(', ')}` : `did you mean ${meant}?`}`)
}

function render(run: RecordedRun, colors: Colors): string {
  const verdict = run.verdict === undefined ? `${colors.yellow('no verdict')}  the run is ${endingOf(run)}\n` : renderVerdict(run.verdict, colors)
  return `${table(facts(run))}\n${table(fates(run))}\n${weaknesses(run, colors)}${renderDialogues(run, colors)}${verdict}`
}

function facts({ task, confinement, configuration, modelChoice, familiarity, drawing, capability, spend, ...run }: RecordedRun): string[][] {
  return [
    ['run', run.id],
    ['ended', run.ending?.failure === undefined ? endingOf(run) : `${endingOf(run)}: ${oneLine(run.ending.failure)}`],
    ['started', run.ended === undefined ? run.started : `${run.started}, took ${(Date.parse(run.ended) - Date.parse(run.started)) / 1000} s`],
    ['made by', Object.entries(run.versions).map(([name, version]) => `${name} ${version}`).join(', ')],
    ...(task === undefined ? [] : [['task', `${oneLine(task.instruction.slice(0, 200))} (${task.language}, ${task.tests.length} tests)`]]),
    ...(modelChoice === undefined ? [] : [['model', oneLine(`${modelChoice.model}: ${modelChoice.detail}`)]]),
    ...(familiarity === undefined ? [] : [['familiar', oneLine(familiarityOf(familiarity))]]),
    ...(drawing === undefined ? [] : [['written by', oneLine(`${drawing.model}: ${drawing.asked} answers, ${run.candidates.length} programs, ${run.exchanges.length} exchanges kept`)]]),
    ...(capability === undefined ? [] : [['scored by', oneLine(`${capability.model}, tier ${capability.tier}`)]]),
    ...(task === undefined ? [] : run.distinctions.map((distinction) => ['difference', differenceLine(distinction, { language: task.language, labels: labelsOf(run) })])),
    ...(spend === undefined ? [] : [['spent', spendLine(spend)]]),
    ...(run.inputs === undefined ? [] : [['inputs', `${run.inputs.length} made from the examples`]]),
    ...(confinement === undefined ? [] : [['sandbox', `${confinement.driver}: ${confinement.attempts.length} attempts to break out, each refused`]]),
    ...(configuration === undefined ? [] : [['strategy', `${configuration.strategy}, seed ${configuration.seed}`]]),
  ]
}

function familiarityOf({ perCharacter, least, unknown }: Familiarity): string {
  const bound = least === undefined ? 'its language is unknown to the model' : `of what the model knows at least ${least.toFixed(2)}`
  return perCharacter === undefined ? `${unknown}; ${bound}` : `log p ${perCharacter.toFixed(2)} a character of the instruction; ${bound}`
}

function labelsOf({ screenings }: Pick<RecordedRun, 'screenings'>): Map<string, string> {
  return new Map(screenings.map((screening) => [screening.candidate, labelOf(screening)]))
}

/** A line for each distinct candidate: what came of it. */
function fates({ screenings, executions }: RecordedRun): string[][] {
  const byDigest = new Map(executions.map((execution) => [execution.candidate, execution]))
  return screenings.map((screening) => [labelOf(screening), rejectionOf(screening) ?? fateOf(byDigest.get(screening.candidate)), screening.candidate])
}

/** What can be exploited in each candidate, with the way that the value came; habits are in the record. */
function weaknesses({ screenings, scans }: RecordedRun, colors: Colors): string {
  const labels = labelsOf({ screenings })
  const found = scans.flatMap(({ candidate, findings }) => findings.filter(({ tier }) => tier === 'vulnerability').map((finding) => lines(finding, labels.get(candidate) ?? candidate, colors)))
  return found.length === 0 ? '' : `${found.flat().join('')}\n`
}

function lines({ rule, cwe, severity, confidence, path, span, message, trace }: Finding, label: string, { dim }: Colors): string[] {
  return [
    `${label}  ${oneLine(path)}:${span.line}  ${rule} (${cwe === undefined ? '' : `CWE-${cwe}, `}severity ${severity}, confidence ${confidence})\n  ${oneLine(message)}\n`,
    ...trace.map((step) => `  ${dim(`${oneLine(step.path)}:${step.span.line}  ${oneLine(step.note)}`)}\n`),
  ]
}

function fateOf(execution: Execution | undefined): string {
  return execution === undefined ? 'not run' : outcomeOf(execution)
}
