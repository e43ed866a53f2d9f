import type { CompareEvent, SetEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { passwordLength } from '../../fix/password-length.ts'
import type { Expression } from '../../ir/expression.ts'
import { reportAt } from '../judge.ts'
import { isPasswordName } from '../name.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

function check({ operator, leftExpression, right }: CompareEvent): Report | undefined {
  const bound = constantOf(right)
  if (typeof bound !== 'number' || !measuresPassword(leftExpression)) return undefined
  const least = operator === '<' || operator === '>=' ? bound : operator === '<=' || operator === '>' ? bound + 1 : undefined
  return least !== undefined && least > 1 && least < 8 ? reportAt('habit') : undefined
}

function measuresPassword(expression: Expression): boolean {
  const [argument] =
    expression.kind === 'call' && expression.callee.kind === 'name' && expression.callee.name === 'len' ? expression.arguments : []
  return (
    argument !== undefined && (argument.value.kind === 'name' || argument.value.kind === 'attribute') && isPasswordName(argument.value.name)
  )
}

const checkSet = ({ name, value }: SetEvent): Report | undefined =>
  name === 'AUTH_PASSWORD_VALIDATORS' && value.items?.kind === 'list' && value.items.values.length === 0 ? reportAt('habit') : undefined

export const weakPasswordPolicy = defineRule({
  id: 'python/weak-password-policy',
  title: 'Password that may be too short',
  cwe: 521,
  owasp: 'A07:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message: 'Passwords of fewer than eight characters fall in minutes. Ask for at least eight (better twelve), and refuse known ones.',
  listeners: [{ on: 'compare', check }, onSet((name) => name === 'AUTH_PASSWORD_VALIDATORS', checkSet)],
  fixes: [passwordLength],
})
