import type { Program } from '../ir/statement.ts'
import type { FunctionNode } from '../ir/statement.ts'
import type { Entry } from './declare.ts'
import { execute } from './execute.ts'
import { newFrame } from './frame.ts'
import { bind, reached, run, takesSelf } from './local-call.ts'
import { BudgetSpent, type Hit, Machine } from './machine.ts'
import { fromOutside, takesRequest } from './outside.ts'
import type { Beside } from './neighbour.ts'
import type { Registry } from './registry.ts'
import { nothing } from './value.ts'

export interface Analysis {
  readonly hits: readonly Hit[]
  /** What stopped the run before its end. */
  readonly incomplete: string | undefined
  /** Where it does what cannot be read off it, and how. */
  readonly hidden: ReadonlyMap<number, string>
  readonly steps: number
  /** An attacker's value was met. */
  readonly isAttacked: boolean
  /** An attacker's value is in what its functions return, or keep in an object. */
  readonly isGiving: boolean
  /** A value that others may have a say in reaches a place that matters. */
  readonly isOpen: boolean
}

export interface AnalyseOptions {
  readonly text: string
  readonly registry: Registry
  readonly beside?: Beside | undefined
  /** Steps that all of it may take with what is beside; without it those of each file. Where they do not suffice the file is read alone. */
  readonly stepsBeside?: number | undefined
  /** Reads a text of the program that it runs; none where it cannot be read. */
  readonly read?: ((text: string) => Program | undefined) | undefined
}

/** Steps a file may take: results must not depend on how fast a machine is. */
export function stepLimit(text: string): number {
  return 20_000 + 40 * text.length
}

/** Runs a program abstractly: the module, then each function as the outside would call it. */
export function analyse(program: Program, options: AnalyseOptions): Analysis {
  const { text, registry, beside, stepsBeside, read } = options
  const machine = new Machine(registry, text, { stepLimit: stepsBeside ?? stepLimit(text), isFixed: stepsBeside !== undefined, beside, read })
  let incomplete = program.truncated ? 'nested too deeply' : undefined
  try {
    execute(machine, program.body)
    machine.live = true
    runEntries(machine)
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error
    // What other files add must not take away what this one says alone.
    if (machine.loaded.size > 0 || stepsBeside !== undefined) return analyse(program, { ...options, beside: undefined, stepsBeside: undefined })
    incomplete = 'step budget spent'
  }
  return { hits: machine.hits, incomplete, hidden: machine.hidden, steps: machine.steps, isAttacked: machine.isAttacked, isGiving: machine.isGiving, isOpen: machine.isOpen }
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

function bindOutside(machine: Machine, { function: node, owner, route }: Entry): void {
  const { handler } = machine.registry.dialect.routes
  const own = handler?.name.test(node.name) === true ? handler.parameter : undefined
  for (const [i, parameter] of node.parameters.entries()) {
    if (i === 0 && owner !== undefined && takesSelf(node)) bind(machine, parameter, { ...nothing, instance: owner })
    else {
      const asked = route !== undefined || (parameter.target.kind === 'name' && own?.test(parameter.target.name) === true)
      bind(machine, parameter, fromOutside(machine, parameter, { node, kind: asked ? 'user' : node.name === '' ? 'unknown' : 'parameter' }))
    }
  }
}
