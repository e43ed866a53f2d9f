import type { CallEvent } from '../../engine/event.ts'
import type { Expression } from '../../ir/expression.ts'
import { isPasswordName } from '../name.ts'
import { textOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** `INSERT INTO users ... VALUES (?, ?)` with a password among the values, or a file that gets one. */
function check({ positional, node }: CallEvent): Report | undefined {
  const [statement, values] = node.arguments
  if (!/^\s*(insert|update)\b/i.test(textOf(positional[0]) ?? '') || statement === undefined || values?.value.kind !== 'collection')
    return undefined
  return values.value.items.some((item) => isPassword(item.value)) ? reportAt('habit') : undefined
}

function checkWrite({ node }: CallEvent): Report | undefined {
  const value = node.arguments[0]?.value
  const written =
    value === undefined
      ? []
      : value.kind === 'template'
        ? value.parts.filter((part) => typeof part !== 'string')
        : value.kind === 'binary'
          ? [value.left, value.right]
          : [value]
  return written.some(isPassword) ? { ...reportAt('habit'), cwe: 312 } : undefined
}

const isPassword = (expression: Expression) =>
  (expression.kind === 'name' || expression.kind === 'attribute') &&
  isPasswordName(expression.name) &&
  !/hash|crypt|digest|salt/i.test(expression.name)

export const storedPassword = defineRule({
  id: 'python/stored-password',
  title: 'Password kept in the clear',
  cwe: 256,
  owasp: 'A04:2021',
  severity: 'medium',
  confidence: 'low',
  tier: 'hygiene',
  message: 'A password is stored as it is: whoever reads the store has every account. Store only `argon2` or `bcrypt` hashes of it.',
  listeners: [onCall(['*.execute'], check), onCall(['*.write', '*.writelines'], checkWrite)],
})
