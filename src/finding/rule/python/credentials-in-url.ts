import type { SinkEvent } from '../../engine/event.ts'
import { formsOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value }: SinkEvent): Report | undefined {
  return formsOf(value)?.some((form) =>
    /^[a-z]+:\/\/[^/@\s:]+:[^/@\s]+@|[?&](password|passwd|api_?key|secret|access_token)=/i.test(
      form.map((part) => (typeof part === 'string' ? part : 'x')).join(''),
    ),
  ) === true
    ? reportAt('habit')
    : undefined
}

export const credentialsInUrl = defineRule({
  id: 'python/credentials-in-url',
  title: 'Credentials in an address',
  cwe: 522,
  owasp: 'A07:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message: 'The password is part of the address: it ends in logs, histories and the `Referer` header. Send it in a header or the body.',
  listeners: [onSink('ssrf', check)],
})
