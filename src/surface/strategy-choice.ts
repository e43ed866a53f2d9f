import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { CountersignError } from '../errors.ts'
import { type Configuration, isPath, readStrategy, type Strategy, type StrategySource, withStrategy } from '../index.ts'
import { type ConfigurationInForce, type Origin, placeOf } from './configuration.ts'

/** The strategy that the configuration names. */
export function chosenStrategy(inForce: ConfigurationInForce): Strategy {
  return sourceOfChosen(inForce).strategy
}

/** The same with the file that it was read from. */
export function sourceOfChosen({ configuration: { strategy, strategies }, origins }: ConfigurationInForce): StrategySource {
  return typeof strategy === 'string' ? readStrategy(placed(strategy, origins.get('strategy')), strategies.folder) : { strategy, path: '' }
}

/** The same with that strategy read: what runs, and what its record holds. */
export function withChosenStrategy({ configuration, origins }: ConfigurationInForce): ConfigurationInForce {
  const strategy = chosenStrategy({ configuration, origins })
  const chosen = withStrategy({ ...configuration, strategy })
  const overruled = ownNumbers.find((setting) => isAsked(origins.get(setting)) && valueIn(chosen, setting) !== valueIn(configuration, setting))
  if (overruled !== undefined) throw contradiction(overruled, { strategy, chosen, origin: origins.get(overruled) })
  return { configuration: chosen, origins }
}

/** A path is meant from where it was written. */
function placed(name: string, origin: Origin | undefined): string {
  if (!isPath(name)) return name
  if (name.startsWith('~/')) return join(homedir(), name.slice(1))
  return resolve(origin?.kind === 'file' ? dirname(origin.name) : process.cwd(), name)
}

const ownNumbers = ['generate.samples', 'generate.tests', 'codechain.rounds', 'critique.programs', 'critique.rounds', 'critique.likely'] as const

/** A file of settings is for all strategies; who says it for this run alone must be told that it is not so. */
function isAsked(origin: Origin | undefined): boolean {
  return origin?.kind === 'flag' || origin?.kind === 'environment'
}

function valueIn({ generate, codechain, critique }: Configuration, setting: (typeof ownNumbers)[number]): string | number {
  return {
    'generate.samples': generate.samples,
    'generate.tests': generate.tests,
    'codechain.rounds': codechain.rounds,
    'critique.programs': critique.programs,
    'critique.rounds': critique.rounds,
    'critique.likely': critique.likely,
  }[setting]
}

function contradiction(setting: (typeof ownNumbers)[number], { strategy, chosen, origin }: { strategy: Strategy; chosen: Configuration; origin: Origin | undefined }): CountersignError {
  const message = `${placeOf(origin)}: the strategy ${strategy.name} has a word of its own on ${setting} (${valueIn(chosen, setting)}): leave one of the two out`
  return new CountersignError('CONFIGURATION_INVALID', message)
}
