import { constantOf, type Value } from '../engine/value.ts'

/** What an object of options says under a name. */
export function optionIn(options: Value | undefined, ...names: readonly string[]): Value | undefined {
  if (options?.items?.kind !== 'map') return undefined
  for (const name of names) {
    const value = options.items.entries.get(name)
    if (value !== undefined) return value
  }
  return undefined
}

/** Whether the options are written out here, so that what is not there is not given. */
export function isWhole(options: Value | undefined): boolean {
  return options === undefined || (options.items?.kind === 'map' && options.items.rest === undefined)
}

/** The first object among the arguments that could hold options. */
export function optionsIn(positional: readonly Value[]): Value | undefined {
  return positional.find(({ items }) => items?.kind === 'map')
}

export function isOff(value: Value | undefined): boolean {
  const known = constantOf(value)
  return known === false || known === 0
}
