import type { CallEvent, CompareEvent } from '../../engine/event.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { plainText, quoted } from '../../fix/python/literal.ts'
import { partsOf } from '../../model/python/regex.ts'
import { endsAtHost, isCollection, namesHost } from '../host-name.ts'
import { admitsOtherHosts } from '../host-pattern.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const hostName = /^([a-z0-9-]+\.)+[a-z]{2,}$/i
const fileEnding = /\.(py|js|txt|json|html?|xml|csv|png|jpe?g|gif|pdf|zip|gz|md|log|cfg|ini|yml|yaml|exe|sh)$/

const isAddress = (value: Value | undefined): value is Value =>
  value !== undefined &&
  value.taints.length > 0 &&
  (value.aspect === 'host' || value.taints.some(({ origin }) => /url|host|domain|origin|netloc|referr?er/i.test(origin.key)))

/** The texts of `endswith(('a', 'b'))`, and of what is known to hold more of them. */
function listed(value: Value | undefined): readonly Value[] {
  if (value?.items?.kind !== 'list') return value === undefined ? [] : [value]
  return value.items.rest === undefined ? value.items.values : [...value.items.values, value.items.rest]
}

function checkEnd({ positional, receiver, node }: CallEvent): Report | undefined {
  const [end] = positional
  if (!isAddress(receiver)) return undefined
  const isOpen = (item: Value) => {
    const text = textOf(item)
    return text === undefined ? namesHost(item, node.arguments[0]?.value) : hostName.test(text) && !fileEnding.test(text)
  }
  return listed(end).some(isOpen) ? reportAt('medium') : undefined
}

function checkStart({ positional, receiver, node }: CallEvent): Report | undefined {
  if (receiver === undefined || receiver.taints.length === 0) return undefined
  const isOpen = (item: Value) => endsAtHost(item) || (receiver.aspect === 'host' && namesHost(item, node.arguments[0]?.value))
  return listed(positional[0]).some(isOpen) ? reportAt('medium') : undefined
}

/** `'example.com' in url`, `any(host in url for host in hosts)` */
function checkIn({ operator, left, right, leftExpression, rightExpression }: CompareEvent): Report | undefined {
  if ((operator !== 'in' && operator !== 'not in') || !isAddress(right) || isCollection(right, rightExpression)) return undefined
  const text = textOf(left)
  return (text === undefined ? namesHost(left, leftExpression) : hostName.test(text)) ? reportAt('medium') : undefined
}

/** `url.find(host)` */
function checkFind({ positional, receiver, node }: CallEvent): Report | undefined {
  return isAddress(receiver) && !isCollection(receiver, receiverOf(node)) && namesHost(positional[0], node.arguments[0]?.value)
    ? reportAt('medium')
    : undefined
}

const receiverOf = ({ callee }: CallEvent['node']) => (callee.kind === 'attribute' ? callee.object : undefined)

/** `re.search(host, url)`, `re.match(r'https?://(.+\.)?example\.com', url)` */
function checkPattern(call: CallEvent): Report | undefined {
  const { pattern, subject } = partsOf(call)
  if (!isAddress(subject) || pattern === undefined) return undefined
  const text = textOf(pattern)
  const whole = call.last !== 'search' || text?.startsWith('^') === true
  const open =
    text === undefined
      ? call.last !== 'fullmatch' && (namesHost(pattern, call.node.arguments[0]?.value) || endsAtHost(pattern))
      : admitsOtherHosts(call.last === 'fullmatch' ? `${text}$` : text, { whole, ofHost: subject.aspect === 'host' })
  return open ? reportAt('medium') : undefined
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
  listeners: [
    onCall(['*.endswith'], checkEnd),
    onCall(['*.startswith'], checkStart),
    onCall(['*.find', '*.index', '*.rfind', '*.count'], checkFind),
    onCall(['match', 'search', 'fullmatch'].flatMap((name) => [`re.${name}`, `re.Pattern.${name}`]), checkPattern),
    { on: 'compare', check: checkIn },
  ],
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
