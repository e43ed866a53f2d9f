import type { Program } from '../ir/statement.ts'
import type { FunctionNode, Parameter } from '../ir/statement.ts'
import type { Expression } from '../ir/expression.ts'
import type { Entry } from './declare.ts'
import { evaluate } from './evaluate.ts'
import { execute } from './execute.ts'
import { newFrame } from './frame.ts'
import { bind, reached, run, takesSelf } from './local-call.ts'
import { BudgetSpent, type Hit, Machine } from './machine.ts'
import type { Registry } from './registry.ts'
import type { SourceKind } from './taint.ts'
import { derived, listOf, mapOf, nothing, type Value } from './value.ts'

export interface Analysis {
  readonly hits: readonly Hit[]
  /** What stopped the run before its end. */
  readonly incomplete: string | undefined
  readonly steps: number
}

/** Steps a file may take: results must not depend on how fast a machine is. */
export function stepLimit(text: string): number {
  return 20_000 + 40 * text.length
}

/** Runs a program abstractly: the module, then each function as the outside would call it. */
export function analyse(program: Program, options: { text: string; registry: Registry }): Analysis {
  const machine = new Machine(options.registry, options.text, stepLimit(options.text))
  let incomplete = program.truncated ? 'nested too deeply' : undefined
  try {
    execute(machine, program.body)
    machine.live = true
    runEntries(machine)
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error
    incomplete = 'step budget spent'
  }
  return { hits: machine.hits, incomplete, steps: machine.steps }
}

// Constructors first: they fill the fields that methods read. Then what nobody in the file calls, then the rest unless it was reached.
function runEntries(machine: Machine): void {
  for (let next = 0; next < machine.entries.length;) {
    const batch = machine.entries.slice(next)
    next = machine.entries.length
    const rank = ({ function: node, route }: Entry) =>
      isConstructor(node) ? 0 : route !== undefined ? 1 : node.name.startsWith('_') ? 3 : 2
    for (const entry of batch.sort((a, b) => rank(a) - rank(b))) {
      if (entry.route !== undefined || !reached(machine).has(entry.function)) runEntry(machine, entry)
    }
  }
}

const isConstructor = (node: FunctionNode) => /^(__init__|constructor|__post_init__|setUp)$/.test(node.name)

function runEntry(machine: Machine, entry: Entry): void {
  const { function: node, owner, route, frame: parent } = entry
  const frame = newFrame({
    parent,
    function: node,
    class: owner,
    answers: route !== undefined ? route.body : takesRequest(machine, node) ? 'request' : undefined,
  })
  run(machine, { function: node, frame, bind: () => bindOutside(machine, entry) })
}

function takesRequest(machine: Machine, node: FunctionNode): boolean {
  return node.parameters
    .slice(0, 2)
    .some(({ target }) => target.kind === 'name' && machine.registry.parameters.get(target.name) === 'http.Request')
}

function bindOutside(machine: Machine, { function: node, owner, route }: Entry): void {
  for (const [i, parameter] of node.parameters.entries()) {
    if (i === 0 && owner !== undefined && takesSelf(node)) bind(machine, parameter, { ...nothing, instance: owner })
    else
      bind(
        machine,
        parameter,
        fromOutside(machine, parameter, { node, kind: route !== undefined ? 'user' : node.name === '' ? 'unknown' : 'parameter' }),
      )
  }
}

const harmless = /^(int|float|bool|complex|UUID|uuid\.UUID|Decimal|datetime|date|timedelta|Enum|number|boolean)$/

/** What a caller may pass: anything, except where the type is enforced (`enforced`: by the framework that calls). */
function fromOutside(machine: Machine, parameter: Parameter, options: { node: FunctionNode; kind: SourceKind }): Value {
  const { node, kind } = options
  const name = parameter.target.kind === 'name' ? parameter.target.name : 'pattern'
  const annotation = parameter.annotation === undefined ? undefined : typeNameOf(machine, parameter.annotation)
  const type = (annotation === undefined ? undefined : machine.registry.parameters.get(annotation)) ?? machine.registry.parameters.get(name)
  if (type !== undefined) return { ...nothing, type }
  if (kind === 'user' && (injected(parameter.fallback) || harmless.test(annotation ?? ''))) return { ...nothing, type: 'int' }
  const label = kind === 'user' ? `\`${name}\` of the request` : `parameter \`${name}\``
  const source = machine.source(kind, { key: `${node.start}.${name}`, label, span: parameter })
  // A type that nobody enforces is a promise, no check.
  const value = harmless.test(annotation ?? '') ? derived([source], { weak: true }) : source
  if (parameter.kind === 'rest') return listOf([], value)
  return parameter.kind === 'keywords' ? mapOf(new Map(), value) : { ...value, type: annotation === 'bytes' ? 'bytes' : undefined }
}

// FastAPI's `Depends(...)` is the application's own.
function injected(fallback: Expression | undefined): boolean {
  return fallback?.kind === 'call' && fallback.callee.kind === 'name' && /^(Depends|Security|inject)$/.test(fallback.callee.name)
}

function typeNameOf(machine: Machine, annotation: Expression): string | undefined {
  const { target } = evaluate(machine, annotation)
  if (target?.kind === 'global') return target.name
  if (target?.kind === 'method') return target.name
  return annotation.kind === 'name' ? annotation.name : annotation.kind === 'attribute' ? annotation.name : undefined
}
