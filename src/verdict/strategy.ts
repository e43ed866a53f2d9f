import { CountersignError } from '../errors.ts'

/** How a choice is made, as data. The order of evidence is the same for all (law 2); a strategy says which parts of it are used. */
export interface Strategy {
  readonly name: string
  readonly summary: string
  /** Whether the user's tests and those found in the task are looked at. */
  readonly tests: boolean
  /** What agreement is computed from, if it is. */
  readonly agreement: 'none' | 'dual' | 'behavior-and-tests'
  /** Whether a model is asked how likely those are that everything before left equal. */
  readonly likelihood: boolean
  /** Whether a model is asked about a call on which the two best ways of behaving differ. */
  readonly distinctions: boolean
  /** How programs are written again with what was seen of those before, if they are. */
  readonly rounds: 'none' | 'codechain' | 'indict'
}

export const strategies: readonly Strategy[] = [
  {
    name: 'hybrid',
    summary: 'public tests, then agreement of behaviour and model-written tests, then likelihood and what a model says of a difference',
    tests: true,
    agreement: 'behavior-and-tests',
    likelihood: true,
    distinctions: true,
    rounds: 'none',
  },
  {
    name: 'codechain',
    summary: 'rounds of programs written from the best sub-modules of those before (CodeChain), then as hybrid',
    tests: true,
    agreement: 'behavior-and-tests',
    likelihood: true,
    distinctions: true,
    rounds: 'codechain',
  },
  {
    name: 'indict',
    summary: 'two critics about the best programs, whose writer revises them (INDICT), then as hybrid',
    tests: true,
    agreement: 'behavior-and-tests',
    likelihood: true,
    distinctions: true,
    rounds: 'indict',
  },
  { name: 'agreement', summary: 'agreement of behaviour and model-written tests alone', tests: false, agreement: 'behavior-and-tests', likelihood: false, distinctions: false, rounds: 'none' },
  { name: 'codet', summary: 'dual execution agreement of CodeT on model-written tests alone', tests: false, agreement: 'dual', likelihood: false, distinctions: false, rounds: 'none' },
  { name: 'tests', summary: 'the first candidate that passes most public tests', tests: true, agreement: 'none', likelihood: false, distinctions: false, rounds: 'none' },
  {
    name: 'coder-reviewer',
    summary: 'likelihood both ways among those that pass most public tests',
    tests: true,
    agreement: 'none',
    likelihood: true,
    distinctions: false,
    rounds: 'none',
  },
]

export function strategyNamed(name: string): Strategy {
  const found = strategies.find((strategy) => strategy.name === name)
  if (found !== undefined) return found
  throw new CountersignError('CONFIGURATION_INVALID', `there is no strategy ${JSON.stringify(name)}; there are ${strategies.map((strategy) => strategy.name).join(', ')}`)
}
