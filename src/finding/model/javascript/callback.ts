import { global } from '../../engine/access.ts'
import { invoke } from '../../engine/callback.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constant, elementOf, type Fact, join, joinAll, listOf, nothing, type Value } from '../../engine/value.ts'
import type { CallModel } from '../model.ts'

const index: Value = { ...nothing, type: 'int' }
const isFunction = (value: Value | undefined) => value?.target !== undefined

/** A member of the receiver as a callback sees it. */
function membersOf({ receiver, positional }: CallEvent): Value | undefined {
  return isFunction(positional[0]) && receiver !== undefined ? elementOf(receiver) : undefined
}

/** Only the members for which the condition holds: what it shows of them is written into them. */
function keeping(member: Value, facts: readonly Fact[]): Value {
  if (facts.length === 0) return member
  const taints = member.taints.map((taint) => {
    const bits = facts.filter(({ origin }) => origin === taint.origin).reduce((all, fact) => all | fact.bits, taint.safe)
    return Object.assign({}, taint, { safe: bits })
  })
  return { ...member, taints }
}

const overMembers = (of: (results: { made: Value; member: Value; call: CallEvent }) => Value | undefined): CallModel => ({
  runs: true,
  evaluate: (call, machine) => {
    const member = membersOf(call)
    if (member === undefined) return undefined
    return of({ made: invoke(machine, call.positional[0], [member, index, call.receiver], call), member, call })
  },
})

/** Few known members are taken one by one, so that each keeps its place. */
function mapEach(call: CallEvent, machine: Machine): Value | undefined {
  const { receiver, positional } = call
  const member = membersOf(call)
  if (member === undefined) return undefined
  const items = receiver?.items
  if (items?.kind !== 'list' || items.rest !== undefined || items.values.length > 8)
    return listOf([], invoke(machine, positional[0], [member, index, receiver], call))
  return listOf(items.values.map((value, i) => invoke(machine, positional[0], [value, constant(i), receiver], call)))
}

function reduce(call: CallEvent, machine: Machine): Value | undefined {
  const member = membersOf(call)
  if (member === undefined) return undefined
  const start = call.positional[1] ?? member
  // Twice: what the first round puts into the sum meets the second.
  const once = invoke(machine, call.positional[0], [start, member, index, call.receiver], call)
  return join(once, invoke(machine, call.positional[0], [join(start, once), member, index, call.receiver], call))
}

/** What takes a function and runs it for the members of its receiver. */
export const callbackMethods: Record<string, CallModel> = {
  map: { runs: true, evaluate: mapEach },
  flatMap: overMembers(({ made }) => listOf([], elementOf(made))),
  forEach: overMembers(() => nothing),
  filter: overMembers(({ made, member }) => listOf([], keeping(member, made.facts?.whenTrue ?? []))),
  find: overMembers(({ made, member }) => keeping(member, made.facts?.whenTrue ?? [])),
  findLast: overMembers(({ made, member }) => keeping(member, made.facts?.whenTrue ?? [])),
  findIndex: overMembers(() => index),
  every: overMembers(({ made }) => ({ ...nothing, type: 'bool', facts: { whenTrue: made.facts?.whenTrue ?? [], whenFalse: [] } })),
  some: overMembers(({ made, call }) => ({ ...nothing, type: 'bool', facts: someFacts(made, call) })),
  reduce: { runs: true, evaluate: reduce },
  reduceRight: { runs: true, evaluate: reduce },
  sort: { runs: true, evaluate: ({ receiver }) => receiver },
  toSorted: { runs: true, evaluate: ({ receiver }) => receiver },
}

// `allowed.some((prefix) => path.startsWith(prefix))` shows of the path what one prefix would; of the members it shows nothing.
function someFacts(made: Value, { receiver }: CallEvent): Value['facts'] {
  const members = new Set(receiver?.taints.map(({ origin }) => origin))
  return { whenTrue: made.facts?.whenTrue.filter(({ origin }) => !members.has(origin)) ?? [], whenFalse: made.facts?.whenFalse ?? [] }
}

/** `promise.then(done, failed)`: the value goes in, what the function makes comes out. */
function then(call: CallEvent, machine: Machine): Value {
  const { receiver = nothing, positional } = call
  const [done, failed] = positional
  const { target } = call.callee
  // `import('fs').then((fs) => ...)`
  const given = target?.kind === 'global' ? global(target.name.replace(/\.then$/, '')) : { ...receiver, target: undefined }
  const made = isFunction(done) ? invoke(machine, done, [given], call) : receiver
  if (isFunction(failed)) invoke(machine, failed, [undefined], call)
  return { ...made, facts: undefined }
}

function subscribe(call: CallEvent, machine: Machine): Value | undefined {
  const [listener] = call.positional
  if (!isFunction(listener)) return undefined
  invoke(machine, listener, [call.receiver && { ...call.receiver, target: undefined }], call)
  return nothing
}

function caught(call: CallEvent, machine: Machine): Value {
  const { receiver = nothing, positional } = call
  return joinAll([receiver, invoke(machine, positional[0], [undefined], call)])
}

/** `new Promise((resolve) => resolve(value))` holds what is given to `resolve`. */
function made(call: CallEvent, machine: Machine): Value {
  const place = constant(call.node.start)
  const settle = (name: string): Value => ({ ...nothing, target: { kind: 'method', owner: 'promise.Settle', name, receiver: place } })
  invoke(machine, call.positional[0], [settle('resolve'), settle('reject')], call)
  return machine.settled.get(call.node.start) ?? nothing
}

function settle({ receiver, positional }: CallEvent, machine: Machine): Value {
  const place = receiver?.constants?.[0]
  if (typeof place === 'number') machine.settled.set(place, join(machine.settled.get(place), positional[0]) ?? nothing)
  return nothing
}

export const promiseCalls: Record<string, CallModel> = {
  '*.then': { runs: true, evaluate: then },
  '*.catch': { runs: true, evaluate: caught },
  // What an observable gives goes in, each time.
  '*.subscribe': { runs: true, evaluate: subscribe },
  '*.finally': { runs: true, evaluate: (call, machine) => (invoke(machine, call.positional[0], [], call), call.receiver) },
  Promise: { runs: true, evaluate: made },
  'promise.Settle.resolve': { evaluate: settle },
  'promise.Settle.reject': { from: 'none' },
  'Promise.resolve': { evaluate: ({ positional }) => positional[0] ?? nothing },
  'Promise.all': { evaluate: ({ positional }) => positional[0] ?? nothing },
  'Promise.allSettled': { evaluate: ({ positional }) => positional[0] ?? nothing },
  'Promise.race': { evaluate: ({ positional }) => elementOf(positional[0] ?? nothing) },
  'Promise.any': { evaluate: ({ positional }) => elementOf(positional[0] ?? nothing) },
  'util.promisify': { evaluate: ({ positional }) => positional[0] ?? nothing },
}
