import type { Expression } from '../ir/expression.ts'
import type { Handler, Statement } from '../ir/statement.ts'
import { depthLimit } from '../frontend/frontend.ts'
import { attributeOf, memberIn, store } from './access.ts'
import { binary } from './arithmetic.ts'
import { branch } from './condition.ts'
import { declareClass, declareFunction, declareImport } from './declare.ts'
import { noteReturned } from './escape.ts'
import { evaluate } from './evaluate.ts'
import { BudgetSpent, joinStates, type Machine, type State } from './machine.ts'
import { type Taint, unite, weaken } from './taint.ts'
import { elementOf, nothing, passed, truthOf, type Value } from './value.ts'

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>

export function execute(machine: Machine, statements: readonly Statement[]): void {
  if (machine.depth > depthLimit * 4) throw new BudgetSpent()
  machine.depth++
  let ended = false
  for (const statement of statements) {
    // What follows a `return` in its own block never runs; in a fragment its place is wrong, and it does.
    if (!machine.live) ended = machine.live = true
    machine.step()
    executeOne(machine, statement)
  }
  if (ended && machine.frame.function !== undefined) machine.live = false
  machine.depth--
}

function executeOne(machine: Machine, statement: Statement): void {
  switch (statement.kind) {
    case 'set':
      return executeSet(machine, statement)
    case 'expression':
      return void evaluate(machine, statement.expression)
    case 'return':
      return executeReturn(machine, statement)
    case 'raise':
      if (statement.value !== undefined) machine.raised = unite(machine.raised, evaluate(machine, statement.value).taints)
      machine.live = false
      return
    case 'assert':
      return executeAssert(machine, statement)
    case 'if':
      return executeIf(machine, statement)
    case 'loop':
      return executeLoop(machine, statement)
    case 'try':
      return executeTry(machine, statement)
    case 'with':
      return executeWith(machine, statement)
    case 'function':
      return machine.assign(statement.function.name, declareFunction(machine, statement.function))
    case 'class':
      return machine.assign(statement.class.name, declareClass(machine, statement.class))
    case 'import':
      return declareImport(machine, statement)
    case 'global':
      for (const name of statement.names) machine.frame.globals.add(name)
      return
    case 'break':
    case 'continue':
      return leave(machine, statement.kind)
  }
}

function executeSet(machine: Machine, statement: Of<'set'>): void {
  const value = evaluate(machine, statement.value)
  if (statement.operator === undefined) return store(machine, statement.target, { value, expression: statement.value })
  const before = evaluate(machine, statement.target)
  store(machine, statement.target, {
    value: binary(machine, statement.operator, { left: before, right: value }),
    expression: statement.value,
  })
}

function executeReturn(machine: Machine, statement: Of<'return'>): void {
  const value = statement.value === undefined ? nothing : evaluate(machine, statement.value)
  const within = machine.frame.function
  if (within !== undefined && statement.value !== undefined) announceReturn(machine, { value, expression: statement.value, within })
  if (within !== undefined && (within.isGetter === true || within.decorators.length > 0) && statement.value !== undefined) noteReturned(machine, value, statement.value)
  machine.give(value)
  machine.returns.push({ value, barriers: machine.barriers })
  machine.live = false
}

function announceReturn(
  machine: Machine,
  options: { value: Value; expression: Expression; within: NonNullable<Machine['frame']['function']> },
): void {
  const { value, expression, within } = options
  for (const { rule, listener } of machine.registry.onReturn) {
    const { start, end } = expression
    const report = listener.check({ value, expression, function: within, answers: machine.frame.answers, start, end }, machine)
    if (report !== undefined) machine.hit(rule, report, expression)
  }
}

function executeAssert(machine: Machine, statement: Of<'assert'>): void {
  const value = evaluate(machine, statement.test)
  for (const { rule, listener } of machine.registry.onAssert) {
    const report = listener.check({ test: statement.test, value, start: statement.start, end: statement.end }, machine)
    if (report !== undefined) machine.hit(rule, report, statement)
  }
  machine.apply(value.facts?.whenTrue ?? [])
}

function executeIf(machine: Machine, statement: Of<'if'>): void {
  const test = evaluate(machine, statement.test)
  const truth = truthOf(test)
  if (truth === true) return execute(machine, statement.consequence)
  if (truth === false) return execute(machine, statement.otherwise)
  branch(machine, test, { whenTrue: () => execute(machine, statement.consequence), whenFalse: () => execute(machine, statement.otherwise) })
}

/** Twice round is enough for what the first round carries into the second. */
function executeLoop(machine: Machine, statement: Of<'loop'>): void {
  const iterable = statement.iterable === undefined ? undefined : evaluate(machine, statement.iterable)
  let entry = machine.save()
  let exit = entry
  const exits: State[] = []
  let ended: State | undefined
  for (let round = 0; round < 2; round++) {
    const loop = { breaks: [] as State[], continues: [] as State[] }
    machine.loops.push(loop)
    machine.restore(entry)
    enterRound(machine, statement, iterable)
    execute(machine, statement.body)
    machine.loops.pop()
    ended = machine.save()
    exits.push(...loop.breaks)
    exit = loop.continues.reduce(joinStates, machine.save())
    const next = joinStates(entry, exit)
    if (next.variables === entry.variables && next.barriers === entry.barriers) break
    entry = next
  }
  // What a round over a collection shows of its members is taken to hold for all of them.
  const shown = statement.iterable !== undefined && ended?.live === true ? { barriers: ended.barriers } : {}
  machine.restore(isEndless(statement) ? { ...exit, live: false } : { ...joinStates(entry, exit), ...shown })
  if (machine.live) execute(machine, statement.otherwise)
  machine.restore(exits.reduce(joinStates, machine.save()))
}

const isEndless = ({ test }: Of<'loop'>) => test?.kind === 'literal' && Boolean(test.value)

function enterRound(machine: Machine, statement: Of<'loop'>, iterable: Value | undefined): void {
  if (statement.target !== undefined && iterable !== undefined && statement.iterable !== undefined) {
    store(machine, statement.target, { value: memberIn(machine, iterable, statement.iterable), expression: statement.iterable })
  }
  if (statement.test !== undefined) machine.apply(evaluate(machine, statement.test).facts?.whenTrue ?? [])
}

function leave(machine: Machine, how: 'break' | 'continue'): void {
  const loop = machine.loops.at(-1)
  if (loop !== undefined) (how === 'break' ? loop.breaks : loop.continues).push(machine.save())
  machine.live = false
}

/** A handler may be entered after any statement of the body, so it starts from all of them together. */
function executeTry(machine: Machine, statement: Of<'try'>): void {
  let raised = machine.save()
  const { raised: outside } = machine
  machine.raised = []
  for (const inner of statement.body) {
    if (!machine.live) break
    execute(machine, [inner])
    raised = joinStates(raised, machine.save())
  }
  const carried = machine.raised
  machine.raised = outside
  if (machine.live) execute(machine, statement.otherwise)
  const ends = [machine.save(), ...statement.handlers.map((handler) => handle(machine, handler, { raised, carried }))]
  const end = ends.reduce(joinStates)
  machine.restore(end.live ? end : raised)
  machine.live = true
  execute(machine, statement.final)
  machine.live &&= end.live
}

/** `carried`: what the errors of the body were made of. Which of them is caught, nobody can read off it. */
function handle(machine: Machine, handler: Handler, { raised, carried }: { raised: State; carried: readonly Taint[] }): State {
  machine.restore({ ...raised, live: true })
  const types = handler.types.map((type) => evaluate(machine, type))
  for (const { rule, listener } of machine.registry.onHandler) {
    const report = listener.check({ handler, types, start: handler.start, end: handler.end }, machine)
    if (report !== undefined) machine.hit(rule, report, handler)
  }
  if (handler.name !== undefined) {
    const label = 'the error that was caught'
    const caught = machine.source('exception', { key: `exception@${handler.start}`, label, span: handler })
    machine.assign(handler.name, { ...caught, taints: unite(caught.taints, weaken(carried)), type: 'Exception' })
  }
  execute(machine, handler.body)
  return machine.save()
}

function executeWith(machine: Machine, statement: Of<'with'>): void {
  const value = evaluate(machine, statement.value)
  if (statement.target === undefined) return
  const entered = value.instance === undefined ? value : attributeOf(machine, value, { name: '__enter__', span: statement.value })
  const bound = entered.target?.kind === 'function' ? value : entered
  // A generator that is a context gives what it yields.
  const opened = bound.items?.kind === 'list' ? elementOf(bound) : bound
  store(machine, statement.target, { value: passed(opened, statement, 'opened'), expression: statement.value })
}
