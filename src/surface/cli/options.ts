import type { Command } from 'commander'
import { type ConfigurationInForce, type Setting, readConfiguration } from '../configuration.ts'

/** Flags that are settings, with the setting each one sets. */
const settingFlags = {
  strategy: { path: 'strategy', flag: '--strategy <name>', text: 'how to write and choose: a name that `countersign strategies` lists, or a file such as ./mine.json' },
  seed: { path: 'seed', flag: '--seed <number>', text: 'seed of everything that is drawn at random' },
  inputs: { path: 'inputs.count', flag: '--inputs <count>', text: 'inputs to make from the examples, at most' },
  sandbox: { path: 'sandbox.driver', flag: '--sandbox <driver>', text: 'auto, bubblewrap or deno' },
  concurrency: { path: 'concurrency', flag: '--concurrency <count>', text: 'programs run at once (auto: one for each core)' },
  store: { path: 'store.folder', flag: '--store <folder>', text: 'where runs are kept' },
  model: { path: 'model', flag: '--model <model>', text: "embedded, openai:NAME, anthropic:NAME, llama:FILE, 'command:PROGRAM', URL#NAME" },
  reviewer: { path: 'generate.reviewer', flag: '--reviewer <model>', text: 'another model, which scores what the first one wrote' },
  samples: { path: 'generate.samples', flag: '-n, --samples <count>', text: 'programs to write beside the direct answer' },
  temperature: { path: 'generate.temperature', flag: '--temperature <number>', text: 'how freely they are written, 0 to 2' },
  budget: { path: 'generate.budget', flag: '--budget <limits>', text: 'what the run may use at most, e.g. 0.50usd,200k tokens,60 calls,120s' },
  models: { path: 'models.folder', flag: '--models <folder>', text: 'where model files are kept' },
} as const
export type SettingFlag = keyof typeof settingFlags

/** Options as commander gives them; those of one command beside those that settings have. */
export interface SettingOptions extends Partial<Record<SettingFlag, string>> {
  config?: string
  set?: string[]
}

/** Adds flags for some settings, and the two by which any other can be set. */
export function addSettings(command: Command, flags: readonly SettingFlag[]): Command {
  for (const name of flags) command.option(settingFlags[name].flag, settingFlags[name].text)
  return command
    .option('--set <name=value>', 'any setting by its name, e.g. sandbox.limits.cpuMs=5000 (repeatable)', collect)
    .option('--config <file>', 'this file instead of the nearest countersign.json')
}

/** The configuration in force for a command that was given `options`. */
export function configurationFor(options: SettingOptions): ConfigurationInForce {
  const flags: Setting[] = (Object.keys(settingFlags) as SettingFlag[]).flatMap((name) =>
    options[name] === undefined ? [] : [{ path: settingFlags[name].path, value: options[name], origin: { kind: 'flag', name: `--${name}` } }],
  )
  const sets = (options.set ?? []).map((text): Setting => {
    const [path = '', ...value] = text.split('=')
    return { path, value: value.join('='), origin: { kind: 'flag', name: `--set ${path}` } }
  })
  return readConfiguration({
    folder: process.cwd(),
    ...(options.config === undefined ? {} : { file: options.config }),
    environment: process.env,
    flags: [...flags, ...sets],
  })
}

/** Leave on the command line is a setting like any other. */
export function withLeave<Options extends SettingOptions & { allowAgentModel?: boolean }>(options: Options): Options {
  return options.allowAgentModel === true ? { ...options, set: [...(options.set ?? []), 'models.allowAgent=true'] } : options
}

/** For options that can be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
