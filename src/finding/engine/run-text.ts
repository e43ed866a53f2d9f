import type { Span } from '../ir/expression.ts'
import { evaluate } from './evaluate.ts'
import { execute } from './execute.ts'
import type { Machine } from './machine.ts'
import { placed } from './neighbour.ts'
import { textsOf } from './reach.ts'
import { strength } from './taint.ts'
import { derived, joinAll, nothing, type Value } from './value.ts'

/** A parameter, or what an attacker sends: the rules tell of the text itself. */
const told = 4
const deepest = 3

/**
 * Runs a text as a program: one that is known is read like the file around it, and all of it stands where it is run. Where it is not known and no
 * rule says whose it is, the file hides what it does.
 */
export function runText(machine: Machine, text: Value, at: Span): Value {
  const texts = textsOf(text)
  if (texts !== undefined) return joinAll(texts.map((one) => runKnown(machine, one, at)))
  const open = machine.exposed(text, 'code')
  const isSafe = text.taints.length > 0 && open.length === 0
  if (!isSafe && !open.some((taint) => strength(taint) >= told)) machine.hide(at, 'runs a text that cannot be known')
  return derived([text])
}

function runKnown(machine: Machine, text: string, at: Span): Value {
  const program = machine.read?.(text)
  if (program === undefined || machine.textDepth >= deepest) {
    machine.hide(at, 'runs a text that cannot be read')
    return nothing
  }
  const { body } = placed(program, at)
  const { returns, live } = machine
  machine.returns = []
  machine.textDepth++
  try {
    const [only] = body
    if (body.length === 1 && only?.kind === 'expression') return evaluate(machine, only.expression)
    execute(machine, body)
    return joinAll(machine.returns.map(({ value }) => value))
  } finally {
    machine.textDepth--
    machine.returns = returns
    machine.live = live
  }
}
