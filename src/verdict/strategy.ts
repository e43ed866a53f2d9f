import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Configuration } from '../config.ts'
import { CountersignError } from '../errors.ts'
import { nearest } from '../records/nearest.ts'
import type { Strategy } from '../records/strategy.ts'
import { readStrategyFile } from './strategy-file.ts'

// The folder lies beside src as it does beside dist.
const ownFolder = fileURLToPath(new URL('../../strategies', import.meta.url))

/** A strategy with the file that it was read from. */
export interface StrategySource {
  strategy: Strategy
  path: string
}

let own: readonly StrategySource[] | undefined

/** The strategies that come with the package; the default first. */
export function builtInStrategies(): readonly StrategySource[] {
  own ??= filesIn(ownFolder)
    .map((path) => ({ strategy: readStrategyFile(path, { pathOf: (name) => join(ownFolder, `${name}.json`) }), path }))
    .sort((one, other) => Number(other.strategy.name === 'hybrid') - Number(one.strategy.name === 'hybrid'))
  return own
}

/** One of the strategies that come with the package. */
export function strategyNamed(name: string): Strategy {
  const found = builtInStrategies().find(({ strategy }) => strategy.name === name)
  if (found === undefined) throw unknownStrategy(name, builtInStrategies())
  return found.strategy
}

/** The strategies at hand: those of the package, and a folder's own. */
export function strategiesAtHand(folder = ''): StrategySource[] {
  return [...builtInStrategies(), ...(folder === '' ? [] : filesIn(folder).map((path) => ({ strategy: ownStrategy(path, folder), path })))]
}

/** A strategy by its name, or by the path of its file, which has a slash or ends in `.json`. `folder` holds the user's own. */
export function readStrategy(name: string, folder = ''): StrategySource {
  if (isPath(name)) return { strategy: ownStrategy(name, folder), path: name }
  return builtInStrategies().find(({ strategy }) => strategy.name === name) ?? ownNamed(name, folder)
}

export function isPath(name: string): boolean {
  return name.endsWith('.json') || /[/\\]/.test(name)
}

function ownNamed(name: string, folder: string): StrategySource {
  const named = strategiesAtHand(folder).filter(({ strategy }) => strategy.name === name)
  if (named.length > 1) throw new CountersignError('CONFIGURATION_INVALID', `${named.map(({ path }) => path).join(' and ')} are both named ${name}`)
  if (named[0] === undefined) throw unknownStrategy(name, strategiesAtHand(folder))
  return named[0]
}

/** What a user wrote; a name that comes with the package would leave open which of the two is meant. */
function ownStrategy(path: string, folder: string): Strategy {
  const strategy = readStrategyFile(path, { pathOf: (name) => pathOfNamed(name, folder) })
  const taken = builtInStrategies().find((known) => known.strategy.name === strategy.name)
  if (taken === undefined || taken.path === path) return strategy
  throw new CountersignError('CONFIGURATION_INVALID', `${path}: the name ${strategy.name} is that of a strategy that comes with Countersign: give it another "name"`)
}

/** Where the strategy lies that another one extends. Its name is that of its file here: reading all of them to find out could go round in circles. */
function pathOfNamed(name: string, folder: string): string {
  const known = [...builtInStrategies().map(({ path }) => path), ...(folder === '' ? [] : filesIn(folder))]
  const named = known.find((path) => nameOfFile(path) === name)
  if (named !== undefined) return named
  throw unknownName(name, known.map(nameOfFile))
}

function nameOfFile(path: string): string {
  return path.replace(/^.*[/\\]/, '').replace(/\.json$/, '')
}

function filesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
    return names.sort().map((name) => join(folder, name))
  } catch (cause) {
    throw new CountersignError('CONFIGURATION_INVALID', `the folder of strategies ${folder} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function unknownStrategy(name: string, known: readonly StrategySource[]): CountersignError {
  return unknownName(name, known.map(({ strategy }) => strategy.name))
}

function unknownName(name: string, known: readonly string[]): CountersignError {
  const meant = nearest(name, known)
  const help = meant === undefined ? `there are ${known.join(', ')}, and a file is named by its path, as in ./mine.json` : `did you mean ${meant}?`
  return new CountersignError('CONFIGURATION_INVALID', `there is no strategy ${JSON.stringify(name)}; ${help}`)
}

/** The strategy that a configuration names, or holds. */
export function strategyIn({ strategy }: Pick<Configuration, 'strategy'>): Strategy {
  return typeof strategy === 'string' ? strategyNamed(strategy) : strategy
}

/** A configuration with the numbers that its strategy has of its own in the place of those that were configured. */
export function withStrategy(configuration: Configuration): Configuration {
  const { generate, codechain, critique } = configuration
  const { sampling, rounds } = strategyIn(configuration)
  return {
    ...configuration,
    generate: { ...generate, samples: orConfigured(sampling.samples, generate.samples), tests: orConfigured(sampling.tests, generate.tests) },
    codechain: rounds.kind === 'codechain' ? { ...codechain, rounds: orConfigured(rounds.rounds, codechain.rounds) } : codechain,
    critique:
      rounds.kind === 'indict'
        ? {
            ...critique,
            programs: orConfigured(rounds.programs, critique.programs),
            rounds: orConfigured(rounds.rounds, critique.rounds),
            likely: rounds.likely === 'configured' ? critique.likely : rounds.likely,
          }
        : critique,
  }
}

function orConfigured(own: 'configured' | number, configured: number): number {
  return own === 'configured' ? configured : own
}
