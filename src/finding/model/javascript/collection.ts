import { itemOf, withRest } from '../../engine/access.ts'
import { containment } from '../../engine/compare.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { bit, wholeOf } from '../../engine/taint.ts'
import {
  concatenate,
  constant,
  constantOf,
  derived,
  elementOf,
  join,
  joinAll,
  listOf,
  mapOf,
  nothing,
  tainted,
  textOf,
  type Value,
} from '../../engine/value.ts'
import { type CallModel, defineModel, type Outcome } from '../model.ts'
import { callbackMethods, promiseCalls } from './callback.ts'

function push({ receiver, positional, spread, last }: CallEvent): Outcome | undefined {
  if (receiver === undefined) return undefined
  const added = [...positional, ...spread.map(elementOf)]
  const result: Value = { ...nothing, type: 'int' }
  if (receiver.items?.kind === 'list' && receiver.items.rest === undefined && spread.length === 0 && receiver.items.values.length < 100) {
    const { values } = receiver.items
    return { result, receiver: listOf(last === 'unshift' ? [...added, ...values] : [...values, ...added]) }
  }
  return { result, receiver: withRest(receiver, joinAll(added)) }
}

function takeOne({ receiver, last }: CallEvent): Value | Outcome | undefined {
  if (receiver === undefined) return undefined
  if (receiver.items?.kind !== 'list' || receiver.items.rest !== undefined || receiver.items.values.length === 0) return elementOf(receiver)
  const { values } = receiver.items
  const at = last === 'pop' ? values.length - 1 : 0
  return { result: values[at] ?? nothing, receiver: listOf(values.filter((_, i) => i !== at)) }
}

function reversed({ receiver }: CallEvent): Value | undefined {
  if (receiver?.items?.kind !== 'list' || receiver.items.rest !== undefined) return receiver
  return listOf(receiver.items.values.toReversed())
}

function concat({ receiver, positional }: CallEvent): Value | undefined {
  if (receiver === undefined) return undefined
  if (receiver.items?.kind !== 'list') return concatenate([receiver, ...positional])
  const added = positional.flatMap((value) => (value.items?.kind === 'list' ? value.items.values : [value]))
  const rest = positional.reduce<Value | undefined>(
    (all, value) => (value.items?.kind === 'list' ? join(all, value.items.rest) : all),
    receiver.items.rest,
  )
  return listOf([...receiver.items.values, ...added].slice(0, 100), rest)
}

function joinText({ receiver, positional }: CallEvent): Value | undefined {
  if (receiver === undefined) return undefined
  const separator = positional[0] ?? constant(',')
  if (receiver.items?.kind === 'list' && receiver.items.rest === undefined && receiver.items.values.length <= 12)
    return concatenate(receiver.items.values.flatMap((value, i) => (i === 0 ? [value] : [separator, value])))
  const element = elementOf(receiver)
  return textOf(separator) === undefined ? { ...derived([receiver, separator]), type: 'str' } : concatenate([element, separator, element])
}

const questions: CallModel = {
  from: 'none',
  facts: ({ receiver, positional }, machine) =>
    receiver === undefined || positional[0] === undefined ? undefined : containment(machine, positional[0], receiver),
}
const owns: CallModel = {
  from: 'none',
  facts: ({ receiver, positional }, machine) => {
    const [object, key] = positional.length > 1 ? positional : [receiver, positional[0]]
    if (object === undefined || key === undefined) return undefined
    const facts = containment(machine, key, { ...object, type: undefined })
    // A name that the object to be written to has of its own is no `__proto__`; one that the source has may be.
    const fromIt = key.taints.some(({ origin }) => object.taints.some((taint) => wholeOf(taint.origin) === wholeOf(origin)))
    const own = fromIt ? [] : key.taints.map(({ origin }) => ({ origin, bits: bit.reflection }))
    return { whenTrue: [...facts.whenTrue, ...own], whenFalse: facts.whenFalse }
  },
}
const same: CallModel = { evaluate: ({ receiver }) => receiver && { ...receiver, facts: undefined } }
const first: CallModel = { evaluate: ({ positional }) => positional[0] }

function keys({ positional }: CallEvent): Value {
  const [object = nothing] = positional
  if (object.items?.kind === 'map' && object.items.rest === undefined)
    return listOf([...object.items.entries.keys()].map((key) => constant(key)))
  return listOf([], tainted(object.taints, 'str'))
}

function values({ positional, receiver }: CallEvent): Value {
  return listOf([], elementOf(positional[0] ?? receiver ?? nothing))
}

function entries(call: CallEvent): Value {
  const object = call.positional[0] ?? call.receiver ?? nothing
  if (object.items?.kind === 'map' && object.items.rest === undefined)
    return listOf([...object.items.entries].map(([key, value]) => listOf([constant(key), value])))
  return listOf([], listOf([tainted(object.taints, 'str'), elementOf(object)]))
}

/** `Object.assign(target, ...sources)` */
function assign({ positional }: CallEvent): Value {
  const entries = new Map<string, Value>()
  let rest: Value | undefined
  for (const value of positional) {
    if (value.items?.kind === 'map') for (const [key, entry] of value.items.entries) entries.set(key, entry)
    rest = join(rest, value.items?.kind === 'map' ? value.items.rest : value.taints.length > 0 ? tainted(value.taints) : undefined)
  }
  return { ...mapOf(entries, rest), instance: positional[0]?.instance, type: positional[0]?.type ?? 'dict' }
}

function put({ receiver, positional }: CallEvent): Outcome | undefined {
  const [key, value = nothing] = positional
  if (receiver === undefined) return undefined
  const name = constantOf(key)
  if (receiver.items?.kind !== 'map' || name === undefined) return { result: receiver, receiver: withRest(receiver, value) }
  const changed = { ...mapOf(new Map(receiver.items.entries).set(String(name), value), receiver.items.rest), type: receiver.type }
  return { result: changed, receiver: changed }
}

/** `map.get(name)` */
export function lookUp({ receiver, positional, node }: CallEvent, machine: Machine): Value | undefined {
  return receiver === undefined ? undefined : itemOf(machine, receiver, { index: positional[0] ?? nothing, span: node })
}

function from(call: CallEvent): Value {
  const [source = nothing] = call.positional
  return source.items?.kind === 'list' ? source : listOf([], elementOf(source))
}

export const collection = defineModel({
  name: 'collection',
  ambient: { _: 'lodash', Symbol: 'Symbol' },
  aliases: {
    underscore: 'lodash',
    'lodash-es': 'lodash',
    'lodash/merge': 'lodash.merge',
    'lodash/get': 'lodash.get',
    'lodash/set': 'lodash.set',
  },
  calls: {
    ...Object.fromEntries(Object.entries(callbackMethods).map(([name, model]) => [`*.${name}`, model])),
    ...promiseCalls,
    '*.push': { evaluate: push },
    '*.unshift': { evaluate: push },
    '*.pop': { evaluate: takeOne },
    '*.shift': { evaluate: takeOne },
    '*.at': { evaluate: lookUp },
    '*.concat': { evaluate: concat },
    '*.join': { evaluate: joinText },
    '*.includes': questions,
    '*.has': questions,
    '*.contains': questions,
    '*.indexOf': { from: 'none', returns: 'int' },
    '*.reverse': { evaluate: reversed },
    '*.flat': { evaluate: ({ receiver }) => receiver && listOf([], elementOf(elementOf(receiver))) },
    '*.fill': same,
    '*.set': { evaluate: put },
    '*.add': {
      evaluate: ({ receiver, positional }) => receiver && { result: receiver, receiver: withRest(receiver, positional[0] ?? nothing) },
    },
    '*.keys': { evaluate: ({ receiver }) => receiver && listOf([], tainted(receiver.taints)) },
    '*.values': { evaluate: values },
    '*.entries': { evaluate: entries },
    '*.hasOwnProperty': owns,
    Array: { evaluate: ({ positional }) => (positional.length === 1 ? listOf([], nothing) : listOf(positional)) },
    'Array.from': { evaluate: from },
    'Array.of': { evaluate: ({ positional }) => listOf(positional) },
    'Array.isArray': { from: 'none', returns: 'bool' },
    Set: { evaluate: (call) => ({ ...from(call), type: 'Set' }) },
    Map: { evaluate: ({ positional }) => ({ ...mapOf(new Map(), positional[0] && elementOf(elementOf(positional[0]))), type: 'Map' }) },
    WeakMap: { evaluate: () => ({ ...mapOf(new Map()), type: 'Map' }) },
    'Object.hasOwn': owns,
    'Object.prototype.hasOwnProperty': owns,
    'Object.keys': { evaluate: keys },
    'Object.keysIn': { evaluate: keys },
    'Object.getOwnPropertyNames': { evaluate: keys },
    'Reflect.ownKeys': { evaluate: keys },
    'Object.values': { evaluate: values },
    'Object.entries': { evaluate: entries },
    'Object.fromEntries': { evaluate: ({ positional }) => mapOf(new Map(), elementOf(elementOf(positional[0] ?? nothing))) },
    'Object.assign': { evaluate: assign },
    'Object.freeze': first,
    'Object.seal': first,
    'Object.create': {
      evaluate: ({ positional }) => (constantOf(positional[0]) === null ? { ...mapOf(new Map()), type: 'Map' } : derived(positional)),
    },
    'lodash.get': { from: 0 },
    'lodash.pick': { from: 'none' },
    'lodash.cloneDeep': first,
    structuredClone: first,
    'util.format': { evaluate: ({ positional }) => ({ ...derived(positional), type: 'str' }) },
    Symbol: { from: 'none' },
    Error: { from: 'none', returns: 'Error' },
  },
  values: { 'Number.MAX_SAFE_INTEGER': { type: 'int', safe: 'everything' } },
})
