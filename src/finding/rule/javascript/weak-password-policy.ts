import type { CompareEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { passwordLength } from '../../fix/password-length.ts'
import type { Expression } from '../../ir/expression.ts'
import { nameIn } from '../expression.ts'
import { reportAt } from '../judge.ts'
import { isPasswordName } from '../name.ts'
import { defineRule, type Report } from '../rule.ts'

function check({ operator, leftExpression, right }: CompareEvent): Report | undefined {
  const bound = constantOf(right)
  if (typeof bound !== 'number' || !measuresPassword(leftExpression)) return undefined
  const least = operator === '<' || operator === '>=' ? bound : operator === '<=' || operator === '>' ? bound + 1 : undefined
  return least !== undefined && least > 1 && least < 8 ? reportAt('habit') : undefined
}

const measuresPassword = (expression: Expression) =>
  expression.kind === 'attribute' && expression.name === 'length' && isPasswordName(nameIn(expression.object))

export const weakPasswordPolicy = defineRule({
  id: 'javascript/weak-password-policy',
  title: 'Password that may be too short',
  cwe: 521,
  owasp: 'A07:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message: 'Passwords of fewer than eight characters fall in minutes. Ask for at least eight (better twelve), and refuse known ones.',
  listeners: [{ on: 'compare', check }],
  fixes: [passwordLength],
})
