import type { Expression, Span } from '../ir/expression.ts'
import type { ValueModel } from '../model/model.ts'
import { announceSet } from './announce.ts'
import { noteStored } from './escape.ts'
import { evaluate } from './evaluate.ts'
import { ancestorsOf, type ClassReference, fieldOf, methodOf } from './frame.ts'
import type { Machine } from './machine.ts'
import { holdsMembers, membersAsItems, reach } from './reach.ts'
import type { Registry } from './registry.ts'
import { bit, everything } from './taint.ts'
import {
  constant,
  constantOf,
  derived,
  elementOf,
  join,
  listOf,
  mapOf,
  marksOf,
  nothing,
  passed,
  safeFor,
  tainted,
  textOf,
  type Value,
} from './value.ts'

const mostEntries = 200

export function global(name: string): Value {
  return { ...nothing, target: { kind: 'global', name } }
}

export function evaluateName(machine: Machine, expression: Extract<Expression, { kind: 'name' }>): Value {
  const { name } = expression
  const value = machine.lookup(name)
  if (value !== undefined) return value
  const ambient = machine.registry.ambient.get(name)
  if (ambient !== undefined) return globalValue(machine, ambient, expression)
  // Capitals are constants and classes by every convention.
  const known = machine.registry.canonical(name)
  return /^[A-Z]/.test(name) ? global(known) : { ...machine.unknown(name, expression), target: { kind: 'global', name: known } }
}

/** What a name of another module stands for. */
export function globalValue(machine: Machine, name: string, span: Span): Value {
  const canonical = throughModules(machine, machine.registry.canonical(name))
  const model = machine.registry.values.get(canonical)
  return model === undefined ? global(canonical) : modelled(machine, model, { key: canonical, span, from: nothing, name: canonical })
}

const carried = /^(?!local\.)[\w.]+\.((?:os|sys|subprocess|builtins|pickle|marshal|importlib|pty|shutil)\.[\w.]+)$/

/** Modules of the library hold those that they import: `shutil.os.system` is `os.system`. */
function throughModules({ registry }: Machine, name: string): string {
  const inner = registry.dialect.membersAreItems ? undefined : carried.exec(name)?.[1]
  const canonical = inner === undefined ? undefined : registry.canonical(inner)
  return canonical !== undefined && (registry.sinks.has(canonical) || registry.calls.has(canonical)) ? canonical : name
}

/** What a value gives to a round of a loop over it. */
export function memberIn(machine: Machine, value: Value, span: Span): Value {
  const model = value.type === undefined ? undefined : machine.registry.values.get(`${value.type}.[]`)
  return model === undefined ? elementOf(value) : modelled(machine, model, { key: `${value.type}.[]`, span, from: value, name: '[]' })
}

function modelled(machine: Machine, model: ValueModel, options: { key: string; span: Span; from: Value; name: string }): Value {
  const { key, span, from, name } = options
  // What two requests hold are two things: each is told where its own handler reads it.
  const asked = machine.running[0]?.start
  const place = asked === undefined ? key : `${asked}/${key}`
  const base =
    model.source === undefined ? tainted(from.taints) : machine.source(model.source, { key: place, label: model.label ?? key, span })
  const shown = model.refutes ?? 0
  const facts = shown === 0 ? undefined : { whenTrue: [], whenFalse: from.taints.map(({ origin }) => ({ origin, bits: shown })) }
  const value: Value = { ...base, type: model.type, aspect: model.aspect, facts, target: { kind: 'global', name: model.is ?? name } }
  if (model.safe === undefined) return value
  return safeFor(value, model.safe === 'everything' ? everything : model.safe.reduce((bits, weakness) => bits | bit[weakness], 0))
}

export function evaluateAttribute(machine: Machine, expression: Extract<Expression, { kind: 'attribute' }>): Value {
  return attributeOf(machine, evaluate(machine, expression.object), { name: expression.name, span: expression })
}

export function attributeOf(machine: Machine, object: Value, options: { name: string; span: Span }): Value {
  const { name, span } = options
  const entry = object.items?.kind === 'map' ? object.items.entries.get(memberKey(machine, name)) : undefined
  if (entry !== undefined) return entry
  if (object.instance !== undefined) {
    const method = methodOf(object.instance, name)
    if (method !== undefined)
      return { ...nothing, target: { kind: 'function', function: method, frame: object.instance.frame, self: object } }
    const field = fieldOf(object.instance, name)
    if (field !== undefined) return field
    const inherited = inheritedFrom(machine, object, { owner: object.instance, ...options })
    if (inherited !== undefined) return inherited
  }
  if (object.target?.kind === 'class') {
    const method = methodOf(object.target.class, name)
    if (method !== undefined)
      return { ...nothing, target: { kind: 'function', function: method, frame: object.target.class.frame, self: object } }
    return fieldOf(object.target.class, name) ?? nothing
  }
  if (object.target?.kind === 'global' && object.type === undefined && object.taints.length === 0) {
    if (name === machine.registry.dialect.membersIn) return membersAsItems(object)
    if (name === '__getattribute__') return { ...nothing, target: { kind: 'partial', of: global('getattr'), given: [object], keywords: new Map() } }
    return globalValue(machine, `${object.target.name}.${name}`, span)
  }
  const rest = machine.registry.dialect.membersAreItems && object.items?.kind === 'map' ? object.items.rest : undefined
  if (rest === undefined || object.type !== 'dict') return memberOf(machine, object, options)
  return { ...rest, target: { kind: 'method', name, owner: undefined, receiver: object } }
}

// What stands under a name in an object's items: an attribute is no element, except where the two are one.
const memberKey = (machine: Machine, name: string) => (machine.registry.dialect.membersAreItems ? name : `.${name}`)

/** What the class of another module gives its own under a name: `self.path` in a handler of requests. */
function inheritedFrom(machine: Machine, object: Value, options: { owner: ClassReference; name: string; span: Span }): Value | undefined {
  const { owner, name, span } = options
  for (const foreign of ancestorsOf(owner)) {
    const key = `${foreign}.${name}`
    const model = machine.registry.values.get(key)
    if (model !== undefined) return modelled(machine, model, { key, span, from: object, name: key })
  }
  return undefined
}

function memberOf(machine: Machine, object: Value, { name, span }: { name: string; span: Span }): Value {
  const { registry } = machine
  const owner = object.type ?? (object.target?.kind === 'global' ? object.target.name : undefined)
  const method: Value['target'] = { kind: 'method', name, owner, receiver: object }
  const model = memberModel(registry, object, name)
  if (model !== undefined) {
    const key = `${object.taints[0]?.origin.key ?? object.type ?? ''}.${name}`
    const value = modelled(machine, model, { key, span, from: object, name })
    return model.is === undefined ? { ...value, target: method } : value
  }
  if (object.taints.length > 0)
    return { ...tainted(machine.partOf(object.taints, name, span)), aspect: object.aspect, target: method }
  // A field of something that nobody outside made: the file does not say what it holds.
  const known = object.constants !== undefined || object.items !== undefined || object.templates !== undefined
  if (known || (object.type !== undefined && object.instance === undefined)) return { ...nothing, target: method }
  return { ...machine.unknown(textAt(machine, span), span), target: method }
}

/** What is known of a member: by the object's type, by what the object is a member of, or by the member's name alone. */
function memberModel(registry: Registry, { type, target }: Value, name: string): ValueModel | undefined {
  const of = target?.kind === 'method' ? `*.${target.name}` : target?.kind === 'function' || target?.kind === 'class' ? 'function' : undefined
  return (
    (type === undefined ? undefined : registry.values.get(`${type}.${name}`)) ??
    (of === undefined ? undefined : registry.values.get(`${of}.${name}`)) ??
    registry.values.get(`*.${name}`)
  )
}

function textAt(machine: Machine, span: Span): string {
  return machine.excerpt({ start: span.start, end: Math.min(span.end, span.start + 80) })
}

export function evaluateIndex(machine: Machine, expression: Extract<Expression, { kind: 'index' }>): Value {
  const object = evaluate(machine, expression.object)
  return indexed(machine, object, { index: evaluate(machine, expression.index), span: expression })
}

/** `object[index]` */
export function indexed(machine: Machine, object: Value, { index, span }: { index: Value; span: Span }): Value {
  if (!machine.registry.dialect.membersAreItems) return itemOf(machine, object, { index, span })
  const name = textOf(index)
  if (name !== undefined) return attributeOf(machine, object, { name, span })
  const found = object.target?.kind === 'global' ? reach(machine, object, { name: index, span }) : undefined
  if (found !== undefined) return found
  const item = reflected(machine, itemOf(machine, object, { index, span }), { key: index, span })
  // A place that was drawn says what was drawn.
  const marks = marksOf([index]).filter(({ origin }) => origin.kind === 'predictable')
  return marks.length === 0 ? item : { ...item, taints: [...item.taints, ...marks] }
}

/** Marks what was found under a name from outside: it may be what every object has (`__proto__`, `constructor`). */
function reflected(machine: Machine, value: Value, { key, span }: { key: Value; span: Span }): Value {
  const by = machine.exposed(key, 'reflection').find(({ origin }) => origin.kind !== 'unknown')
  if (by === undefined || key.type === 'int') return value
  const origin = machine.origin('reflected', {
    key: `reflected@${span.start}`,
    label: `a property chosen by ${by.origin.label}`,
    span,
    parent: by.origin,
  })
  return { ...value, taints: [...value.taints, { origin, safe: 0, weak: by.weak, trail: by.trail }] }
}

/** `object[index]`: exact where both are known. */
export function itemOf(machine: Machine, object: Value, options: { index: Value; span: Span }): Value {
  if (holdsMembers(object)) return reach(machine, object, { name: options.index, span: options.span }) ?? derived([object, options.index])
  const key = constantOf(options.index)
  const { items } = object
  if (items?.kind === 'list') {
    const at = typeof key === 'number' && key < 0 ? items.values.length + key : key
    if (typeof at === 'number' && (items.rest === undefined || at < items.values.length)) return items.values[at] ?? items.rest ?? nothing
    return elementOf(object)
  }
  if (items?.kind === 'map') {
    if (key === undefined) return elementOf(object)
    return items.entries.get(String(key)) ?? items.rest ?? nothing
  }
  const text = textOf(object)
  if (text !== undefined && typeof key === 'number') return constant(text.at(key) ?? '')
  if (object.type === 'http.Fields' || typeof key === 'string') {
    const taints = key === undefined ? object.taints : machine.partOf(object.taints, String(key), options.span)
    return { ...tainted(taints), target: undefined }
  }
  return { ...tainted(object.taints), aspect: object.aspect ?? (typeof key === 'number' ? 'part' : undefined) }
}

export function evaluateSlice(machine: Machine, expression: Extract<Expression, { kind: 'slice' }>): Value {
  const object = evaluate(machine, expression.object)
  const bounds = [expression.from, expression.to].map((bound) => (bound === undefined ? undefined : evaluate(machine, bound)))
  const [from, to] = bounds.map(constantOf)
  const exact = bounds.every((bound, i) => bound === undefined || typeof [from, to][i] === 'number') && expression.step === undefined
  const text = textOf(object)
  if (text !== undefined && bounds.every((bound) => bound === undefined) && isBackwards(machine, expression.step)) return constant(Array.from(text).reverse().join(''))
  const range = [typeof from === 'number' ? from : undefined, typeof to === 'number' ? to : undefined] as const
  if (exact && text !== undefined) return constant(text.slice(...range))
  if (exact && object.items?.kind === 'list' && object.items.rest === undefined) return listOf(object.items.values.slice(...range))
  if (object.items?.kind === 'list') return listOf([], elementOf(object))
  return { ...derived([object]), type: object.type === 'bytes' ? 'bytes' : undefined, aspect: 'part' }
}

/** `text[::-1]` */
function isBackwards(machine: Machine, step: Expression | undefined): boolean {
  return step !== undefined && constantOf(evaluate(machine, step)) === -1
}

/** Puts a value where an assignment says. */
export function store(machine: Machine, target: Expression, given: { value: Value; expression: Expression }): void {
  const { value, expression } = given
  if (target.kind === 'name') {
    change(machine, target, passed(value, target, `\`${target.name}\``))
    announceSet(machine, {
      name: target.name,
      value,
      expression,
      how: 'variable',
      owner: undefined,
      start: target.start,
      end: expression.end,
    })
  } else if (target.kind === 'attribute') {
    const owner = evaluate(machine, target.object)
    noteStored(machine, value, { owner, span: target })
    announceSet(machine, { name: target.name, value, expression, how: 'attribute', owner, start: target.start, end: expression.end })
    const field = owner.instance?.fields
    field?.set(target.name, join(field.get(target.name), value) ?? value)
    if (field !== undefined) machine.give(value)
    rebind(machine, target.object, withEntry(owner, memberKey(machine, target.name), value))
  } else if (target.kind === 'index') {
    const owner = evaluate(machine, target.object)
    const index = evaluate(machine, target.index)
    const key = constantOf(index)
    const { start } = target
    noteStored(machine, value, { owner, span: target })
    announceSet(machine, { name: String(key ?? ''), key: index, value, expression, how: 'key', owner, start, end: expression.end })
    rebind(machine, target.object, key === undefined ? withRest(owner, value) : withEntry(owner, String(key), value))
  } else if (target.kind === 'assign') {
    const fallback = evaluate(machine, target.value)
    store(machine, target.target, { value: value === nothing ? fallback : (join(value, fallback) ?? nothing), expression })
  } else if (target.kind === 'collection' && target.shape === 'map') {
    takeApart(machine, target, given)
  } else if (target.kind === 'collection') {
    for (const [i, item] of target.items.entries()) {
      const piece = item.spread === true ? listOf([], elementOf(value)) : pieceOf(value, i)
      store(machine, item.value, { value: piece, expression })
    }
  }
}

function change(machine: Machine, target: Extract<Expression, { kind: 'name' }>, value: Value): void {
  if (target.declares === true || !machine.registry.dialect.closuresAssign) machine.assign(target.name, value)
  else machine.reassign(target.name, value)
}

/** `const { a, b: c, ...rest } = value` */
function takeApart(
  machine: Machine,
  target: Extract<Expression, { kind: 'collection' }>,
  { value, expression }: { value: Value; expression: Expression },
): void {
  const taken = new Set<string>()
  for (const item of target.items) {
    const key = item.key === undefined ? undefined : evaluate(machine, item.key)
    const name = constantOf(key)
    if (name !== undefined) taken.add(String(name))
    const piece =
      item.spread === true
        ? without(value, taken)
        : name === undefined
          ? elementOf(value)
          : attributeOf(machine, value, { name: String(name), span: item.value })
    store(machine, item.value, { value: piece, expression })
  }
}

function without(value: Value, names: ReadonlySet<string>): Value {
  if (value.items?.kind !== 'map') return value
  return mapOf(new Map([...value.items.entries].filter(([name]) => !names.has(name))), value.items.rest)
}

function pieceOf(value: Value, index: number): Value {
  if (value.items?.kind === 'list') return value.items.values[index] ?? value.items.rest ?? nothing
  return { ...elementOf(value), aspect: value.aspect ?? 'part' }
}

/** Gives the variable at the root of an access path its changed value. */
export function rebind(machine: Machine, target: Expression, value: Value): void {
  if (target.kind === 'name') {
    if (machine.lookup(target.name) !== undefined) change(machine, target, value)
  } else if (target.kind === 'attribute') {
    const owner = evaluate(machine, target.object)
    owner.instance?.fields.set(target.name, join(owner.instance.fields.get(target.name), value) ?? value)
    rebind(machine, target.object, withEntry(owner, memberKey(machine, target.name), value))
  } else if (target.kind === 'index') {
    const owner = evaluate(machine, target.object)
    const key = constantOf(evaluate(machine, target.index))
    rebind(machine, target.object, key === undefined ? withRest(owner, value) : withEntry(owner, String(key), value))
  }
}

function withEntry(owner: Value, key: string, value: Value): Value {
  if (owner.items?.kind === 'list' && /^\d+$/.test(key)) {
    const values = [...owner.items.values]
    if (Number(key) >= values.length) return withRest(owner, value)
    values[Number(key)] = value
    return { ...owner, ...pick(listOf(values, owner.items.rest)) }
  }
  const entries = new Map(owner.items?.kind === 'map' ? owner.items.entries : [])
  if (entries.size >= mostEntries) return withRest(owner, value)
  entries.set(key, value)
  // An attribute is no element: what it holds is found by its name alone.
  if (key.startsWith('.'))
    return { ...owner, items: { kind: 'map', entries, rest: owner.items?.kind === 'map' ? owner.items.rest : undefined } }
  const rest = owner.items?.kind === 'map' ? owner.items.rest : owner.taints.length > 0 ? tainted(owner.taints) : undefined
  return { ...owner, ...pick(mapOf(entries, rest)), type: owner.type }
}

export function withRest(owner: Value, value: Value): Value {
  if (owner.items?.kind === 'list') return { ...owner, ...pick(listOf(owner.items.values, join(owner.items.rest, value))) }
  if (owner.items?.kind === 'map') return { ...owner, ...pick(mapOf(owner.items.entries, join(owner.items.rest, value))), type: owner.type }
  // What is put into it was chosen by a name; it was not.
  const put = { ...value, taints: value.taints.filter(({ origin }) => origin.kind !== 'reflected') }
  return { ...owner, taints: derived([owner, put]).taints }
}

function pick({ items, taints }: Value): Pick<Value, 'items' | 'taints' | 'constants' | 'templates'> {
  return { items, taints, constants: undefined, templates: undefined }
}
