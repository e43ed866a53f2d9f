import { itemOf, withRest } from '../../engine/access.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constant, constantOf, derived, elementOf, join, listOf, mapOf, nothing, tainted, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, type Outcome } from '../model.ts'

const firstOf = ({ positional, spread }: CallEvent): Value => positional[0] ?? spread[0] ?? nothing

function append({ receiver, positional }: CallEvent): Outcome {
  const added = positional[0] ?? nothing
  if (receiver?.items?.kind === 'list' && receiver.items.rest === undefined && receiver.items.values.length < 100) {
    return { result: nothing, receiver: listOf([...receiver.items.values, added]) }
  }
  return { result: nothing, receiver: withRest(receiver ?? nothing, added) }
}

function insert({ receiver, positional }: CallEvent): Outcome {
  const [at, added = nothing] = positional
  const index = constantOf(at)
  if (receiver?.items?.kind === 'list' && receiver.items.rest === undefined && typeof index === 'number') {
    return { result: nothing, receiver: listOf(receiver.items.values.toSpliced(index, 0, added)) }
  }
  return { result: nothing, receiver: withRest(receiver ?? nothing, added) }
}

function extend({ receiver, positional }: CallEvent): Outcome {
  const added = positional[0]
  if (receiver?.items?.kind === 'list' && added?.items?.kind === 'list' && receiver.items.rest === undefined) {
    return { result: nothing, receiver: listOf([...receiver.items.values, ...added.items.values].slice(0, 100), added.items.rest) }
  }
  return { result: nothing, receiver: withRest(receiver ?? nothing, added === undefined ? nothing : elementOf(added)) }
}

function pop(call: CallEvent, machine: Machine): Outcome {
  const { receiver, positional, node } = call
  const items = receiver?.items
  if (receiver === undefined) return { result: nothing }
  if (items?.kind === 'list' && items.rest === undefined) {
    const given = constantOf(positional[0])
    const at = typeof given === 'number' ? given : items.values.length - 1
    const index = at < 0 ? items.values.length + at : at
    return { result: items.values[index] ?? nothing, receiver: listOf(items.values.filter((_, i) => i !== index)) }
  }
  return { result: join(itemOf(machine, receiver, { index: positional[0] ?? nothing, span: node }), positional[1]) ?? nothing }
}

function remove({ receiver, positional }: CallEvent): Outcome {
  const gone = constantOf(positional[0])
  if (receiver?.items?.kind !== 'list' || gone === undefined) return { result: nothing }
  const index = receiver.items.values.findIndex((value) => constantOf(value) === gone)
  return {
    result: nothing,
    receiver: listOf(
      receiver.items.values.filter((_, i) => i !== index),
      receiver.items.rest,
    ),
  }
}

function lookUp({ receiver, positional, keywords, node }: CallEvent, machine: Machine): Value {
  if (receiver === undefined) return nothing
  const found = itemOf(machine, receiver, { index: positional[0] ?? nothing, span: node })
  const fallback = positional[1] ?? keywords.get('default')
  return fallback === undefined ? found : { ...(join(found, fallback) ?? nothing), type: undefined }
}

function setDefault(call: CallEvent, machine: Machine): Outcome {
  const { receiver = nothing, positional: [key = nothing, value = nothing], node } = call
  const name = constantOf(key)
  const before = receiver.items?.kind === 'map' && typeof name === 'string' ? receiver.items.entries.get(name) : undefined
  const entries = new Map(receiver.items?.kind === 'map' ? receiver.items.entries : [])
  if (typeof name !== 'string' || entries.size >= 200) return { result: join(itemOf(machine, receiver, { index: key, span: node }), value) ?? nothing, receiver: withRest(receiver, value) }
  entries.set(name, before ?? value)
  return { result: before ?? value, receiver: mapOf(entries, receiver.items?.kind === 'map' ? receiver.items.rest : undefined) }
}

function update({ receiver, positional, keywords }: CallEvent): Outcome {
  const added = positional[0]
  if (receiver?.items?.kind !== 'map') return { result: nothing, receiver: withRest(receiver ?? nothing, added ?? nothing) }
  const entries = new Map([...receiver.items.entries, ...(added?.items?.kind === 'map' ? added.items.entries : []), ...keywords])
  const rest = added === undefined || added.items?.kind === 'map' ? receiver.items.rest : join(receiver.items.rest, elementOf(added))
  return { result: nothing, receiver: { ...mapOf(entries, rest), type: receiver.type } }
}

function pairs({ receiver }: CallEvent): Value {
  if (receiver?.items?.kind !== 'map') return listOf([], listOf([tainted(receiver?.taints ?? []), tainted(receiver?.taints ?? [])]))
  const named = [...receiver.items.entries].map(([key, value]) => listOf([constant(key), value]))
  return listOf(named, receiver.items.rest && listOf([receiver.items.rest, receiver.items.rest]))
}

function keys({ receiver }: CallEvent): Value {
  if (receiver?.items?.kind !== 'map') return listOf([], tainted(receiver?.taints ?? []))
  return listOf(
    [...receiver.items.entries.keys()].map((key) => constant(key)),
    receiver.items.rest && tainted(receiver.items.rest.taints),
  )
}

const same: CallModel = { evaluate: (call) => ({ ...firstOf(call), facts: undefined, constants: undefined, templates: undefined }) }
const number: CallModel = { from: 'none', returns: 'int' }
const truth: CallModel = { from: 'none', returns: 'bool' }

function convert(call: CallEvent): Value {
  const known = constantOf(call.positional[0])
  return known !== undefined && known !== null && call.positional.length === 1 && !Number.isNaN(Number(known))
    ? constant(Number(known))
    : { ...nothing, type: 'int' }
}

/** What is shown of each member by a condition over all of them. */
const memberFacts = (call: CallEvent) => {
  const { items } = firstOf(call)
  return items?.kind === 'list' && items.values.length === 0 ? items.rest?.facts : undefined
}

/** What a type test shows: a number cannot carry an attack. */
function isInstance({ positional }: CallEvent) {
  const [value, type] = positional
  const names = type?.items?.kind === 'list' ? type.items.values : [type]
  const numeric = names.every(
    (item) => item?.target?.kind === 'global' && /(^|\.)(int|float|bool|Decimal|UUID|datetime|date)$/.test(item.target.name),
  )
  if (!numeric || value === undefined) return undefined
  return { whenTrue: value.taints.map(({ origin }) => ({ origin, bits: (1 << 21) - 1 })), whenFalse: [] }
}

export const collection = defineModel({
  name: 'collection',
  calls: {
    '*.append': { evaluate: append },
    '*.add': { evaluate: append },
    '*.insert': { evaluate: insert },
    '*.extend': { evaluate: extend },
    '*.pop': { evaluate: pop },
    '*.remove': { evaluate: remove },
    '*.get': { evaluate: lookUp },
    '*.getlist': { evaluate: (call, machine) => listOf([], lookUp(call, machine)) },
    '*.update': { evaluate: update },
    '*.setdefault': { evaluate: setDefault },
    '*.items': { evaluate: pairs },
    '*.keys': { evaluate: keys },
    '*.values': { evaluate: ({ receiver }) => listOf([], receiver === undefined ? nothing : elementOf(receiver)) },
    '*.copy': { evaluate: ({ receiver }) => receiver },
    '*.sort': { evaluate: () => nothing },
    list: { evaluate: (call) => (firstOf(call).items === undefined ? listOf([], elementOf(firstOf(call))) : firstOf(call)) },
    tuple: { evaluate: (call) => (firstOf(call).items === undefined ? listOf([], elementOf(firstOf(call))) : firstOf(call)) },
    set: { evaluate: (call) => (firstOf(call).items === undefined ? listOf([], elementOf(firstOf(call))) : firstOf(call)) },
    frozenset: { evaluate: firstOf },
    dict: {
      evaluate: ({ positional, keywords, spread }) => {
        const base = positional[0]?.items?.kind === 'map' ? positional[0].items.entries : []
        const other = [...(positional[0]?.items === undefined ? positional : []), ...spread]
        return mapOf(new Map([...base, ...keywords]), other.length === 0 ? undefined : derived(other))
      },
    },
    sorted: same,
    reversed: same,
    iter: same,
    next: { evaluate: (call) => elementOf(firstOf(call)) },
    min: { from: 'arguments' },
    max: { from: 'arguments' },
    sum: number,
    len: { from: 'none', returns: 'int', aspect: 'size' },
    int: { evaluate: convert },
    float: { evaluate: convert },
    abs: number,
    round: number,
    ord: number,
    hash: number,
    id: number,
    bool: truth,
    any: { from: 'none', facts: (call) => ({ whenTrue: [], whenFalse: memberFacts(call)?.whenFalse ?? [] }) },
    all: { from: 'none', facts: (call) => ({ whenTrue: memberFacts(call)?.whenTrue ?? [], whenFalse: [] }) },
    hasattr: truth,
    callable: truth,
    issubclass: truth,
    isinstance: { from: 'none', facts: isInstance },
    range: { evaluate: () => listOf([], { ...nothing, type: 'int' }) },
    enumerate: { evaluate: (call) => listOf([], listOf([{ ...nothing, type: 'int' }, elementOf(firstOf(call))])) },
    zip: { evaluate: ({ positional }) => listOf([], listOf(positional.map(elementOf))) },
    print: { from: 'none', returns: 'None' },
    type: { from: 'none', returns: 'type' },
    'copy.copy': same,
    'copy.deepcopy': same,
    'collections.OrderedDict': { evaluate: () => mapOf(new Map()) },
    'collections.defaultdict': { evaluate: () => mapOf(new Map(), nothing) },
    'collections.namedtuple': { returns: 'type' },
    'decimal.Decimal': number,
    'datetime.datetime.now': number,
    'datetime.datetime.utcnow': number,
    'datetime.datetime.strptime': number,
    'datetime.datetime.fromisoformat': number,
    'datetime.date.today': number,
    'time.time': number,
    'time.strftime': { from: 'none', returns: 'str' },
    'itertools.chain': { from: 'arguments' },
    'configparser.ConfigParser': { evaluate: () => ({ ...mapOf(new Map()), type: 'configparser.ConfigParser' }) },
    'configparser.ConfigParser.add_section': { from: 'none', returns: 'None' },
    'configparser.ConfigParser.set': {
      evaluate: ({ receiver, positional }) => {
        const key = positional.slice(0, 2).map(constantOf).join('\0')
        const entries = new Map(receiver?.items?.kind === 'map' ? receiver.items.entries : [])
        return { result: nothing, receiver: { ...mapOf(entries.set(key, positional[2] ?? nothing)), type: receiver?.type } }
      },
    },
    'configparser.ConfigParser.get': {
      evaluate: ({ receiver, positional }) => {
        const key = positional.slice(0, 2).map(constantOf).join('\0')
        return (receiver?.items?.kind === 'map' ? receiver.items.entries.get(key) : undefined) ?? nothing
      },
    },
  },
  aliases: { 'configparser.RawConfigParser': 'configparser.ConfigParser', 'ConfigParser.ConfigParser': 'configparser.ConfigParser' },
})
