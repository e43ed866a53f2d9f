import { childOf } from '../../../syntax/tree.ts'
import type { CallEvent } from '../../engine/event.ts'
import { formsOf, textOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/javascript/call.ts'
import { plainText, quoted } from '../../fix/javascript/literal.ts'
import { patternIn } from '../../model/javascript/regex.ts'
import { nameIn } from '../expression.ts'
import { reportAt } from '../judge.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const hostName = /^([a-z0-9-]+\.)+(com|org|net|io|dev|app|co|edu|gov|info|biz|[a-z]{2}\.[a-z]{2})$/i
const about = /url|host|domain|origin|referr?er|link|href|location|redirect|uri/i

const isAddress = (value: Value | undefined) =>
  value !== undefined &&
  (value.aspect === 'host' || value.taints.some(({ origin }) => about.test(nameOfOrigin(origin)) || about.test(origin.label)))

const domainName = /^(allowed|trusted|base|root|my|our)?_?(domain|host)(_?name)?$/i

function check({ receiver, positional, last, node }: CallEvent): Report | undefined {
  if (receiver?.items !== undefined || !isAddress(receiver)) return undefined
  const text = textOf(positional[0]) ?? ''
  const [other] = positional
  // `hostname.endsWith(domain)`: without a dot before it, `evil-example.com` ends with `example.com`.
  if (
    last === 'endsWith' &&
    receiver?.aspect === 'host' &&
    other !== undefined &&
    formsOf(other) === undefined &&
    domainName.test(nameIn(node.arguments[0]?.value))
  )
    return reportAt('medium')
  if (last === 'includes' && other !== undefined && formsOf(other) === undefined && domainName.test(nameIn(node.arguments[0]?.value)))
    return reportAt('medium')
  if (last === 'startsWith') return /^https?:\/\/([a-z0-9-]+\.)+[a-z]{2,}$/i.test(text) ? reportAt('medium') : undefined
  return hostName.test(text) ? reportAt('medium') : undefined
}

/** `/^https:\/\/www.example.com/`: the dots stand for anything, and the name may go on. */
function checkPattern({ receiver, positional, last }: CallEvent): Report | undefined {
  const [pattern, subject] = last === 'match' ? [patternIn(positional[0]), receiver] : [patternIn(receiver), positional[0]]
  if (pattern === undefined || !isAddress(subject)) return undefined
  return /(^|[/^(|.])[a-z0-9-]+\.(com|org|net|io|dev|app)\b/i.test(pattern.replaceAll('\\/', '/')) ? reportAt('medium') : undefined
}

export const incompleteHostCheck = defineRule({
  id: 'javascript/incomplete-host-check',
  title: 'Host checked by a part of the address',
  cwe: 20,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The address passes when the name merely occurs in it: `https://example.com.evil.org` and `https://evil.org/?example.com` pass too. Compare `new URL(address).hostname` whole, or its end with a leading dot.',
  listeners: [onCall(['*.includes', '*.startsWith', '*.endsWith'], check), onCall(['*.match', '*.test', 'RegExp.test'], checkPattern)],
  fixes: [
    {
      title: 'The host is compared as a whole, or with a dot before it.',
      behaviour: 'stricter',
      edit: fixCall(({ site, node, callee, last, arguments: given }) => {
        const [argument] = given
        const host = plainText(site, argument)
        const receiver = childOf(callee, 'object')
        if (host === undefined || argument === undefined || receiver === undefined) return []
        if (last === 'startsWith') return [site.insert(argument.end - 1, '/')]
        const name = site.textOf(receiver)
        return last === 'endsWith'
          ? [site.replace(node, `(${name} === ${quoted(site, host)} || ${name}.endsWith(${quoted(site, `.${host}`)}))`)]
          : []
      }),
    },
  ],
})
