import type { FunctionNode, Parameter } from '../ir/statement.ts'
import { applied, withoutPartial } from './call.ts'
import type { CallEvent } from './event.ts'
import { newFrame } from './frame.ts'
import { bind, reached, run, takesSelf } from './local-call.ts'
import type { Machine } from './machine.ts'
import { fromOutside, takesRequest, typeOf } from './outside.ts'
import { derived, elementOf, listOf, nothing, type Value } from './value.ts'

// Functions in functions in functions: deeper than this nobody hands them over.
const deepest = 16
const errorName = /^_?(e|er|err|error|ex|exc|exception)\d?$/i

/** Runs a function that was handed over, in the place where it was, with what is known of its arguments. */
export function invoke(machine: Machine, handed: Value | undefined, others: readonly (Value | undefined)[], call: CallEvent): Value {
  const {
    callee,
    given: { positional: before, keywords },
  } = withoutPartial(handed ?? nothing)
  const { target } = callee
  if (target === undefined || target.kind === 'partial') return nothing
  const given = [...before, ...others]
  if (target.kind === 'function') return runHere(machine, { target, given, keywords })
  if (target.kind === 'class') return derived(given)
  const positional = given.map((value) => value ?? nothing)
  const name = target.kind === 'global' ? target.name : `${target.owner ?? '?'}.${target.name}`
  const receiver = target.kind === 'method' ? target.receiver : undefined
  const last = name.slice(name.lastIndexOf('.') + 1)
  return applied(machine, { ...call, callee, name, last, receiver, receiverName: '', positional, keywords, spread: [] }).result
}

type FunctionTarget = Extract<NonNullable<Value['target']>, { kind: 'function' }>

interface Handed {
  readonly given: readonly (Value | undefined)[]
  readonly keywords: ReadonlyMap<string, Value>
}

function runHere(machine: Machine, { target, given, keywords }: Handed & { target: FunctionTarget }): Value {
  const { function: called, frame: parent, self } = target
  if (machine.running.length >= deepest || machine.running.includes(called)) return derived(given, { weak: true })
  if (called.name === '' || given.some((value) => value?.taints.some(({ origin }) => origin.kind !== 'unknown') === true))
    reached(machine).add(called)
  const answers =
    takesRequest(machine, called) || given.some((value) => value?.type?.startsWith('http.')) ? 'request' : machine.frame.answers
  const frame = newFrame({ parent, function: called, class: self?.instance, answers })
  // Being handed over is no call: what the function calls in turn may go as deep as it could from where we are.
  machine.callDepth--
  try {
    return run(machine, { function: called, frame, bind: () => bindGiven(machine, { called, self, given, keywords }) }).value
  } finally {
    machine.callDepth++
  }
}

function bindGiven(
  machine: Machine,
  { called, self, given, keywords }: Handed & { called: FunctionNode; self: Value | undefined },
): void {
  const own = takesSelf(called)
  for (const [i, parameter] of called.parameters.entries()) {
    const named = parameter.target.kind === 'name' ? keywords.get(parameter.target.name) : undefined
    if (named !== undefined) bind(machine, parameter, named)
    else if (own && i === 0) bind(machine, parameter, self ?? nothing)
    else bind(machine, parameter, handedOver(machine, parameter, { called, given: given.slice(own ? i - 1 : i) }))
  }
}

function handedOver(
  machine: Machine,
  parameter: Parameter,
  { called, given: [first, ...others] }: { called: FunctionNode; given: readonly (Value | undefined)[] },
): Value {
  if (first === undefined) {
    const isError = parameter.target.kind === 'name' && errorName.test(parameter.target.name)
    return isError ? caught(machine, parameter) : fromOutside(machine, parameter, { node: called, kind: 'unknown' })
  }
  if (parameter.kind === 'rest') return listOf([first, ...others.map((value) => value ?? nothing)])
  const type = first.type === undefined && first.items === undefined ? typeOf(machine, parameter) : undefined
  return type === undefined ? first : { ...nothing, type }
}

function caught(machine: Machine, parameter: Parameter): Value {
  const label = 'the error that was caught'
  return { ...machine.source('exception', { key: `exception@${parameter.start}`, label, span: parameter }), type: 'Exception' }
}

/** Runs the functions among a call's arguments, as a function that nobody described may: with its result, after an error where they take one. */
export function handOver(machine: Machine, call: CallEvent, result: Value): void {
  for (const value of call.positional) {
    if (value.target?.kind === 'function') invoke(machine, value, argumentsFor(value.target.function, result), call)
    else if (value.items?.kind === 'map') handOverMembers(machine, { call, members: value.items.entries, result })
  }
}

/** `ajax({ url, success: (data) => ... })` */
function handOverMembers(
  machine: Machine,
  { call, members, result }: { call: CallEvent; members: ReadonlyMap<string, Value>; result: Value },
): void {
  for (const value of members.values()) {
    if (value.target?.kind === 'function' && within(call, value.target.function))
      invoke(machine, value, argumentsFor(value.target.function, result), call)
  }
}

// Written in the call itself: others may be methods of an object with a life of its own.
const within = (call: CallEvent, node: FunctionNode) => node.start >= call.node.start && node.end <= call.node.end

function argumentsFor(called: FunctionNode, result: Value): (Value | undefined)[] {
  const first = called.parameters[0]?.target
  const known = result.taints.length > 0 || result.items !== undefined || result.type !== undefined ? result : undefined
  if (first?.kind === 'name' && (errorName.test(first.name) || first.name === '_')) return [undefined, known, known]
  return [known, known === undefined ? undefined : elementOf(known)]
}
