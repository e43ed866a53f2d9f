import type { FunctionNode, Parameter } from '../ir/statement.ts'
import { store } from './access.ts'
import { evaluate } from './evaluate.ts'
import { execute } from './execute.ts'
import { asksForPrivacy, notPrivate } from './call.ts'
import { argumentOf, type CallEvent } from './event.ts'
import { ancestorsOf, type ClassReference, type Frame, methodOf, newFrame } from './frame.ts'
import { joinBarriers, type Machine } from './machine.ts'
import { isOwn } from './neighbour.ts'
import type { Persistent } from './persistent.ts'
import { checked, reviewed } from './taint.ts'
import { derived, elementOf, type Fact, type Facts, join, joinAll, listOf, mapOf, nothing, passed, truthOf, type Value } from './value.ts'

const deepest = 4
const checkerName = /valid|saniti|is_?safe|is_?allowed|check_|verify|ensure|scheme|protocol/i

interface Invocation {
  readonly function: FunctionNode
  readonly frame: Frame
  readonly self: Value | undefined
  readonly call: CallEvent
}

/** What running a function with these arguments came to. */
export interface Completion {
  readonly value: Value
  readonly barriers: Persistent<number>
  readonly live: boolean
}

interface Remembered {
  readonly key: string
  readonly value: Value
  /** What the run showed of its inputs, to whoever calls next with the same. */
  readonly learnt: readonly Fact[]
  readonly live: boolean
}

// A function is run for so many different calls exactly, for some more without their details, and then no more.
const mostExact = 6
const mostRuns = 16

const memories = new WeakMap<Machine, Map<FunctionNode | string, Remembered[]>>()
const reachedBy = new WeakMap<Machine, Set<FunctionNode>>()

/** Functions that the file itself calls with values from outside: they need no made-up parameters. */
export function reached(machine: Machine): Set<FunctionNode> {
  let functions = reachedBy.get(machine)
  if (functions === undefined) reachedBy.set(machine, (functions = new Set()))
  return functions
}

/** Runs a function of the file with the caller's values. */
export function enter(machine: Machine, invocation: Invocation): Value {
  const { function: called, call } = invocation
  const inputs = [invocation.self, ...call.positional, ...call.keywords.values(), ...call.spread]
  if (inputs.some((input) => input?.taints.some(({ origin }) => origin.kind !== 'unknown') === true)) reached(machine).add(called)
  if (isInspector(invocation))
    machine.apply(inputs.flatMap((input) => input?.taints ?? []).map(({ origin }) => ({ origin, bits: checked })))
  if (machine.callDepth >= deepest || running(machine, called)) return { ...derived(inputs, { weak: true }), facts: undefined }
  const outcome = recall(machine, invocation)
  if (outcome === undefined) return { ...derived(inputs, { weak: true }), facts: undefined }
  machine.apply(outcome.learnt)
  machine.live &&= outcome.live
  if (checkerName.test(called.name)) {
    const seen = inputs.flatMap((input) => input?.taints ?? []).map(({ origin }) => ({ origin, bits: reviewed }))
    machine.apply(seen)
  }
  const value =
    asksForPrivacy(called.name) && outcome.value.facts === undefined ? { ...outcome.value, facts: notPrivate(inputs) } : outcome.value
  return passed(value, call.node, `returned by \`${called.name}\``)
}

/** What the call came to, from memory where a call alike was run before; undefined when enough of them were. */
function recall(machine: Machine, invocation: Invocation): Remembered | undefined {
  const memory = memoryOf(machine, invocation.function)
  const exactKey = keyOf(machine, invocation)
  const exact = memory.find((item) => item.key === exactKey)
  if (exact !== undefined) return exact
  const isExact = memory.length < mostExact
  const asked = isExact ? invocation : blurred(invocation)
  const key = isExact ? exactKey : keyOf(machine, asked)
  const known = memory.find((item) => item.key === key)
  if (known !== undefined || memory.length >= mostRuns) return known
  const before = machine.barriers
  const { value, barriers, live } = runWith(machine, asked)
  const remembered = { key, value, learnt: machine.learnt(before, barriers), live }
  memory.push(remembered)
  return remembered
}

function keyOf(machine: Machine, { self, call }: Invocation): string {
  const values = [self, ...call.positional, ...call.keywords.values(), ...call.spread].map((value) => digest(machine, value, 2))
  return `${values.join('|')} ${[...call.keywords.keys()].join()}`
}

/** The call without what its constants and collections hold: only where things come from. */
function blurred(invocation: Invocation): Invocation {
  const { call } = invocation
  const positional = call.positional.map(blur)
  const keywords = new Map([...call.keywords].map(([name, value]) => [name, blur(value)]))
  return { ...invocation, call: { ...call, positional, keywords } }
}

function blur(value: Value): Value {
  return { ...value, constants: undefined, templates: undefined, items: undefined }
}

/** A visitor of syntax trees, called on one. */
function isInspector({ function: called, self }: Invocation): boolean {
  return (
    called.name.startsWith('visit') &&
    self?.instance !== undefined &&
    ancestorsOf(self.instance).some((name) => /NodeVisitor|NodeTransformer/.test(name))
  )
}

function memoryOf(machine: Machine, called: FunctionNode): Remembered[] {
  let all = memories.get(machine)
  if (all === undefined) memories.set(machine, (all = new Map()))
  // What happens in another file is told at the call that leads there: each such call is told of.
  const key = isOwn(called) ? called : `${called.start} from ${machine.site?.span.start}`
  let memory = all.get(key)
  if (memory === undefined) all.set(key, (memory = []))
  return memory
}

function running(machine: Machine, called: FunctionNode): boolean {
  return machine.running.includes(called)
}

function runWith(machine: Machine, { function: called, frame, self, call }: Invocation): Completion {
  const inner = newFrame({ parent: frame, function: called, class: self?.instance ?? undefined })
  return run(machine, { function: called, frame: inner, bind: () => bindArguments(machine, { called, self, call }) })
}

/** Runs a function's body in a frame of its own, and puts the machine back as it was. */
export function run(machine: Machine, options: { function: FunctionNode; frame: Frame; bind: () => void }): Completion {
  const { frame, returns, loops, live, barriers } = machine
  machine.frame = options.frame
  machine.returns = []
  machine.loops = []
  machine.live = true
  machine.callDepth++
  machine.running.push(options.function)
  try {
    options.bind()
    execute(machine, options.function.body)
    return completionOf(machine, barriers)
  } finally {
    machine.running.pop()
    machine.callDepth--
    machine.frame = frame
    machine.returns = returns
    machine.loops = loops
    machine.live = live
    machine.barriers = barriers
  }
}

function completionOf(machine: Machine, before: Persistent<number>): Completion {
  const returns = machine.live ? [...machine.returns, { value: nothing, barriers: machine.barriers }] : machine.returns
  const [first, ...rest] = returns
  if (first === undefined) return { value: nothing, barriers: before, live: false }
  const barriers = rest.reduce((all, item) => joinBarriers(all, item.barriers), first.barriers)
  const value = joinAll(machine.returns.map((item) => item.value))
  return { value: { ...value, facts: factsOf(machine, before) }, barriers, live: true }
}

/** What a caller learns when the result is true, or false: what every return that could give it had shown. */
function factsOf(machine: Machine, before: Persistent<number>): Facts | undefined {
  const shown = (truth: boolean) => {
    const possible = machine.returns.filter((item) => truthOf(item.value) !== !truth)
    // A plain `return False` beside a real answer says "not applicable" (no address at all, say).
    const answers = truth ? possible : possible.filter((item) => truthOf(item.value) === undefined)
    const ends = (answers.length > 0 ? answers : possible).map(({ value, barriers }) => {
      const save = machine.barriers
      machine.barriers = barriers
      machine.apply((truth ? value.facts?.whenTrue : value.facts?.whenFalse) ?? [])
      const after = machine.barriers
      machine.barriers = save
      return after
    })
    const [first, ...rest] = ends
    return first === undefined ? [] : machine.learnt(before, rest.reduce(joinBarriers, first))
  }
  const facts = { whenTrue: shown(true), whenFalse: shown(false) }
  return facts.whenTrue.length + facts.whenFalse.length === 0 ? undefined : facts
}

function bindArguments(machine: Machine, { called, self, call }: { called: FunctionNode; self: Value | undefined; call: CallEvent }): void {
  const positional = self !== undefined && takesSelf(called) ? [self, ...call.positional] : call.positional
  if (machine.registry.dialect.membersAreItems && called.isArrow !== true) machine.assign('arguments', listOf(call.positional))
  for (const [i, parameter] of called.parameters.entries()) {
    bind(machine, parameter, passed(argumentFor(machine, parameter, { positional, index: i, call }), call.node, `into \`${called.name}\``))
  }
}

function argumentFor(
  machine: Machine,
  parameter: Parameter,
  given: { positional: readonly Value[]; index: number; call: CallEvent },
): Value {
  const { positional, index, call } = given
  const name = parameter.target.kind === 'name' ? parameter.target.name : ''
  if (parameter.kind === 'rest') return listOf(positional.slice(index), call.spread[0] && elementOf(call.spread[0]))
  if (parameter.kind === 'keywords') return mapOf(call.keywords, call.spread[0] && elementOf(call.spread[0]))
  const value = argumentOf({ ...call, positional }, index, name) ?? (call.spread[0] && elementOf(call.spread[0]))
  return value ?? (parameter.fallback === undefined ? nothing : evaluate(machine, parameter.fallback))
}

export function bind(machine: Machine, parameter: Parameter, value: Value): void {
  if (parameter.target.kind === 'name') machine.assign(parameter.target.name, value)
  else {
    store(machine, parameter.target, { value, expression: parameter.target })
    if (value.items === undefined && value.type === undefined) bindByName(machine, parameter)
  }
}

/** `({ request, response }) => ...`: what is taken out under such a name is what the name says. */
function bindByName(machine: Machine, { target }: Parameter): void {
  if (target.kind !== 'collection') return
  for (const { key, value } of target.items) {
    const name = key?.kind === 'literal' && value.kind === 'name' ? machine.registry.parameters.get(String(key.value)) : undefined
    if (name !== undefined && value.kind === 'name') machine.assign(value.name, { ...nothing, type: name })
  }
}

export function takesSelf(called: FunctionNode): boolean {
  const isStatic = called.decorators.some((decorator) => decorator.kind === 'name' && decorator.name === 'staticmethod')
  const first = called.parameters[0]?.target
  return !isStatic && first?.kind === 'name' && /^(self|cls|mcs|this)$/.test(first.name)
}

/** An object of a class of the file. */
export function construct(machine: Machine, owner: ClassReference, call: CallEvent): Value {
  const self: Value = { ...nothing, instance: owner }
  const constructor = methodOf(owner, '__init__') ?? methodOf(owner, 'constructor')
  if (constructor === undefined) {
    // A record class: its keywords are its fields.
    const fields = [...call.keywords].map(([name, value]): [string, Value] => [`.${name}`, value])
    return {
      ...self,
      taints: derived([...call.positional, ...call.keywords.values()]).taints,
      items: { kind: 'map', entries: new Map(fields), rest: undefined },
    }
  }
  let made = self
  if (machine.callDepth < deepest && !running(machine, constructor)) {
    const frame = newFrame({ parent: owner.frame, function: constructor, class: owner })
    run(machine, {
      function: constructor,
      frame,
      bind: () => {
        bindArguments(machine, { called: constructor, self, call })
        reached(machine).add(constructor)
      },
    })
    const parameter = constructor.parameters[0]?.target
    const after = parameter?.kind === 'name' ? lookupIn(machine, frame, parameter.name) : undefined
    made = join(after, undefined) ?? self
  }
  return { ...made, instance: owner }
}

function lookupIn(machine: Machine, frame: Frame, name: string): Value | undefined {
  const { frame: current } = machine
  machine.frame = frame
  const value = machine.lookup(name)
  machine.frame = current
  return value
}

/** Two arguments with the same digest make a function do the same. */
function digest(machine: Machine, value: Value | undefined, depth: number): string {
  if (value === undefined) return ''
  const { constants, taints, type, instance, items, target, aspect } = value
  const inner = depth === 0 || items === undefined ? '' : digestItems(machine, items, depth - 1)
  const callee = digestTarget(machine, target, depth)
  const from = taints.map((taint) => `${taint.origin.id}:${machine.safetyOf(taint)}${taint.weak ? 'w' : ''}`)
  return `${constants?.join()};${from};${type};${instance?.node.start};${inner};${callee};${aspect};${value.normal}`
}

function digestTarget(machine: Machine, target: Value['target'], depth: number): string {
  if (target?.kind === 'global') return target.name
  if (target?.kind === 'function') return String(target.function.start)
  return target?.kind === 'partial' && depth > 0 ? [target.of, ...target.given].map((value) => digest(machine, value, depth - 1)).join('(') : ''
}

function digestItems(machine: Machine, items: NonNullable<Value['items']>, depth: number): string {
  const entries =
    items.kind === 'list'
      ? items.values.map((item) => digest(machine, item, depth))
      : [...items.entries].map(([key, item]) => key + digest(machine, item, depth))
  return `${entries.join()}/${digest(machine, items.rest, depth)}`
}
