import type { CallEvent, CompareEvent } from '../../engine/event.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { plainText, quoted } from '../../fix/python/literal.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const hostName = /^([a-z0-9-]+\.)+[a-z]{2,}$/i
const listed = (value: Value | undefined) => (value?.items?.kind === 'list' ? value.items.values : value === undefined ? [] : [value])

function checkEnd({ positional, receiver }: CallEvent): Report | undefined {
  if (receiver === undefined || receiver.taints.length === 0) return undefined
  const about =
    receiver.aspect === 'host' || receiver.taints.some(({ origin }) => /url|host|domain|origin|netloc|referer/i.test(origin.key))
  return about &&
    listed(positional[0]).some(
      (item) =>
        hostName.test(textOf(item) ?? '') &&
        !/\.(py|js|txt|json|html?|xml|csv|png|jpe?g|gif|pdf|zip|gz|md|log|cfg|ini|yml|yaml|exe|sh)$/.test(textOf(item) ?? ''),
    )
    ? reportAt('medium')
    : undefined
}

function checkStart({ positional, receiver }: CallEvent): Report | undefined {
  if (receiver === undefined || receiver.taints.length === 0) return undefined
  return listed(positional[0]).some((item) => /^https?:\/\/([a-z0-9-]+\.)+[a-z]{2,}$/i.test(textOf(item) ?? ''))
    ? reportAt('medium')
    : undefined
}

/** `'example.com' in url` */
function checkIn({ operator, left, right }: CompareEvent): Report | undefined {
  if (operator !== 'in' || right.items !== undefined || right.taints.length === 0 || !hostName.test(textOf(left) ?? '')) return undefined
  return right.aspect === 'host' || right.taints.some(({ origin }) => /url|host|domain|origin|referer/i.test(origin.key))
    ? reportAt('medium')
    : undefined
}

export const incompleteHostCheck = defineRule({
  id: 'python/incomplete-host-check',
  title: 'Host checked by its ending or beginning',
  cwe: 20,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The address passes when it merely begins or ends with the name: `https://example.com.evil.org` and `evilexample.com` pass too. Take the host out with `urlparse(url).hostname` and compare it whole, or with a leading dot.',
  listeners: [onCall(['*.endswith'], checkEnd), onCall(['*.startswith'], checkStart), { on: 'compare', check: checkIn }],
  fixes: [
    {
      title: 'The host is compared as a whole, or with a dot before it.',
      behaviour: 'stricter',
      edit: fixCall((call) => {
        const { site, node, receiver } = call
        const [argument] = call.arguments
        const host = plainText(site, argument?.value)
        if (host === undefined || argument === undefined || receiver === undefined) return []
        if (call.last === 'startswith') return [site.insert(argument.value.end - 1, '/')]
        const name = site.textOf(receiver)
        return [site.replace(node, `(${name} == ${quoted(site, host)} or ${name}.endswith(${quoted(site, `.${host}`)}))`)]
      }),
    },
  ],
})
