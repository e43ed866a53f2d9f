import type { Command } from 'commander'
import { CountersignError, exitCodes } from '../../errors.ts'
import { type Configuration, type RecordedRun, type Verdict, decide, openSandbox, reexamine } from '../../index.ts'
import { canonicalJson } from '../../records/digest.ts'
import type { Evidence } from '../../records/evidence.ts'
import { type Difference, differences } from './differences.ts'
import { interruptible } from './interruption.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { type Output, openOutput } from './output.ts'
import { readStored } from './show.ts'
import { oneLine } from './text.ts'
import { choiceLine } from './verdict-report.ts'

const drivers = ['bubblewrap', 'deno'] as const
type Driver = Configuration['sandbox']['driver']
type ReplayOptions = SettingOptions & { reExecute?: boolean; json?: boolean }

export function addReplay(program: Command): void {
  addSettings(program.command('replay'), ['store', 'sandbox'])
    .summary("recompute a run's verdict from what is kept of it")
    .description('Recomputes the verdict from the stored evidence and compares it byte for byte; exit code 4 when it is not the same.')
    .argument('<run>', 'its id, the start of its id, or latest')
    .option('--re-execute', 'run the programs again too, and say what they did differently')
    .option('--json', 'one JSON document: {run, same, differences, reExecuted?}')
    .addHelpText('after', '\nExamples:\n  countersign replay latest\n  countersign replay 20261124-05 --re-execute --json')
    .action(replay)
}

async function replay(name: string, options: ReplayOptions): Promise<void> {
  const output = openOutput({ machine: options.json })
  const run = readStored(name, options)
  const { evidence, configuration, verdict } = complete(run)
  const recomputed = decide(evidence, configuration)
  const found = canonicalJson(recomputed) === canonicalJson(verdict) ? [] : differences(verdict, recomputed)
  const reExecuted = options.reExecute === true ? await reExecute(evidence, { configuration, driver: driverFor(run, options) }) : undefined
  const report = { run: run.id, same: found.length === 0, differences: found, ...(reExecuted === undefined ? {} : { reExecuted }) }
  if (options.json === true) output.document(report)
  else output.answer(`${choiceLine(recomputed, output.answerColors)}\n`)
  sayDifferences('the verdict, computed again', found, output)
  if (reExecuted !== undefined) sayDifferences('the programs, run again', reExecuted.differences, output)
  process.exitCode = found.length > 0 || reExecuted?.sameChoice === false ? exitCodes.evidence : exitCodes.done
}

/** What a verdict can be recomputed from. */
function complete(run: RecordedRun): { evidence: Evidence; configuration: Configuration; verdict: Verdict } {
  const { task, configuration, verdict, inputs, candidates, screenings, scans, distinctions, likelihoods, capability, familiarity, drawing, writing, rounds, revisions, roundsEnd, spent, dialogues, repairs } = run
  if (task === undefined || configuration === undefined || verdict === undefined || inputs === undefined) {
    throw new CountersignError('INPUT_INVALID', `run ${run.id} ended before its verdict, so there is nothing to compare; countersign show ${run.id} tells how far it came`)
  }
  const places = new Map(screenings.map(({ candidate }, place) => [candidate, place]))
  const executions = run.executions.toSorted((a, b) => (places.get(a.candidate) ?? 0) - (places.get(b.candidate) ?? 0))
  const had = { ...(capability && { capability }), ...(familiarity && { familiarity }), ...(drawing && { drawing }), ...(writing && { writing }), ...(rounds.length > 0 && roundsEnd && { rounds, revisions, roundsEnd }), ...(spent && { spent }), ...(dialogues.length > 0 && { dialogues, repairs }) }
  return { evidence: { task, candidates, screenings, scans, inputs, executions, distinctions, likelihoods, ...had }, configuration, verdict }
}

/** The driver that ran the programs before, unless another one is asked for. */
function driverFor({ confinement }: RecordedRun, options: SettingOptions): Driver {
  const asked = configurationFor(options).configuration.sandbox.driver
  const before = drivers.find((name) => name === confinement?.driver)
  return options.sandbox === undefined && before !== undefined ? before : asked
}

async function reExecute(evidence: Evidence, { configuration, driver }: { configuration: Configuration; driver: Driver }): Promise<{ sameChoice: boolean; differences: Difference[] }> {
  const sandbox = await openSandbox({ driver })
  try {
    const again = await interruptible((signal) => reexamine(evidence, { sandbox, configuration, signal }))
    const [before, after] = [decide(evidence, configuration).choice, decide(again, configuration).choice]
    const found = [...differences(byCandidate(evidence), byCandidate(again)), ...differences(evidence.scans, again.scans, 'scans'), ...differences(evidence.inputs, again.inputs, 'inputs'), ...differences(evidence.distinctions, again.distinctions, 'distinctions')]
    return { sameChoice: canonicalJson(before) === canonicalJson(after), differences: found }
  } finally {
    await sandbox.close()
  }
}

/** What the programs did, by the name of the candidate rather than its place, wherever they ran. */
function byCandidate({ screenings, executions }: Evidence): Map<string, object> {
  const names = new Map(screenings.map(({ candidate, ids }) => [candidate, ids[0] ?? candidate]))
  return new Map(executions.map(({ sandbox: _sandbox, ...execution }) => [names.get(execution.candidate) ?? execution.candidate, execution]))
}

const mostShown = 20

function sayDifferences(what: string, found: readonly Difference[], output: Output): void {
  output.say(found.length === 0 ? `${what}: ${output.colors.green('the same')}` : `${what}: ${output.colors.red(`${found.length} differences`)}`)
  for (const { path, before, after } of found.slice(0, mostShown)) output.say(`  ${oneLine(path)}: ${short(before)} -> ${short(after)}`)
  if (found.length > mostShown) output.say(`  … and ${found.length - mostShown} more (--json lists all)`)
}

function short(value: unknown): string {
  const text = oneLine(value === undefined ? 'nothing' : JSON.stringify(value))
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
