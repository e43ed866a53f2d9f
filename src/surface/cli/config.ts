import type { Command } from 'commander'
import { type Origin, placeOf, settingPaths, variableName } from '../configuration.ts'
import { type SettingFlag, type SettingOptions, addSettings, configurationFor } from './options.ts'
import { openOutput } from './output.ts'
import { table } from './text.ts'

const everyFlag: SettingFlag[] = ['strategy', 'seed', 'inputs', 'sandbox', 'concurrency', 'store', 'model', 'models']

export function addConfig(program: Command): void {
  addSettings(program.command('config'), everyFlag)
    .summary('show what is in force and where each value came from')
    .description('Shows every setting, its value, and where it came from: a default, a file, an environment variable or a flag.')
    .option('--json', 'one JSON document: {SETTING: {value, from, name?}}')
    .addHelpText(
      'after',
      `
Settings come from, the last one winning: defaults; your own ~/.config/countersign/countersign.json; the nearest countersign.json
from the working folder upwards; environment variables (${variableName('sandbox.limits.cpuMs')} sets sandbox.limits.cpuMs); flags.

Examples:
  countersign config
  countersign config --json --set sandbox.limits.cpuMs=5000
  echo '{"sandbox": {"driver": "deno"}}' > countersign.json && countersign config`,
    )
    .action(showConfiguration)
}

function showConfiguration(options: SettingOptions & { json?: boolean }): void {
  const output = openOutput()
  const { configuration, origins } = configurationFor(options)
  const rows = settingPaths.map((path) => ({ path, value: valueAt(configuration, path), origin: origins.get(path) ?? { kind: 'default' as const } }))
  if (options.json === true) output.document(Object.fromEntries(rows.map(({ path, value, origin }) => [path, { value, ...described(origin) }])))
  else output.answer(table(rows.map(({ path, value, origin }) => [path, typeof value === 'string' ? value : JSON.stringify(value), placeOf(origin)])))
}

function described(origin: Origin): object {
  const { kind, ...rest } = origin
  return { from: kind, ...rest }
}

function valueAt(tree: object, path: string): unknown {
  return path.split('.').reduce<unknown>((node, key) => (typeof node === 'object' && node !== null ? new Map(Object.entries(node)).get(key) : undefined), tree)
}
