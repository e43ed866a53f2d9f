import type { Span } from '../ir/expression.ts'
import type { FunctionNode, Program } from '../ir/statement.ts'
import type { Report, Rule } from '../rule/rule.ts'
import type { Entry } from './declare.ts'
import type { Frame } from './frame.ts'
import { newFrame } from './frame.ts'
import { type Beside, isOwn, type NeighbourFile, stride } from './neighbour.ts'
import { differences, empty, get, merge, type Persistent, set } from './persistent.ts'
import type { Registry } from './registry.ts'
import {
  bit,
  checked,
  noDots,
  notAbsolute,
  oneSlash,
  reviewed,
  rooted,
  type Origin,
  type SourceKind,
  strength,
  type Taint,
  type Weakness,
  wholeOf,
} from './taint.ts'
import { type Fact, join, tainted, type Value } from './value.ts'

/** The step budget is spent. Never leaves the engine: the scan calls the file incomplete. */
export class BudgetSpent extends Error {}

/** What branches copy and joins merge. */
export interface State {
  readonly variables: Persistent<Value>
  readonly barriers: Persistent<number>
  readonly live: boolean
}

export interface Hit {
  readonly rule: Rule
  readonly report: Report
  readonly span: Span
  readonly enclosing: string
  /** Where it does harm, when that is in another file: `span` is the call that leads there. */
  readonly reaches?: Span
}

interface Return {
  readonly value: Value
  readonly barriers: Persistent<number>
}

interface MachineOptions {
  readonly stepLimit: number
  /** Whatever more there is to read. */
  readonly isFixed?: boolean
  readonly beside?: Beside | undefined
  readonly read?: ((text: string) => Program | undefined) | undefined
}

/** The state of one file's abstract run. */
export class Machine {
  readonly registry: Registry
  readonly text: string
  readonly module: Frame = newFrame()
  readonly hits: Hit[] = []
  frame: Frame = this.module
  barriers: Persistent<number> = empty
  /** False where control does not come. */
  live = true
  depth = 0
  callDepth = 0
  /** Functions being run, outermost first. */
  readonly entries: Entry[] = []
  readonly declared = new Set<FunctionNode>()
  running: FunctionNode[] = []
  loops: { breaks: State[]; continues: State[] }[] = []
  returns: Return[] = []
  /** What the errors raised so far in what is being tried are made of. */
  raised: readonly Taint[] = []
  steps = 0
  /** What promises made by hand were given, by where they are made. */
  readonly settled = new Map<number, Value>()
  /** The other files given, and those of them that were read so far: without their variables while they are being read. */
  readonly beside: Beside | undefined
  readonly loaded = new Map<NeighbourFile, Frame | undefined>()
  /** The call of this file that is being evaluated, innermost, when there are other files for it to lead to. */
  site: { readonly span: Span; readonly frame: Frame } | undefined
  /** An attacker's value was met. */
  isAttacked = false
  /** An attacker's value is in what its functions return, or keep in an object. */
  isGiving = false
  /** A value that others may have a say in reaches a place that matters. */
  isOpen = false
  /** Reads a text that the program runs, and how deep such texts are in each other. */
  readonly read: MachineOptions['read']
  textDepth = 0
  /** Where the file does what cannot be read off it, and how. */
  readonly hidden = new Map<number, string>()
  private stepLimit: number
  private readonly isFixed: boolean
  private readonly slots = new Map<string, number>()
  private readonly origins = new Map<string, Origin>()
  private readonly unknowns = new Map<number, Value>()
  private readonly originsById: Origin[] = []
  private readonly parts: Map<string, Origin>[] = []

  constructor(registry: Registry, text: string, options: MachineOptions) {
    this.registry = registry
    this.read = options.read
    this.text = text
    this.stepLimit = options.stepLimit
    this.isFixed = options.isFixed === true
    this.beside = options.beside
  }

  /** More to read, more steps. */
  allow(steps: number): void {
    if (!this.isFixed) this.stepLimit += steps
  }

  /** The text of a span, in whichever file it is. */
  excerpt({ start, end }: Span): string {
    const file = isOwn({ start }) ? undefined : this.beside?.at(start)
    return file === undefined ? this.text.slice(start, end) : file.text.slice(start - file.base, end - file.base)
  }

  step(): void {
    if (++this.steps > this.stepLimit) throw new BudgetSpent()
  }

  // Variables

  slot(name: string): number {
    let slot = this.slots.get(name)
    if (slot === undefined) this.slots.set(name, (slot = this.slots.size))
    return slot
  }

  lookup(name: string): Value | undefined {
    const slot = this.slots.get(name)
    if (slot === undefined) return undefined
    for (let frame: Frame | undefined = this.frame; frame !== undefined; frame = frame.parent) {
      const value = get(frame.variables, slot)
      if (value !== undefined) return value
    }
    return undefined
  }

  assign(name: string, value: Value): void {
    const frame = this.frame.globals.has(name) ? moduleOf(this.frame) : this.frame
    frame.variables = set(frame.variables, this.slot(name), value)
  }

  variablesOf(frame: Frame): Map<string, Value> {
    const variables = new Map<string, Value>()
    for (const [name, slot] of this.slots) {
      const value = get(frame.variables, slot)
      if (value !== undefined) variables.set(name, value)
    }
    return variables
  }

  /** Gives a variable a value where it lives. One of a function around this one may hold either value from then on. */
  reassign(name: string, value: Value): void {
    const slot = this.slot(name)
    for (let frame: Frame | undefined = this.frame; frame !== undefined; frame = frame.parent) {
      const before = get(frame.variables, slot)
      if (before === undefined) continue
      frame.variables = set(frame.variables, slot, frame === this.frame ? value : join(before, value))
      return
    }
    this.assign(name, value)
  }

  // Branches

  save(): State {
    return { variables: this.frame.variables, barriers: this.barriers, live: this.live }
  }

  restore(state: State): void {
    this.frame.variables = state.variables
    this.barriers = state.barriers
    this.live = state.live
  }

  // Sources

  /** The origin of that key, made at its first mention: the same place read twice is one origin. */
  origin(kind: SourceKind, options: { key: string; label: string; span: Span; parent?: Origin | undefined }): Origin {
    // What another file reads under the same name is read in another place.
    const key = isOwn(options.span) ? `${kind}:${options.key}` : `${kind}@${Math.floor(options.span.start / stride)}:${options.key}`
    const known = this.origins.get(key)
    if (known !== undefined) return known
    this.isAttacked ||= isAttackers(kind)
    const { label, span, parent } = options
    const origin: Origin = {
      id: this.originsById.length,
      key: options.key,
      kind,
      label,
      start: span.start,
      end: span.end,
      ...(parent && { parent }),
    }
    this.origins.set(key, origin)
    this.originsById.push(origin)
    return origin
  }

  source(kind: SourceKind, options: { key: string; label: string; span: Span; type?: string | undefined }): Value {
    return tainted([{ origin: this.origin(kind, options), safe: 0, weak: false, trail: undefined }], options.type)
  }

  unknown(key: string, span: Span): Value {
    return this.source('unknown', { key, label: key, span })
  }

  /** What a place gives of which nothing is known: the same value each time. */
  unknownAt(name: string, span: Span): Value {
    const known = this.unknowns.get(span.start)
    if (known !== undefined) return known
    const value = this.source('unknown', { key: `${name}@${span.start}`, label: `what \`${name}\` gives`, span })
    this.unknowns.set(span.start, value)
    return value
  }

  /** The taints of a named part of a value, as origins of their own. */
  partOf(taints: readonly Taint[], name: string, span: Span): readonly Taint[] {
    return taints.map((taint) => {
      const { origin } = taint
      if (origin.key.length > 200) return taint
      return { ...taint, origin: this.partOfOrigin(origin, name, span) }
    })
  }

  // Parts are asked for again and again: they are found by their whole, without putting their key together.
  private partOfOrigin(whole: Origin, name: string, span: Span): Origin {
    let parts = this.parts[whole.id]
    if (parts === undefined) this.parts[whole.id] = parts = new Map()
    let part = parts.get(name)
    if (part === undefined)
      parts.set(name, (part = this.origin(whole.kind, { key: `${whole.key}.${name}`, label: whole.label, span, parent: whole })))
    return part
  }

  // Barriers

  apply(facts: readonly Fact[]): void {
    for (const { origin, bits } of facts) {
      const before = get(this.barriers, origin.id) ?? 0
      if ((before | bits) !== before) this.barriers = set(this.barriers, origin.id, before | bits)
    }
  }

  /** What `after` shows that `before` did not. */
  learnt(before: Persistent<number>, after: Persistent<number>): Fact[] {
    return differences(before, after).flatMap((id) => {
      const bits = get(after, id) ?? 0
      const origin = this.originsById[id]
      return origin === undefined || (bits & ~(get(before, id) ?? 0)) === 0 ? [] : [{ origin, bits }]
    })
  }

  safetyOf(taint: Taint): number {
    const bits = taint.safe | barrierOf(taint.origin, this.barriers)
    const inside = (bits & noDots) !== 0 && (bits & notAbsolute) !== 0 ? bit.path : 0
    const here = (bits & rooted) !== 0 && (bits & oneSlash) !== 0 ? bit.redirect : 0
    return bits | inside | here
  }

  /** The taints that reach here unsafe for the weakness, strongest first, weaker where something unknown checked them. */
  exposed(value: Value, weakness: Weakness): Taint[] {
    const open: Taint[] = []
    for (const taint of value.taints) {
      const safety = this.safetyOf(taint)
      if (strength(taint) === 0 || (safety & bit[weakness]) !== 0) continue
      this.isOpen = true
      const isChecked = (safety & (checked | noDots)) !== 0 || ((taint.claimed ?? 0) & bit[weakness]) !== 0
      open.push(isChecked || (safety & reviewed) !== 0 ? { ...taint, weak: true, checked: isChecked } : taint)
    }
    return open.sort((a, b) => strength(b) - strength(a))
  }

  /** The marks of that kind (secrets and their like) that are not made safe for the weakness. */
  marks(value: Value, kind: SourceKind, weakness: Weakness): Taint[] {
    return value.taints.filter((taint) => taint.origin.kind === kind && (this.safetyOf(taint) & bit[weakness]) === 0)
  }

  // Results

  /** Notes what the file hands to others. */
  give({ taints }: Value): void {
    this.isGiving ||= taints.some(({ origin }) => isAttackers(origin.kind))
  }

  /** Says that a place does what cannot be read off it. What another file hides is said there. */
  hide(place: Span, how: string): void {
    if (isOwn(place) && !this.hidden.has(place.start)) this.hidden.set(place.start, how)
  }

  hit(rule: Rule, report: Report, span: Span): void {
    const place = report.span ?? span
    if (isOwn(place)) this.hits.push({ rule, report, span: place, enclosing: enclosing(this.frame) })
    // What happens in another file alone is found there.
    else if (this.site !== undefined && report.taint !== undefined && isSent(report.taint))
      this.hits.push({ rule, report, span: this.site.span, enclosing: enclosing(this.site.frame), reaches: place })
  }
}

function enclosing(innermost: Frame): string {
  const names: string[] = []
  for (let frame: Frame | undefined = innermost; frame !== undefined; frame = frame.parent) {
    if (frame.function !== undefined) names.push(frame.function.name)
    if (frame.class !== undefined && frame.class !== frame.parent?.class) names.push(frame.class.node.name)
  }
  return names.reverse().join('.')
}

/** Whether an attacker's value came by this file: a parameter of ours may hold anything, and the other file says as much of its own. */
function isSent({ origin, trail }: Taint): boolean {
  if (!isAttackers(origin.kind)) return false
  if (isOwn(wholeOf(origin))) return true
  for (let step = trail; step !== undefined; step = step.before) if (isOwn(step)) return true
  return false
}

const isAttackers = (kind: SourceKind) => kind === 'user' || kind === 'console' || kind === 'network'

function moduleOf(frame: Frame): Frame {
  let module = frame
  while (module.parent !== undefined) module = module.parent
  return module
}

export function joinStates(a: State, b: State): State {
  if (!a.live || a === b) return b
  if (!b.live) return a
  if (a.barriers === b.barriers) return { variables: merge(a.variables, b.variables, join), barriers: a.barriers, live: true }
  // What one branch alone has shown goes into the values that it alone has changed, or it would be forgotten here.
  const variables = merge(a.variables, b.variables, (x, y) => join(shownIn(x, a.barriers), shownIn(y, b.barriers)))
  return { variables, barriers: joinBarriers(a.barriers, b.barriers), live: true }
}

/** The value with what is shown of it written into it, for when that is forgotten. */
export function shownIn<T extends Value | undefined>(value: T, barriers: Persistent<number>): T {
  if (value === undefined || value.taints.length === 0) return value
  const taints = value.taints.map((taint) => {
    const bits = barrierOf(taint.origin, barriers)
    return (taint.safe | bits) === taint.safe ? taint : Object.assign({}, taint, { safe: taint.safe | bits })
  })
  const templates = value.templates?.map((form) =>
    form.map((part) => (typeof part === 'string' ? part : (shownIn(part, barriers) ?? part))),
  )
  return taints.every((taint, i) => taint === value.taints[i]) ? value : { ...value, taints, templates }
}

function barrierOf(origin: Origin, barriers: Persistent<number>): number {
  let bits = 0
  for (let from: Origin | undefined = origin; from !== undefined; from = from.parent) bits |= get(barriers, from.id) ?? 0
  return bits
}

export function joinBarriers(a: Persistent<number>, b: Persistent<number>): Persistent<number> {
  return merge(a, b, (x, y) => (x ?? 0) & (y ?? 0))
}
