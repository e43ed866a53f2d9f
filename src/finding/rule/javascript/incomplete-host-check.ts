import { childOf } from '../../../syntax/tree.ts'
import type { CallEvent } from '../../engine/event.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/javascript/call.ts'
import { plainText, quoted } from '../../fix/javascript/literal.ts'
import { patternIn } from '../../model/javascript/regex.ts'
import { endsAtHost, isCollection, namesHost } from '../host-name.ts'
import { admitsOtherHosts } from '../host-pattern.ts'
import { reportAt } from '../judge.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const about = /url|host|domain|origin|referr?er|link|href|location|redirect|uri/i

const isAddress = (value: Value | undefined): value is Value =>
  value !== undefined &&
  (value.aspect === 'host' || value.taints.some(({ origin }) => about.test(nameOfOrigin(origin)) || about.test(origin.label)))

function check({ receiver, positional, last, node }: CallEvent): Report | undefined {
  const object = node.callee.kind === 'attribute' ? node.callee.object : undefined
  const [asked] = positional
  if (!isAddress(receiver) || isCollection(receiver, object) || asked === undefined) return undefined
  const named = namesHost(asked, node.arguments[0]?.value)
  if (last === 'includes') return named ? reportAt('medium') : undefined
  // `hostname.endsWith(domain)`: without a dot before it, `evil-example.com` ends with `example.com`.
  const open = textOf(asked) !== undefined || receiver.aspect === 'host'
  if (last === 'endsWith') return named && open ? reportAt('medium') : undefined
  return endsAtHost(asked) || (named && receiver.aspect === 'host') ? reportAt('medium') : undefined
}

/** `/^https:\/\/www.example.com/`: the dots stand for anything, and the name may go on. */
function checkPattern({ receiver, positional, last, node }: CallEvent): Report | undefined {
  const [given, subject] = last === 'match' ? [positional[0], receiver] : [receiver, positional[0]]
  if (!isAddress(subject)) return undefined
  const pattern = patternIn(given)
  const ofHost = subject.aspect === 'host'
  if (pattern !== undefined) return admitsOtherHosts(pattern, { whole: pattern.startsWith('^'), ofHost }) ? reportAt('medium') : undefined
  const source = given?.type === 'RegExp' && given.items?.kind === 'map' ? given.items.entries.get('source') : given
  return namesHost(source, last === 'match' ? node.arguments[0]?.value : undefined) || endsAtHost(source) ? reportAt('medium') : undefined
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
