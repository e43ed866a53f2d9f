import type { SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

/** `https://${req.headers.host}/reset?token=...` */
function check({ value }: SetEvent, machine: Machine): Report | undefined {
  const link = formsOf(value)?.some((form) =>
    form.some((part) => typeof part === 'string' && /reset|verify|confirm|activate|token|invite|password/i.test(part)),
  )
  if (link !== true) return undefined
  const host = machine
    .exposed(value, 'trust')
    .find(({ origin }) => origin.kind === 'user' && /(headers\.host|\.hostname|\.host|x-forwarded-host|origin)$/i.test(origin.key))
  return host === undefined ? undefined : reportAt('medium', host)
}

export const hostHeader = defineRule({
  id: 'javascript/host-header',
  title: 'Link to wherever the request says',
  cwe: 640,
  owasp: 'A07:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "The link in the mail leads to the host that the request named: an attacker asks for somebody's reset with a `Host` of his own, and is sent the token when it is clicked. Take the host from the configuration.",
  listeners: [onSet((name) => /url|link|text|html|body|message|href|content|mail/i.test(name), check)],
})
