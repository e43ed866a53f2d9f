import type { Expression } from '../ir/expression.ts'
import type { ClassNode, FunctionNode, Imported } from '../ir/statement.ts'
import { announceSet } from './announce.ts'
import { globalValue, global } from './access.ts'
import { evaluate } from './evaluate.ts'
import type { FunctionEvent, Route } from './event.ts'
import { ancestorsOf, type ClassReference, type Frame, newFrame } from './frame.ts'
import { execute } from './execute.ts'
import { noteDecorator } from './escape.ts'
import { linked } from './link.ts'
import type { Machine } from './machine.ts'
import { isOwn } from './neighbour.ts'
import { get, set } from './persistent.ts'
import { nothing, textOf, type Value } from './value.ts'

/** A function waiting to be run as the outside would run it. */
export interface Entry {
  readonly function: FunctionNode
  readonly frame: Frame
  readonly owner: ClassReference | undefined
  readonly route: Route | undefined
}

export function declareFunction(machine: Machine, node: FunctionNode, owner?: ClassReference): Value {
  const decorators = node.decorators.map((decorator) => decoratorOf(machine, decorator))
  for (const { value, call } of decorators) if (call === undefined) noteDecorator(machine, value, node)
  const route = routeOf(machine, { node, owner, decorators })
  for (const parameter of node.parameters) {
    if (parameter.fallback === undefined || parameter.target.kind !== 'name') continue
    const value = evaluate(machine, parameter.fallback)
    const { start, end } = parameter
    announceSet(machine, {
      name: parameter.target.name,
      value,
      expression: parameter.fallback,
      how: 'fallback',
      owner: undefined,
      start,
      end,
    })
  }
  for (const { rule, listener } of machine.registry.onFunction) {
    const report = listener.check(
      { function: node, owner, decorators, route, parameters: node.parameters, start: node.start, end: node.end },
      machine,
    )
    if (report !== undefined) machine.hit(rule, report, node)
  }
  if (!machine.declared.has(node) && isOwn(node)) machine.entries.push({ function: node, frame: owner?.frame ?? machine.frame, owner, route })
  machine.declared.add(node)
  return { ...nothing, target: { kind: 'function', function: node, frame: machine.frame, self: undefined } }
}

function decoratorOf(machine: Machine, decorator: Expression): FunctionEvent['decorators'][number] {
  const call = decorator.kind === 'call' ? decorator : undefined
  const callee = evaluate(machine, call?.callee ?? decorator)
  const { target } = callee
  const name =
    target?.kind === 'global'
      ? target.name
      : target?.kind === 'method'
        ? `${target.owner ?? '?'}.${target.name}`
        : nameIn(call?.callee ?? decorator)
  return { name, value: call === undefined ? callee : evaluate(machine, call), call }
}

const nameIn = (expression: Expression) => (expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : '')

/** How a function is reached from outside, by its decorators or its class. */
function routeOf(
  machine: Machine,
  { node, owner, decorators }: { node: FunctionNode; owner: ClassReference | undefined; decorators: FunctionEvent['decorators'] },
): Route | undefined {
  const { routes } = machine.registry.dialect
  for (const { name, call } of decorators) {
    const last = name.slice(name.lastIndexOf('.') + 1)
    if (!routes.decorator.test(last) || call === undefined || (routes.ofObject && call.callee.kind !== 'attribute')) continue
    const path = call.arguments.find((argument) => argument.keyword === undefined || argument.keyword === 'path')
    const text = path === undefined ? undefined : textOf(evaluate(machine, path.value))
    if (text === undefined || text === '' || text.includes('/') || !routes.ofObject)
      return { path: text, methods: methodsOf(machine, { call, last }), body: bodyOf(name, last, call) }
  }
  if (owner !== undefined && routes.methods.has(node.name) && ancestorsOf(owner).some((name) => routes.base.test(name))) {
    return { path: undefined, methods: [node.name.replace('do_', '').toUpperCase()], body: 'unknown' }
  }
  return undefined
}

/** FastAPI sends JSON unless told otherwise, `route` is Flask's word and sends HTML; `get` and its like are both's. */
function bodyOf(name: string, last: string, call: Extract<Expression, { kind: 'call' }>): Route['body'] {
  if (call.arguments.some(({ keyword }) => keyword === 'response_class')) return 'html'
  if (name.startsWith('fastapi.')) return 'json'
  return name.startsWith('flask.') || last === 'route' ? 'html' : 'unknown'
}

function methodsOf(machine: Machine, { call, last }: { call: Extract<Expression, { kind: 'call' }>; last: string }): string[] {
  if (!/^(route|api_route)$/.test(last)) return [last.toUpperCase()]
  const given = call.arguments.find((argument) => argument.keyword === 'methods')
  if (given === undefined) return ['GET']
  const { items } = evaluate(machine, given.value)
  return items?.kind === 'list' ? items.values.flatMap((item) => textOf(item)?.toUpperCase() ?? []) : ['GET']
}

export function declareClass(machine: Machine, node: ClassNode): Value {
  const bases = node.bases.map((base) => evaluate(machine, base))
  const frame = newFrame({ parent: machine.frame })
  const reference: ClassReference = {
    node,
    frame: machine.frame,
    fields: new Map(),
    methods: new Map(),
    bases: bases.flatMap(({ target }) => (target?.kind === 'class' ? [target.class] : [])),
    foreign: bases.flatMap(({ target }) => foreignName(target) ?? []),
  }
  const declared: Value = { ...nothing, target: { kind: 'class', class: reference } }
  // The body may speak of the class by its name.
  frame.variables = set(frame.variables, machine.slot(node.name), declared)
  for (const statement of node.body) if (statement.kind === 'function') reference.methods.set(statement.function.name, statement.function)
  runClassBody(machine, { node, frame, reference })
  for (const { rule, listener } of machine.registry.onClass) {
    const report = listener.check({ class: reference, node, start: node.start, end: node.end }, machine)
    if (report !== undefined) machine.hit(rule, report, node)
  }
  return declared
}

function foreignName(target: Value['target']): string | undefined {
  if (target?.kind === 'global' || target?.kind === 'method') return target.name
  return target?.kind === 'class' && !isOwn(target.class.node) ? `local.${target.class.node.name}` : undefined
}

function runClassBody(machine: Machine, { node, frame, reference }: { node: ClassNode; frame: Frame; reference: ClassReference }): void {
  const outer = machine.frame
  machine.frame = frame
  try {
    for (const statement of node.body) {
      if (statement.kind === 'function') declareFunction(machine, statement.function, reference)
      else execute(machine, [statement])
      if (statement.kind !== 'set' || statement.target.kind !== 'name') continue
      const value = get(frame.variables, machine.slot(statement.target.name))
      if (value !== undefined) reference.fields.set(statement.target.name, value)
    }
  } finally {
    machine.frame = outer
  }
}

export function declareImport(machine: Machine, { names, module, start }: { names: readonly Imported[]; module: string; start: number }): void {
  for (const { source, local } of names) {
    if (local === '*') continue
    const outside: Value = source.startsWith('.')
      ? global(source.replace(/^\.+/, 'local.'))
      : globalValue(machine, source, { start: 0, end: 0 })
    machine.assign(local, linked(machine, { source, module, start }) ?? outside)
  }
}
