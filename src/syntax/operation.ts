import type { Language } from '../records/language.ts'
import type { Value } from '../records/value.ts'
import { javascriptOperators } from './javascript-operator.ts'
import { matches } from './matching.ts'
import { OperationFailed } from './operation-failed.ts'
import { pythonOperators } from './python-operator.ts'

/** What an operator gave: a value, an error of the language (`'a' < 1` in Python), or nothing because we do not know the operator. */
export type Operation = { kind: 'value'; value: Value } | { kind: 'raised'; type: string } | { kind: 'unsupported' }

/**
 * Applies an operator or a pure builtin of the language to plain data, with that language's own semantics. `matches` is ours: the
 * second operand is what an example in prose says, read with the tolerance that prose needs. `list display` and `tuple display` build
 * `[...]` and `(...)`.
 */
export function applyOperator(language: Language, operator: string, operands: Value[]): Operation {
  if (operator === 'list display') return { kind: 'value', value: operands }
  if (operator === 'tuple display') return { kind: 'value', value: { $: 'tuple', v: operands } }
  const prose = operator === 'matches' ? (actual: Value, expected: Value) => matches(language, actual, expected) : undefined
  const found = prose ?? (language === 'python' ? pythonOperators : javascriptOperators).get(operator)
  if (found === undefined) return { kind: 'unsupported' }
  try {
    return { kind: 'value', value: (found as (...values: Value[]) => Value)(...operands) }
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw error
    return error.type === undefined ? { kind: 'unsupported' } : { kind: 'raised', type: error.type }
  }
}

/** Whether the language takes the value for true. Unknown for an object that did not cross the border as data. */
export function truthOf(language: Language, value: Value): boolean | undefined {
  const operation = applyOperator(language, 'bool', [value])
  return operation.kind === 'value' && typeof operation.value === 'boolean' ? operation.value : undefined
}

// Operators that do not evaluate all their operands; whoever evaluates a check does these.
const lazy: Record<'python' | 'javascript', ReadonlySet<string>> = {
  python: new Set(['and', 'or', '?:']),
  javascript: new Set(['&&', '||', '??', '?:']),
}

/** Whether a check in the language may use the operator. */
export function hasOperator(language: Language, operator: string): boolean {
  const dialect = language === 'python' ? 'python' : 'javascript'
  return lazy[dialect].has(operator) || (dialect === 'python' ? pythonOperators : javascriptOperators).has(operator)
}
