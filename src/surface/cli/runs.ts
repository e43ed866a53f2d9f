import type { Command } from 'commander'
import { type RunSummary, Store } from '../../index.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { openOutput } from './output.ts'
import { oneLine, table } from './text.ts'

export function addRuns(program: Command): void {
  addSettings(program.command('runs'), ['store'])
    .summary('list the runs that are kept')
    .description('Lists the runs in the store, the newest first: id, start, how it ended, task.')
    .option('--json', 'one JSON document: an array of runs')
    .addHelpText('after', '\nExamples:\n  countersign runs\n  countersign runs --store ./kept --json')
    .action(listRuns)
}

function listRuns(options: SettingOptions & { json?: boolean }): void {
  const output = openOutput()
  const { folder } = configurationFor(options).configuration.store
  const store = Store.open(folder)
  try {
    const runs = store.list()
    if (options.json === true) output.document(runs)
    else if (runs.length === 0) output.say(`no runs yet in ${folder}`)
    else output.answer(table(runs.map((run) => [run.id, run.started.slice(0, 19).replace('T', ' '), endingOf(run), oneLine(run.title)])))
  } finally {
    store.close()
  }
}

/** A run without an ending is still going on, or its process was killed. */
export function endingOf(run: RunSummary): string {
  return run.ending?.stop ?? 'unfinished'
}
