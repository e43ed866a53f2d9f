import type { Check } from '../records/test.ts'
import { pathOf } from '../syntax/constant.ts'
import type { Expression } from '../syntax/expression.ts'
import type { CheckBuilder } from './check-builder.ts'

// unittest's assertions that are an operator over their arguments.
const unittest = new Map(Object.entries({
  assertEqual: '==',
  assertEquals: '==',
  assertListEqual: '==',
  assertTupleEqual: '==',
  assertDictEqual: '==',
  assertSetEqual: '==',
  assertSequenceEqual: '==',
  assertMultiLineEqual: '==',
  assertNotEqual: '!=',
  assertIs: 'is',
  assertIsNot: 'is not',
  assertIn: 'in',
  assertNotIn: 'not in',
  assertGreater: '>',
  assertGreaterEqual: '>=',
  assertLess: '<',
  assertLessEqual: '<=',
  assertTrue: 'bool',
  assertFalse: 'unary not',
}))
const none: Expression = { kind: 'value', value: null }
const statements = new Set(['==', '!=', '<', '<=', '>', '>=', 'is', 'is not', 'in', 'not in', 'and', 'or', 'unary not'])

/** What a Python statement claims: an assert, one of unittest's assertions, or a bare comparison. */
export function pythonClaim(builder: CheckBuilder, statement: Expression): Check | undefined {
  if (statement.kind === 'apply') return statements.has(statement.operator) ? builder.check(statement) : undefined
  if (statement.kind !== 'call') return undefined
  const path = pathOf(statement.callee)
  if (path === 'assert') return builder.check(statement.arguments[0]!)
  return path?.startsWith('self.') === true ? unittestClaim(builder, path.slice('self.'.length), statement.arguments) : undefined
}

function unittestClaim(builder: CheckBuilder, name: string, operands: Expression[]): Check | undefined {
  const [first, second, third] = operands
  if (first === undefined) return undefined
  if (name === 'assertRaises') return raised(builder, first, second, operands.slice(2))
  if (name === 'assertIsNone') return builder.apply('is', [first, none])
  if (name === 'assertIsNotNone') return builder.apply('is not', [first, none])
  if (name === 'assertAlmostEqual' && second !== undefined) return almostEqual(builder, first, second, third)
  const operator = unittest.get(name)
  if (operator === undefined) return undefined
  const wanted = operator === 'bool' || operator === 'unary not' ? [first] : [first, second]
  return wanted.every((operand) => operand !== undefined) ? builder.apply(operator, wanted) : undefined
}

function almostEqual(builder: CheckBuilder, left: Expression, right: Expression, places: Expression = { kind: 'value', value: 7 }): Check | undefined {
  const difference: Expression = { kind: 'apply', operator: '-', operands: [left, right] }
  const rounded: Expression = { kind: 'call', callee: { kind: 'name', name: 'round' }, arguments: [difference, places], keywords: [] }
  return builder.apply('==', [rounded, { kind: 'value', value: 0 }])
}

function raised(builder: CheckBuilder, type: Expression, called: Expression | undefined, operands: Expression[]): Check | undefined {
  if (type.kind !== 'name' || called === undefined) return undefined
  if (called.kind === 'lambda') return builder.raises(called.body, type.name)
  return builder.raises({ kind: 'call', callee: called, arguments: operands, keywords: [] }, type.name)
}

/** `with pytest.raises(ValueError): f(-1)`, the one block that is an assertion. */
export const raisesBlock = /^with\s+(?:pytest\.raises|self\.assertRaises)\(\s*([\w.]+)[^:\n]*\)(?:\s+as\s+\w+)?:\s*/
