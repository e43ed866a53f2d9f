import type { CompareEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import type { Expression } from '../../ir/expression.ts'
import { reportAt } from '../judge.ts'
import { defineRule, type Report } from '../rule.ts'

const secret =
  /^(.*_)?(signature|hmac|mac|digest|csrf|csrf_?token|api_?key|auth_?token|access_?token|session_?token|reset_?token|token_?hash|password_?hash|hashed_?password|expected_?sig(nature)?)$/i

function check({ operator, left, right, leftExpression, rightExpression }: CompareEvent): Report | undefined {
  if (operator !== '==' && operator !== '!=') return undefined
  if (constantOf(left) !== undefined || constantOf(right) !== undefined) return undefined
  return isSecret(left, leftExpression) || isSecret(right, rightExpression) ? reportAt('habit') : undefined
}

function isSecret(value: Value, expression: Expression): boolean {
  const name = expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : ''
  return secret.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2')) || value.type === 'digest'
}

export const timingComparison = defineRule({
  id: 'javascript/timing-comparison',
  title: 'Secret compared byte by byte',
  cwe: 208,
  owasp: 'A02:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    '`===` stops at the first difference: from the time it takes an attacker learns the value piece by piece. Compare buffers of equal length with `crypto.timingSafeEqual`.',
  listeners: [{ on: 'compare', check }],
})
