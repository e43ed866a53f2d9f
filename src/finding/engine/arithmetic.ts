import type { Expression } from '../ir/expression.ts'
import { evaluate } from './evaluate.ts'
import { everything } from './taint.ts'
import type { Machine } from './machine.ts'
import {
  concatenate,
  constant,
  type Constant,
  constantOf,
  derived,
  listOf,
  mapOf,
  marksOf,
  nothing,
  safeFor,
  tainted,
  textOf,
  type Value,
} from './value.ts'

const folds: Record<string, ((a: number, b: number) => number) | undefined> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => ((a % b) + b) % b,
  '**': (a, b) => a ** b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
}

export function evaluateBinary(machine: Machine, expression: Extract<Expression, { kind: 'binary' }>): Value {
  const left = evaluate(machine, expression.left)
  const right = evaluate(machine, expression.right)
  return binary(machine, expression.operator, { left, right })
}

export function binary(machine: Machine, operator: string, { left, right }: { left: Value; right: Value }): Value {
  const a = constantOf(left)
  const b = constantOf(right)
  if (typeof a === 'number' && typeof b === 'number') return constant(folds[operator]?.(a, b) ?? Number.NaN)
  if (operator === '+') return add(left, right)
  if (machine.registry.dialect.arithmeticIsNumeric)
    return { ...nothing, taints: marksOf([left, right]), type: operator === 'instanceof' ? 'bool' : 'int' }
  if (operator === '%' && (textOf(left) !== undefined || left.templates !== undefined || left.type === 'str'))
    return formatPercent(left, right)
  if (operator === '*' && typeof a === 'string' && typeof b === 'number') return constant(a.repeat(Math.max(0, Math.min(b, 200))))
  if (operator === '/' && isPath(left)) return { ...concatenate([left, '/', right]), type: left.type }
  if (operator === '|' && left.items?.kind === 'map' && right.items?.kind === 'map')
    return mapOf(new Map([...left.items.entries, ...right.items.entries]))
  if (left.type === 'int' || right.type === 'int') return { ...derived([left, right]), type: operator === '%' ? undefined : 'int' }
  return derived([left, right])
}

const isPath = (value: Value) => value.type === 'pathlib.Path'

function add(left: Value, right: Value): Value {
  if (left.items?.kind === 'list' && right.items?.kind === 'list') {
    const rest = left.items.rest ?? right.items.rest
    return listOf([...left.items.values, ...right.items.values], rest)
  }
  const numeric = left.type === 'int' && right.type === 'int'
  return numeric ? { ...derived([left, right]), type: 'int' } : concatenate([left, right])
}

/** `'...%s...' % values`, each value at its place. */
function formatPercent(left: Value, right: Value): Value {
  const format = textOf(left)
  if (format === undefined) return concatenate([left, derived([right])])
  const values = right.items?.kind === 'list' && right.items.rest === undefined ? right.items.values : [right]
  const pieces: (string | Value)[] = []
  let next = 0
  let end = 0
  for (const match of format.matchAll(/%(?:\((\w+)\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?([a-zA-Z%])/g)) {
    pieces.push(format.slice(end, match.index))
    end = match.index + match[0].length
    if (match[2] === '%') pieces.push('%')
    else pieces.push(converted(match[1] === undefined ? values[next++] : fieldFrom(right, match[1]), match[2] ?? 's'))
  }
  pieces.push(format.slice(end))
  return concatenate(pieces)
}

function fieldFrom(value: Value, name: string): Value {
  if (value.items?.kind !== 'map') return derived([value])
  return value.items.entries.get(name) ?? value.items.rest ?? nothing
}

// `%d` refuses what is no number, so nothing gets through; where it came from stays known.
function converted(value: Value | undefined, conversion: string): Value {
  if (value === undefined) return nothing
  return /[dioxXeEfFgG]/.test(conversion) ? digits(value) : value
}

/** A value that a format lets through as a number alone. */
export function digits(value: Value): Value {
  return { ...safeFor(derived([value]), everything), type: 'digits' }
}

function evaluateAway(machine: Machine, { object, index }: Extract<Expression, { kind: 'index' }>): Value {
  evaluate(machine, object)
  evaluate(machine, index)
  return { ...nothing, type: 'bool' }
}

export function evaluateUnary(machine: Machine, expression: Extract<Expression, { kind: 'unary' }>): Value {
  const { operand } = expression
  // What is deleted is not read.
  if (expression.operator === 'delete' && operand.kind === 'index') return evaluateAway(machine, operand)
  const value = evaluate(machine, operand)
  if (expression.operator === 'typeof') return { ...tainted(value.taints, 'str'), aspect: 'type' }
  const known: Constant | undefined = constantOf(value)
  if (typeof known !== 'number')
    return value.type === 'int' || machine.registry.dialect.arithmeticIsNumeric ? { ...nothing, type: 'int' } : derived([value])
  return constant(expression.operator === '-' ? -known : expression.operator === '~' ? ~known : known)
}
