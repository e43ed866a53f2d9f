import type { Observation } from '../records/execution.ts'
import type { Language } from '../records/language.ts'
import type { Check, TestOutcome } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { applyOperator, truthOf } from '../syntax/operation.ts'
import { isRaisedAs } from './raised-type.ts'

type Found = { kind: 'value'; value: Value } | { kind: 'outcome'; outcome: TestOutcome }

const outcomes = {
  raised: 'error',
  exited: 'error',
  'not-run': 'error',
  'timed-out': 'timed-out',
  'out-of-memory': 'out-of-memory',
  'output-limit': 'output-limit',
  unsupported: 'unsupported',
} as const satisfies Record<Exclude<Observation['kind'], 'returned'>, TestOutcome>

/** Judges a test's check over what its calls were observed to do, with the language's own semantics. Runs outside every candidate's process. */
export function judgeCheck(language: Language, check: Check, observations: readonly Observation[]): TestOutcome {
  const found = evaluate(language, check, observations)
  if (found.kind === 'outcome') return found.outcome
  const truth = truthOf(language, found.value)
  return truth === undefined ? 'unsupported' : truth ? 'passed' : 'failed'
}

/** Whether a program wrote what was expected. White space at the ends of lines and empty lines at the end do not count. */
export function isExpectedOutput(actual: string, expected: string): boolean {
  return settled(actual) === settled(expected)
}

function settled(text: string): string {
  return text.replaceAll(/[ \t\r]+$/gm, '').trimEnd()
}

function evaluate(language: Language, check: Check, observations: readonly Observation[]): Found {
  if (check.kind === 'value') return check
  if (check.kind === 'apply') return apply(language, check, observations)
  const observation = observations[check.index] ?? { kind: 'not-run' }
  if (check.kind === 'raises') return raises(language, check, observation)
  return observation.kind === 'returned' ? { kind: 'value', value: observation.value } : { kind: 'outcome', outcome: outcomes[observation.kind] }
}

function raises(language: Language, check: Check & { kind: 'raises' }, observation: Observation): Found {
  if (observation.kind === 'returned') return { kind: 'value', value: false }
  if (observation.kind !== 'raised') return { kind: 'outcome', outcome: outcomes[observation.kind] }
  const matched = check.type === undefined || isRaisedAs(language, observation.error.type, check.type)
  return matched === undefined ? { kind: 'outcome', outcome: 'unsupported' } : { kind: 'value', value: matched }
}

function apply(language: Language, check: Check & { kind: 'apply' }, observations: readonly Observation[]): Found {
  const operand = (index: number): Found => evaluate(language, check.operands[index] ?? { kind: 'value', value: null }, observations)
  const first = operand(0)
  if (first.kind === 'outcome') return first
  const chosen = choose(language, check.operator, first.value)
  if (chosen !== 'all') return chosen === undefined ? { kind: 'outcome', outcome: 'unsupported' } : chosen === 0 ? first : operand(chosen)
  const values = [first.value]
  for (let i = 1; i < check.operands.length; i++) {
    const found = operand(i)
    if (found.kind === 'outcome') return found
    values.push(found.value)
  }
  const operation = applyOperator(language, check.operator, check.operands.length === 0 ? [] : values)
  if (operation.kind === 'value') return operation
  return { kind: 'outcome', outcome: operation.kind === 'raised' ? 'error' : 'unsupported' }
}

// The operand that is the answer when the first is true, and when it is not.
const shortCircuits = new Map<string, [number, number]>([
  ['and', [1, 0]],
  ['&&', [1, 0]],
  ['or', [0, 1]],
  ['||', [0, 1]],
  ['?:', [1, 2]],
])

/** Which operand a short-circuit operator gives, once the first is known; `all` when the operator is none. */
function choose(language: Language, operator: string, first: Value): number | undefined | 'all' {
  if (operator === '??') return first === null || (typeof first === 'object' && '$' in first && first.$ === 'undefined') ? 1 : 0
  const branches = shortCircuits.get(operator)
  if (branches === undefined) return 'all'
  const [whenTrue, whenFalse] = branches
  const truth = truthOf(language, first)
  return truth === undefined ? undefined : truth ? whenTrue : whenFalse
}
