import type { Expression } from '../ir/expression.ts'
import { depthLimit } from '../frontend/frontend.ts'
import { evaluateAttribute, evaluateIndex, evaluateName, evaluateSlice, store } from './access.ts'
import { evaluateBinary, evaluateUnary } from './arithmetic.ts'
import { evaluateCollection, evaluateComprehension } from './collection.ts'
import { evaluateCompare } from './compare.ts'
import { declareClass, declareFunction } from './declare.ts'
import { evaluateCall } from './call.ts'
import { branch, evaluateLogical, negate } from './condition.ts'
import { BudgetSpent, type Machine, shownIn } from './machine.ts'
import { concatenate, constant, derived, joinAll, truthOf, type Value } from './value.ts'

/** The value of an expression, with all that happens on the way. */
export function evaluate(machine: Machine, expression: Expression): Value {
  machine.step()
  // Calls of functions stack on top of nesting; too much of both together is as good as no budget left.
  if (machine.depth > depthLimit * 4) throw new BudgetSpent()
  machine.depth++
  try {
    return dispatch(machine, expression)
  } finally {
    machine.depth--
  }
}

function dispatch(machine: Machine, expression: Expression): Value {
  switch (expression.kind) {
    case 'literal':
      return constant(expression.value, expression.bytes === true ? 'bytes' : undefined)
    case 'template':
      return concatenate(expression.parts.map((part) => (typeof part === 'string' ? part : evaluate(machine, part))))
    case 'name':
      return evaluateName(machine, expression)
    case 'attribute':
      return evaluateAttribute(machine, expression)
    case 'index':
      return evaluateIndex(machine, expression)
    case 'slice':
      return evaluateSlice(machine, expression)
    case 'call':
      return evaluateCall(machine, expression)
    case 'binary':
      return evaluateBinary(machine, expression)
    case 'compare':
      return evaluateCompare(machine, expression)
    case 'logical':
      return evaluateLogical(machine, expression)
    case 'not':
      return negate(evaluate(machine, expression.operand))
    case 'unary':
      return evaluateUnary(machine, expression)
    case 'conditional':
      return evaluateConditional(machine, expression)
    case 'collection':
      return evaluateCollection(machine, expression)
    case 'comprehension':
      return evaluateComprehension(machine, expression)
    case 'function':
      return declareFunction(machine, expression.function)
    case 'class':
      return declareClass(machine, expression.class)
    case 'assign': {
      const value = evaluate(machine, expression.value)
      store(machine, expression.target, { value, expression: expression.value })
      return value
    }
    case 'await':
      return evaluate(machine, expression.operand)
    case 'unknown':
      return derived(
        expression.children.map((child) => evaluate(machine, child)),
        { weak: true },
      )
  }
}

function evaluateConditional(machine: Machine, expression: Extract<Expression, { kind: 'conditional' }>): Value {
  const test = evaluate(machine, expression.test)
  const truth = truthOf(test)
  const values: Value[] = []
  branch(machine, test, {
    whenTrue: () => void (truth !== false && values.push(shownIn(evaluate(machine, expression.consequence), machine.barriers))),
    whenFalse: () => void (truth !== true && values.push(shownIn(evaluate(machine, expression.otherwise), machine.barriers))),
  })
  return joinAll(values)
}
