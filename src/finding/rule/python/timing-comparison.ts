import type { Edit } from '../../../records/finding.ts'
import type { CompareEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { Imports } from '../../fix/python/import.ts'
import type { Site } from '../../fix/site.ts'
import type { Expression } from '../../ir/expression.ts'
import { reportAt } from '../judge.ts'
import { defineRule, type Report } from '../rule.ts'

const secret =
  /^(.*_)?(signature|hmac|mac|digest|csrf|csrf_token|api_?key|auth_?token|access_?token|session_?token|reset_?token|token_?hash|password_?hash|hashed_password|expected_sig)$/i

function check({ operator, left, right, leftExpression, rightExpression }: CompareEvent): Report | undefined {
  if (operator !== '==' && operator !== '!=') return undefined
  if (constantOf(left) !== undefined || constantOf(right) !== undefined) return undefined
  return isSecret(left, leftExpression) || isSecret(right, rightExpression) ? reportAt('habit') : undefined
}

function isSecret(value: Value, expression: Expression): boolean {
  const name = expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : ''
  return secret.test(name) || (value.type === 'digest' && expression.kind === 'call')
}

function digestsCompared(site: Site): Edit[][] {
  const [left, operator, right, more] = site.node.children
  const compare = new Imports(site).use('hmac', 'compare_digest')
  if (
    site.node.type !== 'comparison_operator' ||
    left === undefined ||
    operator === undefined ||
    right === undefined ||
    more !== undefined ||
    compare === undefined
  )
    return []
  return [
    [
      ...compare.edits,
      site.replace(site.node, `${operator.type === '!=' ? 'not ' : ''}${compare.text}(${site.textOf(left)}, ${site.textOf(right)})`),
    ],
  ]
}

export const timingComparison = defineRule({
  id: 'python/timing-comparison',
  title: 'Secret compared byte by byte',
  cwe: 208,
  owasp: 'A02:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    '`==` stops at the first difference: from the time it takes an attacker learns the value piece by piece. Compare with `hmac.compare_digest`.',
  listeners: [{ on: 'compare', check }],
  fixes: [
    {
      title: 'The comparison takes as long whatever differs (`hmac.compare_digest`).',
      behaviour: 'stricter',
      edit: (site) =>
        /\b(?:hex)?digest\(\)/.test(site.textOf(site.node)) && !/\.get\(/.test(site.textOf(site.node)) ? digestsCompared(site) : [],
    },
    {
      title: 'The comparison takes as long whatever differs (`hmac.compare_digest`); what is missing or of another type raises TypeError.',
      behaviour: 'may-change',
      edit: digestsCompared,
    },
  ],
})
