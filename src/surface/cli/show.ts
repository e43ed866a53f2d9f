import type { Command } from 'commander'
import { CountersignError } from '../../errors.ts'
import { type RecordedRun, Store, readLegible, readRun } from '../../index.ts'
import { lineageOf } from '../lineage.ts'
import { modulePage } from '../module-page.ts'
import { nearest } from '../nearest.ts'
import { reportPage } from '../report/report.ts'
import { Bounds } from './bounds.ts'
import { renderModules } from './module-tree.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { openOutput, type Output } from './output.ts'
import { writePage } from './page-file.ts'
import { renderRun } from './run-story.ts'
import { oneLine } from './text.ts'

export function addShow(program: Command): void {
  addSettings(program.command('show'), ['store'])
    .summary('tell the story of one run')
    .description('Shows what is kept of a run: its task, how each candidate fared, what critics said with the evidence for it and what became of each revision, the verdict with its reasons, and how it ended.')
    .argument('<run>', 'its id, the start of its id, or latest')
    .option('--candidate <id>', 'print this candidate, and nothing else')
    .option('--all', 'every part of the story in full')
    .option('--modules', 'from the best program back to the sub-modules, clusters, programs and prompts that it comes from, as a tree')
    .option('--html [file]', 'as one page that needs nothing else, into a file or to standard output; with --modules the sub-modules alone')
    .option('--force', 'replace a file that is there')
    .option('--json', 'the whole record as one JSON document; with --modules the tree')
    .addHelpText('after', '\nExamples:\n  countersign show latest\n  countersign show 20261124-05 --json\n  countersign show latest --candidate 04-resolved.py\n  countersign show latest --modules\n  countersign show latest --html report.html')
    .action(show)
}

interface ShowOptions extends SettingOptions {
  candidate?: string
  modules?: boolean
  all?: boolean
  html?: string | boolean
  force?: boolean
  json?: boolean
}

function show(name: string, options: ShowOptions): void {
  const output = openOutput()
  // What is computed with is read strictly; people see what there is, and what is not.
  if (options.json === true && options.modules !== true) return output.document(readStored(name, options))
  const { run, illegible } = inStore(options, (store) => readLegible(store, name))
  if (options.candidate !== undefined) output.program(programOf(run, options.candidate))
  else if (options.html !== undefined) deliverPage(options.modules === true ? modulePage(run) : reportPage(run, { illegible }), { output, options })
  else if (options.json === true) output.document(lineageOf(run) ?? null)
  else if (options.modules === true) output.answer(renderModules(run, output.answerColors))
  else output.answer(renderRun(run, { illegible, colors: output.answerColors, bounds: new Bounds(options) }))
  if (illegible.length > 0) throw new CountersignError('EVIDENCE_BROKEN', `${illegible.length} of the ${run.steps.length} records of run ${run.id} cannot be read, and what is shown is without them; the first: ${illegible[0]?.reason}`)
}

function deliverPage(page: string, { output, options: { html, force } }: { output: Output; options: ShowOptions }): void {
  if (typeof html !== 'string') return output.program(page)
  writePage(html, page, { replace: force === true })
  output.say(`wrote ${oneLine(html)} (${Math.ceil(Buffer.byteLength(page) / 1024)} kB)`)
}

/** The run of that name in the store that the options say. */
export function readStored(name: string, options: SettingOptions): RecordedRun {
  return inStore(options, (store) => readRun(store, name))
}

function inStore<T>(options: SettingOptions, read: (store: Store) => T): T {
  const store = Store.open(configurationFor(options).configuration.store.folder)
  try {
    return read(store)
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
