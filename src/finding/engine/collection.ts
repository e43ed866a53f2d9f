import type { Expression, Item } from '../ir/expression.ts'
import { store } from './access.ts'
import { noteSpread } from './escape.ts'
import { evaluate } from './evaluate.ts'
import type { Machine } from './machine.ts'
import { announceSet } from './announce.ts'
import { constantOf, elementOf, join, listOf, mapOf, nothing, type Value } from './value.ts'

export function evaluateCollection(machine: Machine, expression: Extract<Expression, { kind: 'collection' }>): Value {
  if (expression.shape === 'map') return evaluateMap(machine, expression.items)
  const values: Value[] = []
  let rest: Value | undefined
  for (const item of expression.items) {
    const value = evaluate(machine, item.value)
    if (item.spread !== true) values.push(value)
    else if (value.items?.kind === 'list' && value.items.rest === undefined) values.push(...value.items.values)
    else rest = join(rest, elementOf(value))
  }
  return listOf(values.slice(0, 200), values.slice(200).reduce<Value | undefined>(join, rest))
}

function evaluateMap(machine: Machine, items: readonly Item[]): Value {
  const entries = new Map<string, Value>()
  let rest: Value | undefined
  for (const item of items) {
    const key = item.key === undefined ? undefined : evaluate(machine, item.key)
    const value = evaluate(machine, item.value)
    const name = constantOf(key)
    if (item.spread === true) noteSpread(machine, value, item.value)
    if (name !== undefined && item.key !== undefined) {
      entries.set(String(name), value)
      announceSet(machine, {
        name: String(name),
        value,
        expression: item.value,
        how: 'key',
        owner: undefined,
        start: item.key.start,
        end: item.value.end,
      })
    } else if (item.spread === true && value.items?.kind === 'map') {
      for (const [inner, entry] of value.items.entries) entries.set(inner, entry)
      rest = join(rest, value.items.rest)
    } else rest = join(rest, item.spread === true ? elementOf(value) : join(value, key))
  }
  return mapOf(entries, rest)
}

/** One round stands for all: the element is the same for every member. */
export function evaluateComprehension(machine: Machine, expression: Extract<Expression, { kind: 'comprehension' }>): Value {
  const before = machine.save()
  for (const clause of expression.clauses) {
    const iterable = evaluate(machine, clause.iterable)
    store(machine, clause.target, { value: elementOf(iterable), expression: clause.iterable })
    for (const condition of clause.conditions) machine.apply(evaluate(machine, condition).facts?.whenTrue ?? [])
  }
  const key = expression.key === undefined ? undefined : evaluate(machine, expression.key)
  const element = filtered(machine, evaluate(machine, expression.element))
  machine.restore(before)
  if (expression.shape === 'map') return mapOf(new Map(), join(element, key) ?? nothing)
  return listOf([], element)
}

// What the conditions showed holds for the members only, so it is written into them before it is forgotten.
function filtered(machine: Machine, value: Value): Value {
  return { ...value, taints: value.taints.map((taint) => ({ ...taint, safe: machine.safetyOf(taint) })) }
}
