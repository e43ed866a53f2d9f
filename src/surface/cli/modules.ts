import type { Command } from 'commander'
import { CountersignError } from '../../errors.ts'
import { forgetModule, keptModules } from '../../index.ts'
import type { KeptModule } from '../../records/kept-module.ts'
import { nearest } from '../nearest.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { openOutput } from './output.ts'
import { oneLine, table } from './text.ts'

type ModulesOptions = SettingOptions & { json?: boolean }

export function addModules(program: Command): void {
  const modules = program
    .command('modules')
    .summary('list, show, remove or export the sub-modules that are kept')
    .description(
      'Sub-modules that represented others in a run of the strategy codechain, and whose program passed every test, are kept with the runs. With codechain.kept above 0 later tasks are offered the nearest of them.',
    )
    .addHelpText('after', '\nExamples:\n  countersign modules list\n  countersign modules show normalise')
  addSettings(modules.command('list'), ['store'])
    .summary('list the sub-modules that are kept')
    .description('Lists the sub-modules that are kept, the most used first: digest, language, name, uses, tests, and the task that it comes from.')
    .option('--json', 'one JSON document: an array of sub-modules')
    .addHelpText('after', '\nExamples:\n  countersign modules list\n  countersign modules list --json')
    .action(list)
  addSettings(modules.command('show'), ['store'])
    .summary('print one sub-module')
    .description('Prints the code of a sub-module, and nothing else.')
    .argument('<module>', 'its name, its digest, or the start of its digest')
    .option('--json', 'the whole record as one JSON document')
    .addHelpText('after', '\nExamples:\n  countersign modules show normalise\n  countersign modules show 3fa9 --json')
    .action(show)
  addSettings(modules.command('remove'), ['store'])
    .summary('forget sub-modules')
    .description('Forgets sub-modules; the runs that they come from stay.')
    .argument('<modules...>', 'names, digests, or starts of digests')
    .addHelpText('after', '\nExamples:\n  countersign modules remove normalise 3fa9')
    .action(remove)
  addSettings(modules.command('export'), ['store'])
    .summary('print sub-modules as JSON lines')
    .description('Prints the records of sub-modules as JSON lines, all of them where none is named.')
    .argument('[modules...]', 'names, digests, or starts of digests')
    .addHelpText('after', '\nExamples:\n  countersign modules export > modules.jsonl')
    .action(exportAll)
}

function list(options: ModulesOptions): void {
  const output = openOutput({ machine: options.json })
  const { folder } = configurationFor(options).configuration.store
  const kept = keptModules(folder)
  if (options.json === true) output.document(kept)
  else if (kept.length === 0) output.say(`no sub-modules are kept in ${folder}`)
  else output.answer(table(kept.map(rowOf)))
}

function rowOf({ digest, language, name, uses, tests: { passed, failed, unknown }, source }: KeptModule): string[] {
  const about = oneLine(source.instruction)
  return [hexOf(digest).slice(0, 12), language, oneLine(name), `${uses} uses`, `${passed}/${passed + failed + unknown} tests`, about.length > 60 ? `${about.slice(0, 59)}…` : about]
}

function show(name: string, options: ModulesOptions): void {
  const output = openOutput({ machine: options.json })
  const module = named(name, options)
  if (options.json === true) output.document(module)
  else output.program(`${module.code}\n`)
}

function remove(names: readonly string[], options: ModulesOptions): void {
  const output = openOutput()
  const { folder } = configurationFor(options).configuration.store
  const modules = names.map((name) => named(name, options))
  for (const { digest, name } of modules) {
    forgetModule(folder, digest)
    output.say(`forgotten  ${oneLine(name)} (${hexOf(digest).slice(0, 12)})`)
  }
}

function exportAll(names: readonly string[], options: ModulesOptions): void {
  const output = openOutput({ machine: true })
  const modules = names.length === 0 ? keptModules(configurationFor(options).configuration.store.folder) : names.map((name) => named(name, options))
  for (const module of modules) output.event(module)
}

/** The one sub-module that goes by a name, a digest or the start of one. */
function named(name: string, options: SettingOptions): KeptModule {
  const { folder } = configurationFor(options).configuration.store
  const kept = keptModules(folder)
  const hex = name.replace(/^sha256:/, '')
  const found = kept.filter((module) => module.name === name || (/^[0-9a-f]{4,64}$/.test(hex) && hexOf(module.digest).startsWith(hex)))
  if (found.length === 1) return found[0]!
  const meant = nearest(name, kept.map((module) => module.name))
  const help = meant === undefined ? 'countersign modules list shows them' : `did you mean ${meant}?`
  throw new CountersignError('INPUT_INVALID', found.length === 0 ? `no sub-module ${name} is kept in ${folder}; ${help}` : `${found.length} sub-modules go by ${name}: name one by its digest (${found.map(({ digest }) => hexOf(digest).slice(0, 12)).join(', ')})`)
}

function hexOf(digest: string): string {
  return digest.slice('sha256:'.length)
}
