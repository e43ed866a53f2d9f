import { canonicalJson } from '../records/digest.ts'
import type { GeneratedInput } from '../records/input.ts'
import type { Language } from '../records/language.ts'
import type { Signature } from '../records/signature.ts'
import type { Call, Step } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { declaredDomain } from './declared-domain.ts'
import { type Domain, itemsIn, learnDomain } from './domain.ts'
import { Random } from './random.ts'
import { type Variation, vary } from './vary.ts'

/** What inputs are made from: calls that the task shows, or, where there are none, how the function declares its parameters. */
export interface InputGround {
  language: Language
  signature?: Signature | undefined
  examples: readonly Call[]
}

/**
 * Calls made by changing the arguments of the examples by their types, without a model: in the order in which to trust them, those
 * inside what the examples show before those at the edge. The same seed gives the same calls; the examples are not among them.
 */
export function generateInputs(ground: InputGround, options: { seed: number; count?: number; edgeShare?: number }): GeneratedInput[] {
  const { seed, count = 40, edgeShare = 0.25 } = options
  const random = new Random(seed)
  const slots = learnSlots(ground)
  const bases = ground.examples.length > 0 ? [...ground.examples] : declaredCalls(ground, slots, random)
  if (bases.length === 0) return []
  const relations = learnRelations(ground.examples)
  const seen = new Set(ground.examples.map((call) => canonicalJson(call)))
  const edges = Math.round(count * edgeShare)
  const draw = (reach: 'inside' | 'edge', wanted: number): GeneratedInput[] => {
    const found: GeneratedInput[] = []
    for (let attempt = 0; found.length < wanted && attempt < wanted * 20; attempt++) {
      const variation = { language: ground.language, random, edge: reach === 'edge', around: [] }
      const call = related(relations, varyCall(bases[attempt % bases.length]!, slots, variation), variation)
      const key = canonicalJson(call)
      if (seen.has(key)) continue
      seen.add(key)
      found.push({ call, reach })
    }
    return found
  }
  return [...draw('inside', count - edges), ...draw('edge', edges)]
}

type Slots = ReadonlyMap<string, Domain>

function slotsOf(step: Step): [string, Value][] {
  const positional = (step.arguments ?? []).map((value, i): [string, Value] => [`${step.name}(${i})`, value])
  return [...positional, ...Object.entries(step.keywords ?? {}).map(([name, value]): [string, Value] => [`${step.name}(${name})`, value])]
}

/** The domain of every argument of every step: what the examples show, and what is declared where they show nothing. */
function learnSlots(ground: InputGround): Slots {
  const values = new Map<string, Value[]>()
  for (const [slot, value] of ground.examples.flatMap((call) => call.steps.flatMap(slotsOf))) values.set(slot, [...(values.get(slot) ?? []), value])
  const { signature } = ground
  const declared = new Map<string, Domain>(
    signature?.parameters.flatMap((parameter, i) => {
      const domain = declaredDomain(ground.language, parameter)
      return [[`${signature.name}(${i})`, domain] as const, [`${signature.name}(${parameter.name})`, domain] as const]
    }),
  )
  return new Map([...declared, ...[...values].map(([slot, shown]): [string, Domain] => [slot, complete(learnDomain(shown), declared.get(slot))])])
}

// `f([])` alone does not show what the list holds; the declaration may.
function complete(learned: Domain, declared: Domain | undefined): Domain {
  if (declared === undefined) return learned
  if (learned.kind === 'fixed' && learned.samples.length === 0) return declared
  if (learned.kind === 'sequence' && declared.kind === 'sequence') return { ...learned, item: complete(learned.item, declared.item) }
  if (learned.kind === 'map' && declared.kind === 'map') return { ...learned, key: complete(learned.key, declared.key), value: complete(learned.value, declared.value) }
  return learned
}

function declaredCalls(ground: InputGround, slots: Slots, random: Random): Call[] {
  const { signature, language } = ground
  if (signature?.kind !== 'function') return []
  const variation = { language, random, edge: false, around: [] }
  const plain = signature.parameters.filter((parameter) => !parameter.special)
  return Array.from({ length: 8 }, () => ({ steps: [{ name: signature.name, arguments: plain.map((_, i) => vary(slots.get(`${signature.name}(${i})`)!, undefined, variation)) }] }))
}

function varyCall(call: Call, slots: Slots, variation: Variation): Call {
  const all = call.steps.flatMap(slotsOf).map(([, value]) => value)
  const chosen = variation.random.chance(0.6) ? variation.random.between(0, all.length - 1) : undefined
  let place = 0
  const change = (slot: string, value: Value): Value => {
    const domain = slots.get(slot)
    if (domain === undefined || (chosen !== undefined && place++ !== chosen)) return value
    return vary(domain, value, { ...variation, around: [...others(all, value), ...others(all, value).flatMap(itemsIn)] })
  }
  return {
    steps: call.steps.map((step) => ({
      ...step,
      ...(step.arguments === undefined ? {} : { arguments: step.arguments.map((value, i) => change(`${step.name}(${i})`, value)) }),
      ...(step.keywords === undefined
        ? {}
        : { keywords: Object.fromEntries(Object.entries(step.keywords).map(([name, value]) => [name, change(`${step.name}(${name})`, value)])) }),
    })),
  }
}

function others(all: Value[], value: Value): Value[] {
  return all.filter((other) => other !== value)
}

/** What holds between two arguments in every example: lists of one length, or a number that counts within a list. */
interface Relation {
  kind: 'same-length' | 'within-length'
  of: number
  to: number
  least: number
}

function learnRelations(examples: readonly Call[]): Relation[] {
  const calls = examples.map((call) => (call.steps.length === 1 ? (call.steps[0]!.arguments ?? []) : []))
  const arity = calls[0]?.length ?? 0
  if (calls.length < 2 || calls.some((values) => values.length !== arity)) return []
  const places = Array.from({ length: arity }, (_, i) => i)
  return places.flatMap((to) =>
    places.flatMap((of): Relation[] => {
      const pairs = calls.map((values) => [values[of]!, sizeOf(values[to]!)] as const)
      if (of === to || pairs.some(([, size]) => size === undefined)) return []
      if (pairs.every(([value]) => typeof value === 'number' && Number.isInteger(value) && value >= 0)) {
        const within = pairs.every(([value, size]) => Number(value) <= size!)
        return within ? [{ kind: 'within-length', of, to, least: Math.min(...pairs.map(([value]) => Number(value))) }] : []
      }
      const same = of > to && pairs.every(([value, size]) => sizeOf(value) === size) && new Set(pairs.map(([, size]) => size)).size > 1
      return same ? [{ kind: 'same-length', of, to, least: 0 }] : []
    }),
  )
}

function sizeOf(value: Value): number | undefined {
  return Array.isArray(value) || typeof value === 'string' ? value.length : undefined
}

function related(relations: Relation[], call: Call, { random, edge }: Variation): Call {
  const [step, ...rest] = call.steps
  if (step?.arguments === undefined || edge) return call
  const values = [...step.arguments]
  for (const { kind, of, to, least } of relations) {
    const size = sizeOf(values[to] ?? null) ?? 0
    if (kind === 'within-length' && Number(values[of]) > size) values[of] = random.between(Math.min(least, size), size)
    if (kind === 'same-length') values[of] = resized(values[of] ?? null, size, random)
  }
  return { steps: [{ ...step, arguments: values }, ...rest] }
}

function resized(value: Value, size: number, random: Random): Value {
  if (typeof value === 'string') return value.length >= size ? value.slice(0, size) : value.padEnd(size, value === '' ? 'a' : value)
  const items = itemsIn(value)
  return Array.from({ length: size }, (_, i) => items[i] ?? (items.length === 0 ? 0 : random.pick(items)))
}
