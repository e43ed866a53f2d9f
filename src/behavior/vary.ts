import type { Language } from '../records/language.ts'
import type { Value } from '../records/value.ts'
import { fromFloat, fromNumber } from '../syntax/number.ts'
import { isTagged } from '../syntax/python-value.ts'
import { compareItems, type Domain, itemsIn, kindOf, numberIn } from './domain.ts'
import type { Random } from './random.ts'

/** How a value may be changed: within what examples show, or just beyond it. */
export interface Variation {
  language: Language
  random: Random
  edge: boolean
  /** The values of the call's other arguments: what they share is often the point (a member of a list, a part of a word). */
  around: readonly Value[]
}

const longestText = 60
const longestList = 40

/** Another value of a domain, near the given one where there is one. */
export function vary(domain: Domain, value: Value | undefined, variation: Variation): Value {
  switch (domain.kind) {
    case 'integer':
      return varyInteger(domain, value, variation)
    case 'float':
      return varyFloat(domain, value, variation)
    case 'truth':
      return variation.random.chance(0.5)
    case 'text':
      return varyText(domain, value, variation)
    case 'sequence':
      return varySequence(domain, value, variation)
    case 'record':
      return { $: 'tuple', v: domain.items.map((item, i) => vary(item, itemsIn(value ?? null)[i], variation)) }
    case 'map':
      return varyMap(domain, value, variation)
    case 'choice':
      return vary(variation.random.chance(0.7) ? alternativeOf(domain.of, value, variation.random) : variation.random.pick(domain.of), value, variation)
    case 'fixed':
      return domain.samples.length === 0 ? (value ?? null) : variation.random.pick(domain.samples)
  }
}

function alternativeOf(of: Domain[], value: Value | undefined, random: Random): Domain {
  const kinds: Partial<Record<Domain['kind'], string[]>> = { integer: ['integer'], float: ['float', 'integer'], truth: ['truth'], text: ['text'], map: ['map'] }
  return of.find((domain) => value !== undefined && kinds[domain.kind]?.includes(kindOf(value)) === true) ?? random.pick(of)
}

function varyInteger(domain: Domain & { kind: 'integer' }, value: Value | undefined, { random, edge, around }: Variation): number {
  const { least, most } = domain
  const shared = around.filter((other) => kindOf(other) === 'integer' && numberIn(other) >= least)
  if (!edge && shared.length > 0 && random.chance(0.2)) return numberIn(random.pick(shared))
  const span = Math.max(most - least, 4)
  if (edge) return random.pick([0, 1, -1, 2, least - 1, -most, most * 2 + 1, Math.min(most * 10, 1000), 100])
  const near = value === undefined ? least : numberIn(value) + random.pick([-3, -2, -1, 1, 2, 3])
  const wide = random.between(least, least + Math.ceil(span * 1.25))
  const found = random.chance(0.4) ? near : wide
  // A positive number stays positive, and one that was never zero does not become it.
  return least >= 1 ? Math.max(1, found) : least >= 0 ? Math.max(0, found) : found
}

function varyFloat(domain: Domain & { kind: 'float' }, value: Value | undefined, { language, random, edge }: Variation): Value {
  const make = language === 'python' ? fromFloat : fromNumber
  const { least, most, decimals } = domain
  if (edge) return make(random.pick([0, 1, -1, 0.5, -most, most * 2, 1e-3, 1000]))
  const scale = 10 ** Math.max(1, decimals)
  const span = Math.max(most - least, 2)
  const found = value !== undefined && random.chance(0.3) ? numberIn(value) + random.pick([-1, 1]) / scale : least + random.next() * span * 1.2
  const rounded = Math.round(found * scale) / scale
  return make(least > 0 ? Math.max(1 / scale, rounded) : least >= 0 ? Math.max(0, rounded) : rounded)
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
const classes: [RegExp, string][] = [
  [/[a-z]/, letters],
  [/[A-Z]/, letters.toUpperCase()],
  [/\d/, '0123456789'],
]

/** Another character of the same class, from the alphabet that was seen where that has one. */
function similar(character: string, alphabet: string[], random: Random): string {
  const found = classes.find(([pattern]) => pattern.test(character))
  if (found === undefined) return character
  const seen = alphabet.filter((other) => found[0].test(other))
  // Few letters seen are an alphabet (`ACGT`, `IVX`); many are just letters.
  return random.pick(seen.length > 1 && (seen.length < 9 || random.chance(0.7)) ? seen : Array.from(found[1]))
}

type TextChange = (characters: string[], other: string[], random: Random) => string[]

const textChanges: TextChange[] = [
  (characters, _other, random) => random.shuffle(characters),
  (characters) => characters.toReversed(),
  (characters, other) => [...characters, ...other],
  (characters, _other, random) => characters.toSpliced(random.between(0, Math.max(0, characters.length - 1)), 1),
  (characters, _other, random) => characters.slice(0, random.between(1, Math.max(1, characters.length - 1))),
  (characters, _other, random) => characters.slice(random.between(0, Math.max(0, characters.length - 1))),
  (characters, _other, random) => characters.flatMap((character) => (random.chance(0.2) ? [character, character] : [character])),
  (characters, other, random) => characters.toSpliced(random.between(0, characters.length), 0, ...other.slice(0, 3)),
  (characters, _other, random) => random.shuffle(characters.join('').split(' ')).join(' ').split(''),
]

function varyText(domain: Domain & { kind: 'text' }, value: Value | undefined, { random, edge, around }: Variation): string {
  if (edge) return random.pick(['', ' ', 'a', 'A', '0', 'é', 'äöü ß', '日本', '😀', 'a\nb', '  two  spaces ', 'x'.repeat(longestText)])
  const shared = around.filter((other) => typeof other === 'string' && other !== '')
  if (shared.length > 0 && random.chance(0.2)) return partOf(random.pick(shared) as string, random)
  const base = Array.from(typeof value === 'string' && random.chance(0.7) ? value : random.pick(domain.samples.length === 0 ? ['abc'] : domain.samples))
  const other = Array.from(domain.samples.length === 0 ? '' : random.pick(domain.samples))
  // Half the changes keep the form (`03-11-2000`, `1/5`), the others break it up.
  const changed = random.chance(0.5)
    ? base.map((character) => (random.chance(0.5) ? similar(character, domain.alphabet, random) : character))
    : random.pick(textChanges)(base, other, random)
  const kept = changed.length === 0 && !domain.samples.includes('') ? base : changed
  return kept.slice(0, longestText).join('')
}

/** A piece of a text, as it stands or turned round its middle. */
function partOf(text: string, random: Random): string {
  const from = random.between(0, text.length - 1)
  const piece = text.slice(from, random.between(from + 1, Math.min(text.length, from + longestText)))
  return random.chance(0.7) ? piece : piece.slice(1) + piece.slice(0, 1)
}

type ListChange = (items: Value[], item: () => Value, random: Random) => Value[]

const listChanges: ListChange[] = [
  (items, _item, random) => random.shuffle(items),
  (items) => items.toReversed(),
  (items, item) => [...items, item()],
  (items, item) => [item(), ...items],
  (items, _item, random) => items.toSpliced(random.between(0, Math.max(0, items.length - 1)), 1),
  (items, _item, random) => (items.length === 0 ? [] : [...items, random.pick(items)]),
  (items, item, random) => (items.length === 0 ? [item()] : items.with(random.between(0, items.length - 1), item())),
  (items, item) => items.map(() => item()),
  (items, _item, random) => items.slice(0, random.between(1, Math.max(1, items.length))),
  (items, item, random) => Array.from({ length: random.between(1, Math.max(items.length, 6)) }, () => item()),
]

function varySequence(domain: Domain & { kind: 'sequence' }, value: Value | undefined, variation: Variation): Value {
  const { random, edge } = variation
  const items = value === undefined ? [] : itemsIn(value)
  const item = (): Value => vary(domain.item, items.length > 0 && random.chance(0.5) ? random.pick(items) : undefined, { ...variation, edge: edge && random.chance(0.3) })
  let changed = edge ? edgeList(items, item, random) : random.pick(listChanges)(items, item, random)
  if (!edge && random.chance(0.3)) changed = random.pick(listChanges)(changed, item, random)
  if (!edge) {
    while (changed.length < domain.least) changed = [...changed, item()]
    if (domain.least > 0 && domain.least === domain.most) changed = changed.slice(0, domain.most)
    if (domain.distinct || domain.tag === 'set') changed = withoutRepeats(changed)
    if (domain.sorted) changed = changed.toSorted(compareItems)
  }
  const kept = changed.slice(0, longestList)
  return domain.tag === 'list' ? kept : { $: domain.tag, v: domain.tag === 'set' ? withoutRepeats(kept) : kept }
}

function edgeList(items: Value[], item: () => Value, random: Random): Value[] {
  const [first] = items
  return random.pick([[], [item()], first === undefined ? [item(), item()] : [first, first, first], [...items, ...items], Array.from({ length: 25 }, item)])
}

function withoutRepeats(items: Value[]): Value[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}

function varyMap(domain: Domain & { kind: 'map' }, value: Value | undefined, variation: Variation): Value {
  const { random, edge } = variation
  const entries = value !== undefined && isTagged(value, 'map') ? value.v : []
  const entry = (): [Value, Value] => [vary(domain.key, undefined, { ...variation, edge: false }), vary(domain.value, undefined, variation)]
  const changes: (() => [Value, Value][])[] = edge
    ? [() => [], () => [entry()], () => Array.from({ length: 10 }, entry)]
    : [
        () => entries.map(([key, item]) => [key, vary(domain.value, item, variation)]),
        () => [...entries, entry()],
        () => entries.toSpliced(random.between(0, Math.max(0, entries.length - 1)), 1),
        () => random.shuffle(entries),
      ]
  const changed = random.pick(changes)()
  const missing = edge ? 0 : Math.max(0, domain.least - changed.length)
  changed.push(...Array.from({ length: missing }, entry))
  return { $: 'map', v: [...new Map(changed.map((pair): [string, [Value, Value]] => [JSON.stringify(pair[0]), pair])).values()] }
}
