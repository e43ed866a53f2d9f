import type { FunctionNode } from '../ir/statement.ts'
import type { ClassReference, Frame } from './frame.ts'
import { cleanse, type Origin, pass, strength, type Taint, unite, weaken } from './taint.ts'
import type { Span } from '../ir/expression.ts'

export type Constant = string | number | boolean | null

/** A string as it was put together: text, and the values in between. */
export type Template = readonly (string | Value)[]

export type Items =
  | { readonly kind: 'list'; readonly values: readonly Value[]; readonly rest: Value | undefined }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value>; readonly rest: Value | undefined }

/** What a call of the value runs. */
export type Target =
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'method'; readonly name: string; readonly owner: string | undefined; readonly receiver: Value }
  | { readonly kind: 'function'; readonly function: FunctionNode; readonly frame: Frame; readonly self: Value | undefined }
  | { readonly kind: 'class'; readonly class: ClassReference }
  // Another function with its first arguments given.
  | { readonly kind: 'partial'; readonly of: Value; readonly given: readonly Value[]; readonly keywords: ReadonlyMap<string, Value> }

/** Holding the condition (or its opposite) makes these origins safe for these weaknesses. */
export interface Fact {
  readonly origin: Origin
  readonly bits: number
}
export interface Facts {
  readonly whenTrue: readonly Fact[]
  readonly whenFalse: readonly Fact[]
}

/** The piece of something that a value is: a test of the piece says less than a test of the whole. */
export type Aspect = 'host' | 'scheme' | 'extension' | 'prefix' | 'parents' | 'beginning' | 'part' | 'separator' | 'size' | 'type' | 'relative'

/**
 * What is known of a value. `constants`: it is one of these and nothing else. `templates`: it is a string of one of these forms. No taints:
 * nobody outside has a say in it.
 */
export interface Value {
  readonly taints: readonly Taint[]
  readonly constants: readonly Constant[] | undefined
  readonly templates: readonly Template[] | undefined
  readonly items: Items | undefined
  readonly type: string | undefined
  readonly target: Target | undefined
  readonly instance: ClassReference | undefined
  readonly facts: Facts | undefined
  readonly aspect: Aspect | undefined
  /** A path that was made absolute and free of `..`. */
  readonly normal: boolean
}

export const nothing: Value = {
  taints: [],
  constants: undefined,
  templates: undefined,
  items: undefined,
  type: undefined,
  target: undefined,
  instance: undefined,
  facts: undefined,
  aspect: undefined,
  normal: false,
}

const mostAlternatives = 4
const mostForms = 8
const mostParts = 40
const longestText = 4000

export function constant(value: Constant, type?: string): Value {
  return {
    ...nothing,
    constants: [value],
    type: type ?? (typeof value === 'string' ? 'str' : typeof value === 'number' ? 'int' : undefined),
  }
}

export function tainted(taints: readonly Taint[], type?: string): Value {
  return { ...nothing, taints, type }
}

/** The constant that a value must be. */
export function constantOf(value: Value | undefined): Constant | undefined {
  return value?.constants?.length === 1 ? value.constants[0] : undefined
}

export function textOf(value: Value | undefined): string | undefined {
  const known = constantOf(value)
  return typeof known === 'string' ? known : undefined
}

/** Whether the value is known to be true or false in a condition. */
export function truthOf(value: Value): boolean | undefined {
  if (value.constants === undefined) return undefined
  const truths = new Set(value.constants.map(Boolean))
  return truths.size === 1 ? truths.has(true) : undefined
}

export function join(a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === undefined || a === b) return b
  if (b === undefined) return a
  // Nothing is learnt from `None`: it is what a variable holds before it holds something.
  if (isNull(a)) return { ...b, constants: undefined }
  if (isNull(b)) return { ...a, constants: undefined }
  return {
    taints: unite(a.taints, b.taints),
    constants: joinConstants(a, b),
    templates: joinTemplates(a, b),
    items: joinItems(a.items, b.items),
    type: a.type === b.type ? a.type : undefined,
    target: a.target === b.target ? a.target : undefined,
    instance: a.instance === b.instance ? a.instance : undefined,
    facts: undefined,
    aspect: a.aspect === b.aspect ? a.aspect : undefined,
    normal: a.normal && b.normal,
  }
}

export function joinAll(values: readonly Value[]): Value {
  return values.reduce<Value | undefined>(join, undefined) ?? nothing
}

function isNull(value: Value): boolean {
  return value.constants?.length === 1 && value.constants[0] === null
}

function joinConstants(a: Value, b: Value): readonly Constant[] | undefined {
  if (a.constants === undefined || b.constants === undefined) return undefined
  const all = [...new Set([...a.constants, ...b.constants])]
  return all.length <= mostAlternatives ? all : undefined
}

/** The forms a string value can have; a constant is a form without a hole. */
export function formsOf(value: Value): readonly Template[] | undefined {
  return value.templates ?? value.constants?.map((item) => [String(item)])
}

function joinTemplates(a: Value, b: Value): readonly Template[] | undefined {
  if (a.constants !== undefined && b.constants !== undefined) return undefined
  if (a.templates === b.templates) return a.templates
  const forms = [formsOf(a), formsOf(b)]
  const all = [...new Set(forms.flatMap((form) => form ?? []))]
  // The first few tell enough: what is looked for in them is whether one is dangerous.
  return forms.includes(undefined) ? undefined : all.slice(0, mostForms)
}

function joinItems(a: Items | undefined, b: Items | undefined): Items | undefined {
  if (a === b || a === undefined || b === undefined) return a === b ? a : undefined
  if (a.kind === 'list' && b.kind === 'list') {
    const same = a.values.length === b.values.length
    if (same) return { kind: 'list', values: a.values.map((item, i) => join(item, b.values[i]) ?? nothing), rest: join(a.rest, b.rest) }
    return { kind: 'list', values: [], rest: joinAll([...a.values, ...b.values, ...(a.rest ? [a.rest] : []), ...(b.rest ? [b.rest] : [])]) }
  }
  if (a.kind !== 'map' || b.kind !== 'map') return undefined
  const entries = new Map(a.entries)
  for (const [key, value] of b.entries) entries.set(key, join(entries.get(key), value) ?? value)
  return { kind: 'map', entries, rest: join(a.rest, b.rest) }
}

/** A string made of these pieces, one after the other. */
export function concatenate(pieces: readonly (string | Value)[]): Value {
  let forms: (string | Value)[][] = [[]]
  let taints: readonly Taint[] = []
  for (const piece of pieces) {
    if (typeof piece !== 'string') taints = unite(taints, piece.taints)
    const added = typeof piece === 'string' ? [[piece]] : (formsOf(piece) ?? [[piece]])
    forms = forms.flatMap((form) => added.map((more) => append(form, more))).slice(0, mostForms)
  }
  const constants = forms.every((form) => form.every((part) => typeof part === 'string')) ? forms.map((form) => form.join('')) : undefined
  if (constants !== undefined && constants.length <= mostAlternatives) return { ...nothing, constants, type: 'str' }
  return { ...nothing, taints, templates: forms, type: 'str' }
}

function append(form: readonly (string | Value)[], more: readonly (string | Value)[]): (string | Value)[] {
  const parts = [...form]
  for (const part of more) {
    const last = parts.at(-1)
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = (last + part).slice(0, longestText)
    else if (parts.length < mostParts) parts.push(part)
  }
  return parts
}

export function listOf(values: readonly Value[], rest?: Value): Value {
  const all = rest === undefined ? values : [...values, rest]
  return {
    ...nothing,
    type: 'list',
    items: { kind: 'list', values, rest },
    taints: all.reduce<readonly Taint[]>((taints, item) => unite(taints, item.taints), []),
  }
}

export function mapOf(entries: ReadonlyMap<string, Value>, rest?: Value): Value {
  const all = rest === undefined ? [...entries.values()] : [...entries.values(), rest]
  return {
    ...nothing,
    type: 'dict',
    items: { kind: 'map', entries, rest },
    taints: all.reduce<readonly Taint[]>((taints, item) => unite(taints, item.taints), []),
  }
}

/** Every element of a collection in one value; of anything else, a part of it. */
export function elementOf(value: Value): Value {
  const { items } = value
  if (items === undefined) return tainted(value.taints)
  const all = items.kind === 'list' ? items.values : [...items.entries.values()]
  return joinAll(items.rest === undefined ? all : [...all, items.rest])
}

/** The same value, safe for more. */
export function safeFor(value: Value, bits: number): Value {
  return { ...value, taints: cleanse(value.taints, bits), templates: undefined }
}

/** What is left of the inputs when a number is made of them: marks, which are no attacker's. */
export function marksOf(inputs: readonly (Value | undefined)[]): readonly Taint[] {
  return inputs.flatMap((input) => input?.taints.filter((taint) => strength(taint) <= 0) ?? [])
}

/** What something unknown makes of its inputs. */
export function derived(inputs: readonly (Value | undefined)[], options: { weak?: boolean; type?: string } = {}): Value {
  const taints = inputs.reduce<readonly Taint[]>((all, input) => (input === undefined ? all : unite(all, input.taints)), [])
  return tainted(options.weak === true ? weaken(taints) : taints, options.type)
}

export function passed(value: Value, span: Span, note: string): Value {
  const taints = pass(value.taints, span, note)
  return taints === value.taints ? value : { ...value, taints }
}
