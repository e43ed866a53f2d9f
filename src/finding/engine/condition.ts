import type { Expression } from '../ir/expression.ts'
import { evaluate } from './evaluate.ts'
import { joinStates, type Machine, shownIn } from './machine.ts'
import { constant, type Fact, type Facts, join, nothing, truthOf, type Value } from './value.ts'

/** Runs both ways of a condition, each knowing what it shows, and joins what remains. */
export function branch(machine: Machine, test: Value, ways: { whenTrue: () => void; whenFalse: () => void }): void {
  const before = machine.save()
  machine.apply(test.facts?.whenTrue ?? [])
  ways.whenTrue()
  const afterThen = machine.save()
  machine.restore(before)
  machine.apply(test.facts?.whenFalse ?? [])
  ways.whenFalse()
  machine.restore(joinStates(afterThen, machine.save()))
}

export function negate(value: Value): Value {
  const truth = truthOf(value)
  const { facts } = value
  return {
    ...(truth === undefined ? nothing : constant(!truth)),
    type: 'bool',
    facts: facts === undefined ? undefined : { whenTrue: facts.whenFalse, whenFalse: facts.whenTrue },
  }
}

/** `and`, `or` and `??`: the right side knows what the left one showed, and both together show more, or less. */
export function evaluateLogical(machine: Machine, expression: Extract<Expression, { kind: 'logical' }>): Value {
  const { operator } = expression
  const left = evaluate(machine, expression.left)
  const truth = truthOf(left)
  if (operator === 'and' && truth === false) return left
  if (operator === 'or' && truth === true) return left
  const before = machine.save()
  machine.apply((operator === 'and' ? left.facts?.whenTrue : operator === 'or' ? left.facts?.whenFalse : undefined) ?? [])
  const right = shownIn(evaluate(machine, expression.right), machine.barriers)
  machine.restore(joinStates(before, machine.save()))
  if (truth !== undefined && operator !== 'otherwise') return right
  return { ...(join(left, right) ?? nothing), facts: operator === 'otherwise' ? undefined : combine(operator, left.facts, right.facts) }
}

function combine(operator: 'and' | 'or', left: Facts | undefined, right: Facts | undefined): Facts | undefined {
  if (left === undefined && right === undefined) return undefined
  if (operator === 'and') return { whenTrue: both(left?.whenTrue, right?.whenTrue), whenFalse: common(left?.whenFalse, right?.whenFalse) }
  return { whenTrue: common(left?.whenTrue, right?.whenTrue), whenFalse: both(left?.whenFalse, right?.whenFalse) }
}

const both = (a: readonly Fact[] = [], b: readonly Fact[] = []) => [...a, ...b]

/** What holds whichever of the two holds. */
function common(a: readonly Fact[] = [], b: readonly Fact[] = []): Fact[] {
  return a.flatMap((fact) => {
    const bits = b.filter((other) => other.origin === fact.origin).reduce((all, other) => all | other.bits, 0) & fact.bits
    return bits === 0 ? [] : [{ origin: fact.origin, bits }]
  })
}
