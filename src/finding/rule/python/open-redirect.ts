import { argumentOf, type CallEvent, type ReturnEvent, type SetEvent, type SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, textOf, type Value } from '../../engine/value.ts'
import { ownRedirect } from '../../fix/python/own-redirect.ts'
import { judge } from '../judge.ts'
import { defineRule, onCall, onSet, onSink, type Report } from '../rule.ts'

const check = ({ value }: SinkEvent, machine: Machine): Report | undefined => checkValue(value, machine)

/** `self.send_header('Location', target)` */
function checkCall(call: CallEvent, machine: Machine): Report | undefined {
  const value = argumentOf(call, 1, 'value')
  return /^location$/i.test(textOf(call.positional[0]) ?? '') && value !== undefined ? checkValue(value, machine) : undefined
}

/** `response.headers['Location'] = target`, `response['Location'] = target`, `headers={'Location': target}` */
function checkSet({ name, how, owner, value, expression }: SetEvent, machine: Machine): Report | undefined {
  const location = how === 'keyword' ? locationIn(value) : isOfAnswer(name, how, owner) ? value : undefined
  const report = location && checkValue(location, machine)
  return report && { ...report, span: expression }
}

function isOfAnswer(name: string, how: SetEvent['how'], owner: Value | undefined): boolean {
  if (how !== 'key' || !/^location$/i.test(name)) return false
  return owner?.type === 'http.Response' || (owner?.target?.kind === 'method' && /^headers$/i.test(owner.target.name))
}

function locationIn(headers: Value | undefined): Value | undefined {
  return headers?.items?.kind === 'map' ? (headers.items.entries.get('Location') ?? headers.items.entries.get('location')) : undefined
}

/** `return '', 302, {'Location': target}` */
function checkReturn({ value, answers }: ReturnEvent, machine: Machine): Report | undefined {
  const headers = answers !== undefined && value.items?.kind === 'list' ? value.items.values.at(-1) : undefined
  const location = locationIn(headers)
  return location && checkValue(location, machine)
}

/** After `/page` or `https://ours/` the value can no longer choose the host. */
function checkValue(value: Value, machine: Machine): Report | undefined {
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
  listeners: [
    onSink('redirect', check),
    onCall(['*.send_header', '*.set_header', '*.add_header'], checkCall),
    onSet((name) => /^(location|headers)$/i.test(name), checkSet),
    { on: 'return', check: checkReturn },
  ],
  fixes: [ownRedirect],
})
