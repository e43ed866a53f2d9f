import type { CompareEvent, SetEvent } from '../../engine/event.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { secretFromEnvironment } from '../../fix/python/from-environment.ts'
import type { Expression } from '../../ir/expression.ts'
import { reportAt } from '../judge.ts'
import { isPasswordName, isSecretName, looksInvented, looksSecret } from '../name.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

function check({ name, value, expression, how }: SetEvent): Report | undefined {
  if (!isSecretName(name) || !isWritten(expression)) return undefined
  const text = textOf(value)
  if (text === undefined || text.length < 3) return undefined
  if (/\s|^[/$<{%]|^https?:|[{}<>]/.test(text) || looksInvented(text, name)) return reportAt('low')
  if (isPasswordName(name))
    return reportAt(looksSecret(text) || how === 'keyword' || how === 'fallback' || how === 'variable' ? 'medium' : 'habit')
  return looksSecret(text) ? reportAt('medium') : reportAt('low')
}

// What comes from elsewhere is no literal here, even where its value is known.
const isWritten = (expression: Expression) =>
  expression.kind === 'literal' ||
  (expression.kind === 'call' &&
    expression.callee.kind === 'attribute' &&
    expression.callee.name === 'encode' &&
    expression.callee.object.kind === 'literal')

/** `if password == "letmein"` */
function checkCompare({ operator, left, right, leftExpression, rightExpression }: CompareEvent): Report | undefined {
  if (operator !== '==' && operator !== '!=') return undefined
  return compared(leftExpression, right) ?? compared(rightExpression, left)
}

function compared(expression: Expression, value: Value): Report | undefined {
  const name =
    expression.kind === 'name' || expression.kind === 'attribute'
      ? expression.name
      : expression.kind === 'index' && expression.index.kind === 'literal'
        ? String(expression.index.value)
        : ''
  const text = textOf(value)
  return isPasswordName(name) && text !== undefined && text.length > 2 && !/^(__main__|POST|GET|none|null|true|false)$/i.test(text)
    ? reportAt('medium')
    : undefined
}

export const hardcodedPassword = defineRule({
  id: 'python/hardcoded-password',
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
