import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { CompareEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { Modules } from '../../fix/javascript/import.ts'
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
  fixes: [
    {
      title: 'The comparison takes as long whatever differs (`timingSafeEqual`, over hashes of equal length).',
      behaviour: 'stricter',
      edit: (site) => {
        const [left, right, operator] = ['left', 'right', 'operator'].map((field) => childOf(site.node, field))
        const modules = new Modules(site)
        const [equal, hash] = [modules.use('crypto', 'timingSafeEqual'), modules.use('crypto', 'createHash')]
        if (left === undefined || right === undefined || operator === undefined || equal === undefined || hash === undefined) return []
        // Two members of a module that is not imported yet come in one line.
        const imports =
          equal.edits.length > 0 && hash.edits.length > 0
            ? equal.edits.map((edit) => ({ ...edit, text: edit.text.replace('timingSafeEqual', 'createHash, timingSafeEqual') }))
            : [...equal.edits, ...hash.edits]
        const digest = (node: SyntaxNode) => `${hash.text}('sha256').update(String(${site.textOf(node)})).digest()`
        return [
          [
            ...imports,
            site.replace(site.node, `${operator.type.startsWith('!') ? '!' : ''}${equal.text}(${digest(left)}, ${digest(right)})`),
          ],
        ]
      },
    },
  ],
})
