import type { Span } from '../ir/expression.ts'
import { attributeOf, evaluateName, globalValue } from './access.ts'
import type { Frame } from './frame.ts'
import type { Machine } from './machine.ts'
import type { Registry } from './registry.ts'
import { listed, type Weakness } from './taint.ts'
import { formsOf, joinAll, mapOf, nothing, type Template, type Value } from './value.ts'

/** The type of what holds the members of its target as items (`vars(os)`), or without a target the file's own variables (`globals()`). */
export const namespace = 'engine.Namespace'
/** The type of what holds modules as items (`sys.modules`). */
export const modules = 'engine.Modules'
/** Objects whose members are what every program can use. */
const whole = /^(builtins|globalThis|global|window)$/

/** What a member can do that somebody may want to hide. */
const worthHiding: ReadonlySet<Weakness> = new Set<Weakness>(['command', 'code', 'deserialise', 'reflection'])

interface Sought {
  readonly name: Value
  readonly span: Span
}

/**
 * The member of an object under a name that is put together at run time. Where the name cannot be known and the object holds what is dangerous,
 * the file hides what it does.
 */
export function reach(machine: Machine, object: Value, { name, span }: Sought): Value | undefined {
  const texts = textsOf(name)
  if (texts !== undefined)
    return worst(
      machine,
      texts.map((text) => memberNamed(machine, object, { text, span })),
    )
  const what = isListed(machine, name) ? undefined : hiddenIn(machine, object, name)
  if (what !== undefined) machine.hide(span, `${what} by a name that cannot be known`)
  return undefined
}

/** Whether a module may be one of those that are dangerous, as far as its name is known; one of the program's own is none. */
export function mayBeDangerous(machine: Machine, name: Value): boolean {
  if (isOwnName(name) || isListed(machine, name)) return false
  const forms = formsOf(name)
  return forms === undefined || [...membersOf(machine.registry).keys()].some((module) => forms.some((form) => matches(form, module)))
}

/** The texts that a name is one of. */
export function textsOf(name: Value): string[] | undefined {
  const texts = name.constants?.filter((item) => typeof item === 'string')
  return texts !== undefined && texts.length > 0 && texts.length === name.constants?.length ? texts : undefined
}

function memberNamed(machine: Machine, object: Value, { text, span }: { text: string; span: Span }): Value {
  if (object.type === modules) return globalValue(machine, text, span)
  if (object.type !== namespace) return attributeOf(machine, object, { name: text, span })
  if (object.target?.kind === 'global') return globalValue(machine, `${object.target.name}.${text}`, span)
  return evaluateName(machine, { kind: 'name', name: text, start: span.start, end: span.end })
}

/** One of several: what can do most harm is what is called. */
function worst(machine: Machine, members: readonly Value[]): Value {
  const target = members.find((member) => isDangerous(machine, member))?.target
  return target === undefined ? joinAll(members) : { ...joinAll(members), target }
}

function hiddenIn(machine: Machine, { type, target }: Value, name: Value): string | undefined {
  if (type === modules) return isOwnName(name) ? undefined : 'takes a module'
  if (type === namespace && target?.kind !== 'global') return holdsDanger(machine) ? 'takes one of its own names' : undefined
  if (target?.kind !== 'global') return undefined
  const members = membersOf(machine.registry).get(whole.test(target.name) ? '' : target.name) ?? []
  const forms = formsOf(name)
  const mayBe = members.some((member) => forms === undefined || forms.some((form) => matches(form, member)))
  return mayBe ? `takes a member of \`${target.name}\`` : undefined
}

function holdsDanger(machine: Machine): boolean {
  let module: Frame = machine.frame
  while (module.parent !== undefined) module = module.parent
  return machine.variablesOf(module).values().some((value) => isDangerous(machine, value))
}

/** Whether a value is a function that runs what it is given, rather than a class of such objects. */
export function isWeapon(machine: Machine, value: Value): boolean {
  return isDangerous(machine, value) && value.target?.kind === 'global' && !/(?:^|\.)[A-Z]\w*$|^(?:getattr|setattr|compile)$|^importlib\./.test(value.target.name)
}

/** Whether a value is a whole module of such functions. */
export function isArsenal({ registry }: Machine, { target }: Value): boolean {
  return target?.kind === 'global' && /^(?:child_process|vm|os|subprocess|builtins)$/.test(target.name) && membersOf(registry).has(target.name)
}

function isDangerous(machine: Machine, { target }: Value): boolean {
  if (target?.kind !== 'global') return false
  const dot = target.name.lastIndexOf('.')
  return membersOf(machine.registry).get(target.name.slice(0, Math.max(0, dot)))?.includes(target.name.slice(dot + 1)) === true
}

/** Whether the name was looked up in a list of harmless ones. */
function isListed(machine: Machine, { taints }: Value): boolean {
  return taints.length > 0 && taints.every((taint) => (machine.safetyOf(taint) & listed) !== 0)
}

/** Whether a text is the name of a module that holds something dangerous, or of such a thing. */
export function isNameOfDanger({ registry }: Machine, text: string): boolean {
  const members = membersOf(registry)
  return members.has(text) || members.values().some((names) => names.includes(text))
}

/** `__name__`, `self.__module__`: this module, or another of ours. */
function isOwnName(name: Value): boolean {
  const [first] = name.templates?.[0] ?? [name]
  return typeof first === 'object' && first.taints.some(({ origin }) => /(^|\.)__(name|module|package|file|dirname)(__)?$/.test(origin.key))
}

const known = new WeakMap<Registry, Map<string, string[]>>()

/** The dangerous functions of each module; those that need none under the empty name. */
function membersOf(registry: Registry): Map<string, string[]> {
  let members = known.get(registry)
  if (members === undefined) known.set(registry, (members = gathered(registry)))
  return members
}

function gathered(registry: Registry): Map<string, string[]> {
  const members = new Map<string, string[]>()
  for (const [name, sinks] of registry.sinks) {
    const dot = name.lastIndexOf('.')
    const module = name.slice(0, Math.max(0, dot))
    if (module === '*' || !sinks.some(({ weakness }) => worthHiding.has(weakness))) continue
    members.set(module, [...(members.get(module) ?? []), name.slice(dot + 1)])
  }
  return members
}

/** Whether a text of that form can be this one: its beginning and its end are what is looked at. */
function matches(form: Template, text: string): boolean {
  const [first] = form
  const last = form.at(-1)
  if (form.every((part) => typeof part === 'string')) return form.join('') === text
  return (typeof first !== 'string' || text.startsWith(first)) && (typeof last !== 'string' || text.endsWith(last))
}

/** Whether an object's items are the members of something. */
export function holdsMembers({ type, target }: Value): boolean {
  return type === namespace || type === modules || (target?.kind === 'global' && target.name === 'builtins')
}

/** What holds the members of a module as its items. */
export function membersAsItems({ target }: Value): Value {
  return { ...nothing, type: namespace, target }
}

/** What holds the variables that are seen here as its items. */
export function ownVariables(machine: Machine): Value {
  const variables = mapOf(machine.variablesOf(machine.frame))
  return { ...variables, taints: [], type: namespace }
}
