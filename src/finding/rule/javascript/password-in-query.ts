import type { SetEvent } from '../../engine/event.ts'
import { isPasswordName } from '../name.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

function check({ value }: SetEvent): Report | undefined {
  const taint = value.taints.find(
    ({ origin }) =>
      origin.kind === 'user' &&
      /Request\.query\.\w+$|searchParams/.test(origin.key) &&
      isPasswordName(origin.key.slice(origin.key.lastIndexOf('.') + 1)),
  )
  return taint === undefined ? undefined : reportAt('habit', taint)
}

export const passwordInQuery = defineRule({
  id: 'javascript/password-in-query',
  title: 'Password in an address',
  cwe: 598,
  owasp: 'A04:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A password in the address stays in histories, logs of servers and proxies, and `Referer` headers. Take it from the body of a POST request.',
  listeners: [onSet(isPasswordName, check)],
})
