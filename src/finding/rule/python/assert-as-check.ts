import type { AssertEvent } from '../../engine/event.ts'
import type { Expression } from '../../ir/expression.ts'
import { reportAt } from '../judge.ts'
import { defineRule, type Report } from '../rule.ts'

function check({ test }: AssertEvent): Report | undefined {
  return namesIn(test).some((name) =>
    /^(is_)?(admin|superuser|staff|authenticated|authori[sz]ed|logged_in|permitted|has_perm(ission)?s?|owner|signature_valid)$/i.test(name),
  )
    ? reportAt('low')
    : undefined
}

function namesIn(expression: Expression): string[] {
  if (expression.kind === 'name' || expression.kind === 'attribute') return [expression.name]
  if (expression.kind === 'call') return namesIn(expression.callee)
  if (expression.kind === 'not') return namesIn(expression.operand)
  return expression.kind === 'compare' || expression.kind === 'logical' ? [...namesIn(expression.left), ...namesIn(expression.right)] : []
}

export const assertAsCheck = defineRule({
  id: 'python/assert-as-check',
  title: 'Check that optimisation removes',
  cwe: 617,
  owasp: 'A04:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    '`python -O` removes assertions, and this check with them: then nobody is stopped. Raise an error (`if not user.is_admin: raise PermissionError`).',
  listeners: [{ on: 'assert', check }],
  fixes: [
    {
      title: 'The check raises PermissionError, and stays when Python optimises.',
      behaviour: 'may-change',
      edit: (site) => {
        const [test, message] = site.node.children.filter(({ named }) => named)
        const indentation = site.indentationAt(site.node.start)
        if (test === undefined || indentation === undefined) return []
        const condition = /^(?:call|attribute|identifier|subscript|parenthesized_expression)$/.test(test.type)
          ? site.textOf(test)
          : `(${site.textOf(test)})`
        const unit = indentation.includes('\t') ? '\t' : '    '
        return [
          [
            site.replace(
              site.node,
              `if not ${condition}:${site.lineEnd}${indentation}${unit}raise PermissionError${message === undefined ? '' : `(${site.textOf(message)})`}`,
            ),
          ],
        ]
      },
    },
  ],
})
