import type { CompareEvent, SetEvent } from '../../engine/event.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { secretFromEnvironment } from '../../fix/javascript/process-environment.ts'
import type { Expression } from '../../ir/expression.ts'
import { nameIn } from '../expression.ts'
import { reportAt } from '../judge.ts'
import { isPasswordName, isSecretName, looksInvented, looksSecret } from '../name.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

function check({ name, value, expression, owner, how }: SetEvent): Report | undefined {
  const text = textOf(value)
  if (!isSecretName(name) || expression.kind !== 'literal' || text === undefined || text.length < 3) return undefined
  // Words shown to people, paths, selectors and the names of things are no secrets.
  if (/\s|^[/$<{%#.]|^https?:|[{}<>]/.test(text) || looksInvented(text, name)) return reportAt('low')
  if (how === 'attribute' && owner?.type === 'dom.Element') return undefined
  if (isPasswordName(name)) return reportAt(looksSecret(text) ? 'medium' : /^[a-z]+([A-Z][a-z]*)*$/.test(text) ? 'low' : 'habit')
  return looksSecret(text) ? reportAt('medium') : reportAt('low')
}

/** `if (password === 'letmein')` */
function checkCompare({ operator, left, right, leftExpression, rightExpression }: CompareEvent): Report | undefined {
  if (operator !== '==' && operator !== '!=') return undefined
  return compared(leftExpression, right) ?? compared(rightExpression, left)
}

function compared(expression: Expression, value: Value): Report | undefined {
  const text = textOf(value)
  const name = nameIn(expression)
  if (!isPasswordName(name) || text === undefined || text.length < 3 || expression.kind === 'call') return undefined
  return looksInvented(text, name) && !/^(password|secret|admin|test|guest)$/i.test(text) ? undefined : reportAt('medium')
}

export const hardcodedPassword = defineRule({
  id: 'javascript/hardcoded-password',
  title: 'Password in the source',
  cwe: 798,
  owasp: 'A07:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The password stands in the source: whoever reads the code, its history or a build of it has it. Read it from the environment or a secret store, and change this one.',
  listeners: [onSet(isSecretName, check), { on: 'compare', check: checkCompare }],
  fixes: [secretFromEnvironment],
})
