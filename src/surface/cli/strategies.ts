import type { Command } from 'commander'
import { type Configuration, estimateCost, strategiesAtHand, type StrategySource } from '../../index.ts'
import type { CostEstimate, ListedStrategy } from '../../records/strategy.ts'
import type { ConfigurationInForce } from '../configuration.ts'
import { sourceOfChosen } from '../strategy-choice.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { openOutput } from './output.ts'
import { oneLine, table } from './text.ts'

type StrategiesOptions = SettingOptions & { json?: boolean }

export function addStrategies(program: Command): void {
  addSettings(program.command('strategies'), ['samples'])
    .summary('list the strategies, with what each would cost')
    .description('Lists the strategies that come along and those in the folder strategies.folder, with a rough cost of one run; or prints one of them whole, as a file that others can be made from.')
    .argument('[strategy]', 'a name, or the path of a file such as ./mine.json')
    .option('--json', 'one JSON document: an array of strategies with their costs, or the one that is named')
    .addHelpText(
      'after',
      `
The cost is for generate with the samples configured (-n), in answers of a model and in tokens, from the least (adaptive sampling stops at its
first look, nothing is disputed) to the most. An answer with its question is taken for 800 to 2,400 tokens, by its kind; what really limits a run is --budget.

Examples:
  countersign strategies
  countersign strategies -n 20 --json
  countersign strategies hybrid > mine.json     # then change its "name"
  countersign strategies ./mine.json
  echo '{"name": "wary", "extends": "hybrid", "evidence": {"likelihood": false}}' > wary.json && countersign strategies ./wary.json`,
    )
    .action(show)
}

function show(name: string | undefined, options: StrategiesOptions): void {
  const output = openOutput({ machine: options.json })
  const { configuration, origins } = configurationFor(options)
  const sources = name === undefined ? strategiesAtHand(configuration.strategies.folder) : [named(name, { configuration, origins })]
  const listed = sources.map((source) => listedIn(source, configuration))
  const [first] = listed
  if (options.json === true) output.document(name === undefined ? listed : first)
  else if (name === undefined) output.answer(render(listed))
  else if (first !== undefined) {
    const { path, cost, ...strategy } = first
    output.program(`${JSON.stringify(strategy, null, 2)}\n`)
    output.say(`${oneLine(path)}: ${callsOf(cost)} calls, about ${tokensOf(cost)} tokens`)
  }
}

function named(name: string, { configuration, origins }: ConfigurationInForce): StrategySource {
  return sourceOfChosen({ configuration: { ...configuration, strategy: name }, origins: new Map([...origins, ['strategy', { kind: 'flag', name: 'strategies' }]]) })
}

function listedIn({ strategy, path }: StrategySource, configuration: Configuration): ListedStrategy {
  return { ...strategy, path, cost: estimateCost({ ...configuration, strategy }) }
}

function render(listed: readonly ListedStrategy[]): string {
  return table([['strategy', 'calls', 'tokens', ''], ...listed.map(({ name, summary, cost }) => [name, callsOf(cost), tokensOf(cost), oneLine(summary)])])
}

function callsOf({ calls: { least, most } }: CostEstimate): string {
  return least === most ? String(least) : `${least} - ${most}`
}

function tokensOf({ tokens: { least, most } }: CostEstimate): string {
  return least === most ? thousands(least) : `${thousands(least)} - ${thousands(most)}`
}

function thousands(count: number): string {
  return `${Math.round(count / 100) / 10}k`
}
