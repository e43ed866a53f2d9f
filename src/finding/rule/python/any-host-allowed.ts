import type { SetEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { onValue } from '../../fix/python/call.ts'
import { fromEnvironment, quoted } from '../../fix/python/literal.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

function check({ name, value }: SetEvent): Report | undefined {
  return name === 'ALLOWED_HOSTS' && value.items?.kind === 'list' && value.items.values.some((item) => constantOf(item) === '*')
    ? reportAt('habit')
    : undefined
}

export const anyHostAllowed = defineRule({
  id: 'python/any-host-allowed',
  title: 'Every host name accepted',
  cwe: 644,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message: "The server believes any `Host` header: password-reset links and caches then carry the attacker's name. List your own hosts.",
  listeners: [onSet((name) => name === 'ALLOWED_HOSTS', check)],
  fixes: [
    {
      title: 'The host names come from the variable ALLOWED_HOSTS of the environment, with commas in between.',
      behaviour: 'may-change',
      edit: onValue((value, site) => {
        const hosts = fromEnvironment(site, 'ALLOWED_HOSTS', value)
        return hosts && [...hosts.edits, site.replace(value, `${hosts.text}.split(${quoted(site, ',')})`)]
      }),
    },
  ],
})
