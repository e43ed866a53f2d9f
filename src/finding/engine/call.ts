import type { Argument, CallNode, Expression } from '../ir/expression.ts'
import type { CallModel, Outcome, Sink } from '../model/model.ts'
import { rebind } from './access.ts'
import { announceSet } from './announce.ts'
import { handOver } from './callback.ts'
import { noteHandedOver } from './escape.ts'
import { evaluate } from './evaluate.ts'
import { argumentOf, type CallEvent } from './event.ts'
import { construct, enter } from './local-call.ts'
import type { Machine } from './machine.ts'
import { isOwn } from './neighbour.ts'
import { bit, checked, claim, everything, resolved, type Weakness } from './taint.ts'
import { derived, elementOf, nothing, passed, safeFor, type Target, textOf, type Value } from './value.ts'

/** A call: its arguments, what the rules say of it, and what comes back. */
export function evaluateCall(machine: Machine, node: CallNode): Value {
  if (machine.beside === undefined || !isOwn(node)) return call(machine, node)
  const { site } = machine
  machine.site = { span: node, frame: machine.frame }
  const value = call(machine, node)
  machine.site = site
  return value
}

function call(machine: Machine, node: CallNode): Value {
  const event = callEvent(machine, node, evaluate(machine, node.callee))
  const { target } = event.callee
  if (target?.kind === 'function') {
    report(machine, event)
    return enter(machine, { function: target.function, frame: target.frame, self: target.self, call: event })
  }
  if (target?.kind === 'class') {
    report(machine, event)
    return construct(machine, target.class, event)
  }
  const outcome = applied(machine, event)
  if (outcome.receiver !== undefined && node.callee.kind === 'attribute') rebind(machine, node.callee.object, outcome.receiver)
  return outcome.result
}

/** A call of something that is not in the file. */
export function applied(machine: Machine, call: CallEvent): Outcome {
  const model = modelOf(machine, call)
  emitSinks(machine, call)
  report(machine, call)
  const made = model?.evaluate?.(call, machine)
  const outcome: Outcome = made === undefined ? withoutEvaluation(machine, call, model) : 'result' in made ? made : { result: made }
  noteHandedOver(machine, call, { isRead: made !== undefined })
  if (machine.registry.dialect.runsCallbacks && (made === undefined || model?.runs !== true)) handOver(machine, call, outcome.result)
  if (model?.ensures !== undefined) machine.apply(shownBy(call, model.ensures))
  if (model?.exits === true) machine.live = false
  return outcome
}

// What keeps what it is given, to give it back under a name that nobody described.
const keeps = /^(put|put_nowait|write|writelines|set|setdefault|add|insert|enqueue|push|appendleft|extendleft|feed|offer)$/

function withoutEvaluation(machine: Machine, call: CallEvent, model: CallModel | undefined): Outcome {
  const result = resultOf(machine, call, model)
  const { receiver, last } = call
  if (model !== undefined || receiver === undefined || (receiver.type !== undefined && receiver.type !== 'str') || !keeps.test(last)) return { result }
  const kept = derived([...call.positional, ...call.keywords.values()], { weak: true })
  return kept.taints.some(({ origin }) => origin.kind !== 'unknown') ? { result, receiver: { ...receiver, taints: derived([receiver, kept]).taints } } : { result }
}

function callEvent(machine: Machine, node: CallNode, called: Value): CallEvent {
  const { callee, given } = withoutPartial(called)
  const positional: Value[] = [...given.positional]
  const keywords = new Map(given.keywords)
  const spread: Value[] = []
  for (const argument of node.arguments) addArgument(machine, argument, { positional, keywords, spread })
  const name = nameOf(callee.target, node.callee)
  const receiver =
    callee.target?.kind === 'method' ? callee.target.receiver : callee.target?.kind === 'function' ? callee.target.self : undefined
  const call: CallEvent = {
    node,
    callee,
    name,
    last: name.slice(name.lastIndexOf('.') + 1),
    receiver,
    receiverName: node.callee.kind === 'attribute' ? lastName(node.callee.object) : '',
    positional,
    keywords,
    spread,
  }
  for (const { keyword, value } of node.arguments) {
    const given = keyword === undefined ? undefined : keywords.get(keyword)
    if (keyword !== undefined && given !== undefined) {
      announceSet(machine, {
        name: keyword,
        value: given,
        expression: value,
        how: 'keyword',
        owner: undefined,
        call,
        start: value.start,
        end: value.end,
      })
    }
  }
  return call
}

interface Given {
  readonly positional: readonly Value[]
  readonly keywords: ReadonlyMap<string, Value>
}

const noneGiven: Given = { positional: [], keywords: new Map() }

/** The function that a value calls in the end, and what it was given before. */
export function withoutPartial(callee: Value): { callee: Value; given: Given } {
  const { target } = callee
  if (target?.kind !== 'partial') return { callee, given: noneGiven }
  const inner = withoutPartial(target.of)
  return {
    callee: inner.callee,
    given: { positional: [...inner.given.positional, ...target.given], keywords: new Map([...inner.given.keywords, ...target.keywords]) },
  }
}

function addArgument(
  machine: Machine,
  argument: Argument,
  into: { positional: Value[]; keywords: Map<string, Value>; spread: Value[] },
): void {
  const value = evaluate(machine, argument.value)
  if (argument.keyword !== undefined) into.keywords.set(argument.keyword, value)
  else if (argument.spread === undefined) into.positional.push(value)
  else if (argument.spread === 'map' && value.items?.kind === 'map' && value.items.rest === undefined) {
    for (const [key, entry] of value.items.entries) into.keywords.set(key, entry)
  } else if (argument.spread === 'list' && value.items?.kind === 'list' && value.items.rest === undefined)
    into.positional.push(...value.items.values)
  else into.spread.push(value)
}

function nameOf(target: Target | undefined, callee: Expression): string {
  if (target?.kind === 'global') return target.name
  if (target?.kind === 'method') return `${target.owner ?? '?'}.${target.name}`
  if (target?.kind === 'function') return `here.${target.function.name}`
  if (target?.kind === 'class') return `here.${target.class.node.name}`
  return `?.${lastName(callee)}`
}

/** The last name of an expression as written. */
export function lastName(expression: Expression): string {
  if (expression.kind === 'name' || expression.kind === 'attribute') return expression.name
  if (expression.kind === 'call') return lastName(expression.callee)
  if (expression.kind === 'index' || expression.kind === 'slice') return lastName(expression.object)
  if (expression.kind === 'await') return lastName(expression.operand)
  return ''
}

const plainTypes = /^(str|bytes|int|list|dict|bool|http\.Fields)$/

function modelOf(machine: Machine, call: CallEvent): CallModel | undefined {
  if (!machine.registry.mentions(call.last)) return undefined
  const exact = machine.registry.calls.get(call.name)
  if (exact !== undefined) return exact
  const owner = call.name.slice(0, Math.max(0, call.name.lastIndexOf('.')))
  return isAnybodys(machine, owner) || plainTypes.test(owner) || call.receiver !== undefined
    ? machine.registry.calls.get(`*.${call.last}`)
    : undefined
}

// Where modules are objects, a method of one is known by its name as well.
const isAnybodys = (machine: Machine, owner: string) => owner === '?' || (machine.registry.dialect.membersAreItems && owner !== '')

function emitSinks(machine: Machine, call: CallEvent): void {
  if (!machine.registry.mentions(call.last)) return
  const sinks = machine.registry.sinks.get(call.name) ?? machine.registry.sinks.get(`*.${call.last}`)
  for (const sink of sinks ?? []) {
    const value = reaching(call, sink)
    if (value !== undefined) emitSink(machine, { call, value, weakness: sink.weakness, variant: sink.variant })
  }
}

function emitSink(machine: Machine, event: { call: CallEvent; value: Value; weakness: Weakness; variant: string | undefined }): void {
  for (const { rule, listener } of machine.registry.onSink.get(event.weakness) ?? []) {
    const found = listener.check(event, machine)
    if (found !== undefined) machine.hit(rule, found, event.call.node)
  }
}

function reaching(call: CallEvent, { at, names = [] }: Sink): Value | undefined {
  if (at === 'receiver') return call.receiver
  if (at === 'any') return derived([...call.positional, ...call.keywords.values(), ...call.spread])
  return (
    argumentOf(call, at, ...names) ??
    (call.positional.length <= at && call.node.arguments.some(({ spread }) => spread === 'list')
      ? call.spread[0] && elementOf(call.spread[0])
      : undefined)
  )
}

function report(machine: Machine, call: CallEvent): void {
  for (const key of machine.registry.mentions(call.last) ? [call.name, `*.${call.last}`, '*'] : ['*']) {
    for (const { rule, listener } of machine.registry.onCall.get(key) ?? []) {
      const found = listener.check(call, machine)
      if (found !== undefined) machine.hit(rule, found, call.node)
    }
  }
}

function resultOf(machine: Machine, call: CallEvent, model: CallModel | undefined): Value {
  if (model === undefined) return unmodelled(machine, call)
  let result = from(call, model)
  if (model.source !== undefined) result = sourced(machine, call, { model, source: model.source })
  result = {
    ...result,
    type: model.returns,
    aspect: model.aspect ?? (model.normal === true ? undefined : result.aspect),
    normal: model.normal ?? false,
  }
  if (model.safe !== undefined) result = { ...safeFor(result, bitsOf(model.safe)), templates: result.templates }
  const facts =
    model.facts?.(call, machine) ?? (model.proves === undefined ? undefined : { whenTrue: shownBy(call, model.proves), whenFalse: [] })
  return { ...result, facts }
}

export function bitsOf(safe: readonly Weakness[] | 'everything'): number {
  return safe === 'everything' ? everything : safe.reduce((bits, weakness) => bits | bit[weakness], 0)
}

function sourced(
  machine: Machine,
  call: CallEvent,
  { model, source }: { model: CallModel; source: NonNullable<CallModel['source']> },
): Value {
  const key = textOf(call.positional[0])
  const place = key === undefined ? `${call.name}@${call.node.start}` : `${call.name}(${key})`
  return machine.source(source, { key: place, label: model.label ?? call.name, span: call.node })
}

function from(call: CallEvent, model: CallModel): Value {
  const part = model.from ?? (model.returns !== undefined || model.source !== undefined ? 'none' : 'all')
  if (part === 'none') return nothing
  if (typeof part === 'number') {
    const value = call.positional[part]
    return value === undefined
      ? nothing
      : { ...nothing, taints: value.taints, templates: value.templates, constants: value.constants, aspect: value.aspect }
  }
  const inputs = [...call.positional, ...call.keywords.values(), ...call.spread]
  if (part === 'receiver') return { ...derived([call.receiver]), aspect: call.receiver?.aspect }
  return derived(part === 'all' ? [call.receiver, ...inputs] : inputs)
}

function shownBy(call: CallEvent, shown: NonNullable<CallModel['proves']>) {
  const value = shown.of === 'receiver' ? call.receiver : call.positional[shown.of]
  const bits = bitsOf(shown.safe)
  return value?.taints.map(({ origin }) => ({ origin, bits })) ?? []
}

const cleaner = /(sanit|escape|quote|clean|purify|bleach|secure_?(file|name|path)|slug|strip_?(tags|html))/i
const reader = /^get_?\w*(param|form|query|arg|header|cookie|body|json|data|field|value|post|file)/i
const raiser = /(valid|sanit|clean)/i
const checker = /(valid|safe|allow|check|verif|permit|trust|whitelist|is_|ensure|guard|authori[sz])|^is[A-Z]/i

const privacy = /private|internal|reserved|loopback|is_?local/i

/** `if (isPrivate(address)) return`: what goes on is no address of ours, until the next redirect. */
export function notPrivate(inputs: readonly (Value | undefined)[]): Value['facts'] {
  return { whenTrue: [], whenFalse: inputs.flatMap((input) => input?.taints ?? []).map(({ origin }) => ({ origin, bits: resolved })) }
}

/** Whether a name says that it tells addresses of ours from others. */
export const asksForPrivacy = (name: string) => privacy.test(name)

/** What a cleaner's name says that it cleans for; one that says nothing cleans for everything. */
function cleanedFor(name: string): number {
  if (/html|xss|markup|xml/i.test(name)) return bit.html | bit.xml | bit.template
  if (/sql/i.test(name)) return bit.sql
  if (/shell|command|cmd/i.test(name)) return bit.command | bit.argument
  if (/path|file/i.test(name)) return bit.path
  if (/ldap/i.test(name)) return bit.ldap
  return /ur[li]/i.test(name) ? bit.ssrf | bit.redirect | bit.header : everything
}

/** A function that nobody described: what goes in comes out, less surely; its name may say that it cleans or checks. */
export function unmodelled(machine: Machine, call: CallEvent): Value {
  const inputs = [call.receiver, ...call.positional, ...call.keywords.values(), ...call.spread]
  // A wrapper around a request is one, and asks it as others do.
  if (call.positional.length === 1 && call.positional[0]?.type === 'http.Request' && /wrap|req/i.test(call.name)) return call.positional[0]
  if (call.receiver?.type === 'http.Request' && reader.test(call.last)) {
    return machine.source('user', { key: `${call.last}(${textOf(call.positional[0])})`, label: "the request's parameter", span: call.node })
  }
  const result = derived(inputs, { weak: true })
  const own = result.taints.length === 0 ? machine.unknownAt(call.name, call.node) : passed(result, call.node, `through \`${call.last}\``)
  if (cleaner.test(call.last) && !/un_?(escape|quote)/i.test(call.last)) return { ...own, taints: claim(own.taints, cleanedFor(call.last)) }
  if (privacy.test(call.last)) return { ...own, facts: notPrivate(inputs) }
  if (!checker.test(call.last)) return own
  const facts = inputs.flatMap((input) => input?.taints ?? []).map(({ origin }) => ({ origin, bits: checked }))
  // A checker is either asked (`if valid(x)`) or raises.
  if (raiser.test(call.last)) machine.apply(facts)
  return { ...own, facts: { whenTrue: facts, whenFalse: [] } }
}
