import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf } from '../../engine/value.ts'
import { ownRedirect } from '../../fix/python/own-redirect.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

/** After `/page` or `https://ours/` the value can no longer choose the host. */
function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  const fixed = formsOf(value)?.every((form) => typeof form[0] === 'string' && /^(\/[^/\\]|[a-z]+:\/\/[^/?#]+[/?#]|\?|#)/i.test(form[0]))
  if (fixed === true) return undefined
  const named = machine
    .exposed(value, 'redirect')
    .filter(({ origin }) => origin.kind !== 'parameter' || /url|next|redirect|target|dest|return|link|goto|continue/i.test(origin.label))
  return judge(named, { user: 'high', parameter: 'medium' })
}

export const openRedirect = defineRule({
  id: 'python/open-redirect',
  title: 'Redirect to an address from outside',
  cwe: 601,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The browser is sent wherever a request says: a link to this site then leads to a forged login page. Redirect to names of your own routes, or require a host of yours (`url_has_allowed_host_and_scheme`).',
  listeners: [onSink('redirect', check)],
  fixes: [ownRedirect],
})
