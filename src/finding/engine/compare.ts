import type { Comparison, Expression } from '../ir/expression.ts'
import { evaluate } from './evaluate.ts'
import type { Machine } from './machine.ts'
import { isNameOfDanger } from './reach.ts'
import { beside, bit, everything, listed, noDots, webScheme } from './taint.ts'
import { type Constant, constantOf, type Fact, type Facts, nothing, textOf, type Value } from './value.ts'

export function evaluateCompare(machine: Machine, expression: Extract<Expression, { kind: 'compare' }>): Value {
  const { operator } = expression
  const left = evaluate(machine, expression.left)
  const right = evaluate(machine, expression.right)
  for (const { rule, listener } of machine.registry.onCompare) {
    const { start, end } = expression
    const report = listener.check(
      { operator, left, right, leftExpression: expression.left, rightExpression: expression.right, start, end },
      machine,
    )
    if (report !== undefined) machine.hit(rule, report, expression)
  }
  const known = fold(operator, left, right)
  return {
    ...nothing,
    type: 'bool',
    constants: known === undefined ? undefined : [known],
    facts: factsOf(machine, operator, { left, right }) ?? orderFacts(machine, left, right),
  }
}

function fold(operator: Comparison, left: Value, right: Value): boolean | undefined {
  const a = constantOf(left)
  const b = constantOf(right)
  if (operator === 'in' || operator === 'not in') {
    const found = contains(right, a)
    return found === undefined ? undefined : found === (operator === 'in')
  }
  if (a === undefined || b === undefined) return undefined
  if (operator === '==' || operator === 'is') return a === b
  if (operator === '!=' || operator === 'is not') return a !== b
  return typeof a === typeof b && a !== null && b !== null ? order(operator, a, b) : undefined
}

function contains(collection: Value, member: Constant | undefined): boolean | undefined {
  if (member === undefined) return undefined
  const text = textOf(collection)
  if (text !== undefined) return text.includes(String(member))
  if (collection.items?.kind !== 'list' || collection.items.rest !== undefined) return undefined
  const all = new Set(collection.items.values.map(constantOf))
  return all.has(undefined) ? undefined : all.has(member)
}

function order(operator: Comparison, a: NonNullable<Constant>, b: NonNullable<Constant>): boolean | undefined {
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  if (operator === '>') return a > b
  return operator === '>=' ? a >= b : undefined
}

/** What a comparison shows: that a value is one of ours, or lacks what makes it dangerous. */
function factsOf(machine: Machine, operator: Comparison, { left, right }: { left: Value; right: Value }): Facts | undefined {
  if (operator === '==' || operator === 'is') return { whenTrue: sameAsOurs(machine, left, right), whenFalse: noSpecialName(left, right) }
  if (operator === '!=' || operator === 'is not') return { whenTrue: noSpecialName(left, right), whenFalse: sameAsOurs(machine, left, right) }
  if (operator === 'in') return containment(machine, left, right)
  if (operator === 'not in') return opposite(containment(machine, left, right))
  return undefined
}

/** What is shown when `member` is in `whole`, and when it is not. */
export function containment(machine: Machine, member: Value, whole: Value): Facts {
  return { whenTrue: memberOf(machine, member, whole), whenFalse: [...lacks(member, whole), ...notOneOf(member, whole)] }
}

const opposite = ({ whenTrue, whenFalse }: Facts): Facts => ({ whenTrue: whenFalse, whenFalse: whenTrue })

const special = /^(__proto__|constructor|prototype)$/

/** `key !== '__proto__'` */
function noSpecialName(left: Value, right: Value): Fact[] {
  const value = special.test(textOf(right) ?? '') ? left : special.test(textOf(left) ?? '') ? right : undefined
  return value?.taints.map(({ origin }) => ({ origin, bits: bit.reflection })) ?? []
}

/** `!['__proto__', 'constructor'].includes(key)` */
function notOneOf(member: Value, whole: Value): Fact[] {
  const names = whole.items?.kind === 'list' ? whole.items.values : []
  return names.some((name) => special.test(textOf(name) ?? '')) ? member.taints.map(({ origin }) => ({ origin, bits: bit.reflection })) : []
}

/** Where texts and numbers cannot be ordered, whatever was compared with a number is one. */
function orderFacts(machine: Machine, left: Value, right: Value): Facts | undefined {
  if (!machine.registry.dialect.ordersStrictly) return undefined
  const facts = [...shownByOrder(left, right), ...shownByOrder(right, left)]
  return { whenTrue: facts, whenFalse: facts }
}

function shownByOrder(value: Value, bound: Value): Fact[] {
  return typeof constantOf(bound) === 'number' && value.aspect === undefined ? shown(value) : []
}

const isOurs = (value: Value) => value.taints.every((taint) => /^(unknown|environment|storage|reflected)$/.test(taint.origin.kind))

function sameAsOurs(machine: Machine, left: Value, right: Value): Fact[] {
  if (constantOf(left) === null || constantOf(right) === null) return []
  if (left.aspect === 'type') return shownByType(left, right)
  if (right.aspect === 'type') return shownByType(right, left)
  return [...shownBySame(machine, left, right), ...shownBySame(machine, right, left)]
}

function shownBySame(machine: Machine, value: Value, other: Value): Fact[] {
  if (isOurs(other) || isStartOf(value, other)) return shown(value, namesNoDanger(machine, other))
  return isFolderOf(other, value) ? value.taints.map(({ origin }) => ({ origin, bits: bit.path })) : []
}

/** `path == base`, where the base is the caller's as well: what the path was put together from, and nothing more. */
function isFolderOf(base: Value, path: Value): boolean {
  return path.normal && base.taints.length < path.taints.length && base.taints.every(({ origin }) => path.taints.some((taint) => taint.origin === origin))
}

/** `commonpath([base, path]) == base`, where the base is the caller's as well: what was compared lies in what it is compared with. */
function isStartOf(common: Value, base: Value): boolean {
  return (common.aspect === 'prefix' || common.aspect === 'beginning') && base.taints.every(({ origin }) => common.taints.some((taint) => taint.origin === origin))
}

/** `typeof value === 'string'`: no object with operators in it, and nothing but a text; a number carries no attack at all. */
function shownByType(value: Value, name: Value): Fact[] {
  const type = textOf(name)
  const bits = type === 'string' ? bit.nosql | bit.argument : type === 'number' || type === 'boolean' || type === 'bigint' ? everything : 0
  return bits === 0 ? [] : value.taints.map((taint) => ({ origin: taint.origin, bits }))
}

function memberOf(machine: Machine, left: Value, right: Value): Fact[] {
  // `base in path.parents`
  if (right.aspect === 'parents') return right.taints.map((taint) => ({ origin: taint.origin, bits: bit.path }))
  // A text that contains something proves nothing; a collection of ours does.
  return right.constants !== undefined || (right.type !== 'str' && isOurs(right)) ? shown(left, namesNoDanger(machine, right)) : []
}

/** What it adds that none of the texts is the name of something dangerous; those that cannot be read here are taken at their word. */
function namesNoDanger(machine: Machine, value: Value): number {
  const members = value.items?.kind === 'list' ? value.items.values : value.items?.kind === 'map' ? [...value.items.entries.keys()] : [value]
  const texts = members.map((member) => (typeof member === 'string' ? member : textOf(member)))
  return texts.some((text) => text !== undefined && isNameOfDanger(machine, text)) ? 0 : listed
}

/** `'..' not in name`, `'/' not in name`. */
function lacks(left: Value, right: Value): Fact[] {
  const text = textOf(left)
  const bits =
    text === '..' || text === '../' || text === '.'
      ? noDots
      : text === '/' || text === '\\'
        ? bit.path
        : text === '\n' || text === '\r'
          ? bit.header | bit.log
          : special.test(text ?? '')
            ? bit.reflection
            : 0
  return bits === 0 ? [] : right.taints.map((taint) => ({ origin: taint.origin, bits }))
}

const aspectBits = {
  host: bit.ssrf | bit.redirect | bit.header,
  scheme: webScheme,
  extension: bit.upload,
  prefix: bit.path,
  beginning: beside,
  parents: bit.path,
  part: 0,
  separator: 0,
  size: 0,
  type: 0,
  relative: 0,
} as const

function shown(value: Value, more = 0): Fact[] {
  const bits = value.aspect === undefined ? everything | more : aspectBits[value.aspect]
  return bits === 0 ? [] : value.taints.map((taint) => ({ origin: taint.origin, bits }))
}
