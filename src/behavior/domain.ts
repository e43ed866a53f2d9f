import type { Value } from '../records/value.ts'
import { floatOf } from '../syntax/number.ts'
import { isTagged } from '../syntax/python-value.ts'

/** The values that a parameter is seen, or declared, to take. */
export type Domain =
  | { kind: 'integer'; least: number; most: number }
  | { kind: 'float'; least: number; most: number; decimals: number }
  | { kind: 'truth' }
  | { kind: 'text'; samples: string[]; alphabet: string[] }
  | { kind: 'sequence'; tag: 'list' | 'tuple' | 'set'; item: Domain; least: number; most: number; sorted: boolean; distinct: boolean }
  /** A tuple whose places have domains of their own. */
  | { kind: 'record'; items: Domain[] }
  | { kind: 'map'; key: Domain; value: Domain; least: number; most: number }
  | { kind: 'choice'; of: Domain[] }
  /** Nothing is known of how such values vary: they are used as they are. */
  | { kind: 'fixed'; samples: Value[] }

/** Learns a domain from the values that examples show. */
export function learnDomain(values: readonly Value[]): Domain {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const kind = kindOf(value)
    groups.set(kind, [...(groups.get(kind) ?? []), value])
  }
  // `[1, 2.5]`: whole numbers among fractions are fractions that happen to be whole.
  const floats = groups.get('float')
  const integers = groups.get('integer')
  if (floats !== undefined && integers !== undefined) {
    groups.delete('integer')
    groups.set('float', [...floats, ...integers])
  }
  const domains = [...groups].map(([kind, members]) => learnKind(kind, members))
  return domains.length === 1 ? domains[0]! : domains.length === 0 ? { kind: 'fixed', samples: [] } : { kind: 'choice', of: domains }
}

/** Which kind of domain a value belongs to. */
export function kindOf(value: Value): string {
  if (typeof value === 'boolean') return 'truth'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float'
  if (typeof value === 'string') return 'text'
  if (Array.isArray(value)) return 'list'
  if (isTagged(value, 'tuple')) return `tuple${new Set(value.v.map(kindOf)).size > 1 ? value.v.length : ''}`
  if (isTagged(value, 'set') || isTagged(value, 'map')) return value.$
  return isTagged(value, 'float') && Number.isFinite(floatOf(value.v)) ? 'float' : 'fixed'
}

/** A whole number or fraction as a number. */
export function numberIn(value: Value): number {
  return typeof value === 'number' ? value : isTagged(value, 'float') ? floatOf(value.v) : 0
}

/** The items of a list, tuple or set. */
export function itemsIn(value: Value): Value[] {
  if (Array.isArray(value)) return value
  return isTagged(value, 'tuple') || isTagged(value, 'set') ? value.v : []
}

function learnKind(kind: string, members: Value[]): Domain {
  switch (kind) {
    case 'truth':
      return { kind: 'truth' }
    case 'integer': {
      const numbers = members.map(numberIn)
      return { kind: 'integer', least: Math.min(...numbers), most: Math.max(...numbers) }
    }
    case 'float': {
      const numbers = members.map(numberIn)
      return { kind: 'float', least: Math.min(...numbers), most: Math.max(...numbers), decimals: Math.max(...numbers.map(decimalsOf)) }
    }
    case 'text': {
      const samples = members.filter((member) => typeof member === 'string')
      return { kind: 'text', samples: [...new Set(samples)], alphabet: [...new Set(samples.flatMap((sample) => Array.from(sample)))].sort() }
    }
    case 'map':
      return learnMap(members.flatMap((member) => (isTagged(member, 'map') ? [member.v] : [])))
    case 'fixed':
      return { kind: 'fixed', samples: members }
    default:
      return learnSequence(kind, members.map(itemsIn))
  }
}

function decimalsOf(value: number): number {
  return Math.min(6, (String(value).split('.')[1] ?? '').length)
}

function learnMap(members: [Value, Value][][]): Domain {
  const entries = members.flat()
  const sizes = members.map((member) => member.length)
  return {
    kind: 'map',
    key: learnDomain(entries.map(([key]) => key)),
    value: learnDomain(entries.map(([, value]) => value)),
    least: Math.min(...sizes),
    most: Math.max(...sizes),
  }
}

function learnSequence(kind: string, members: Value[][]): Domain {
  if (/^tuple\d/.test(kind)) return { kind: 'record', items: members[0]!.map((_, i) => learnDomain(members.map((member) => member[i]!))) }
  const sizes = members.map((member) => member.length)
  const long = members.filter((member) => member.length > 2)
  return {
    kind: 'sequence',
    tag: kind === 'tuple' || kind === 'set' ? kind : 'list',
    item: learnDomain(members.flat()),
    least: Math.min(...sizes),
    most: Math.max(...sizes),
    sorted: long.length > 1 && long.every(isSorted),
    distinct: long.length > 2 && long.every((member) => new Set(member.map((item) => JSON.stringify(item))).size === member.length),
  }
}

function isSorted(items: Value[]): boolean {
  return items.every((item, i) => i === 0 || compareItems(items[i - 1]!, item) <= 0)
}

/** Orders numbers by size and text by its units; other values stay where they are. */
export function compareItems(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  return numberIn(left) - numberIn(right)
}
