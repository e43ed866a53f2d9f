import { CountersignError } from '../errors.ts'

/** How a choice is made, as data. The order of evidence is the same for all (law 2); a strategy says which parts of it are used. */
export interface Strategy {
  readonly name: string
  readonly summary: string
  /** Whether the user's tests and those found in the task are looked at. */
  readonly tests: boolean
  /** What agreement is computed from, if it is. */
  readonly agreement: 'none' | 'dual' | 'behavior-and-tests'
}

export const strategies: readonly Strategy[] = [
  { name: 'hybrid', summary: 'public tests, then agreement of behaviour and model-written tests', tests: true, agreement: 'behavior-and-tests' },
  { name: 'agreement', summary: 'agreement of behaviour and model-written tests alone', tests: false, agreement: 'behavior-and-tests' },
  { name: 'codet', summary: 'dual execution agreement of CodeT on model-written tests alone', tests: false, agreement: 'dual' },
  { name: 'tests', summary: 'the first candidate that passes most public tests', tests: true, agreement: 'none' },
]

export function strategyNamed(name: string): Strategy {
  const found = strategies.find((strategy) => strategy.name === name)
  if (found !== undefined) return found
  throw new CountersignError('CONFIGURATION_INVALID', `there is no strategy ${JSON.stringify(name)}; there are ${strategies.map((strategy) => strategy.name).join(', ')}`)
}
