import type { CallEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { resolved } from '../../engine/taint.ts'
import { constantOf, formsOf, textOf, type Value } from '../../engine/value.ts'
import { judge, type Levels, reportAt } from '../judge.ts'
import { optionIn } from '../option.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const addresses = /url|uri|link|host|domain|address|endpoint|server|site|target|callback|webhook|feed/i
const levels: Levels = { user: 'high', network: 'low', parameter: 'medium' }
const built: Levels = { user: 'high', network: 'low', parameter: 'low' }

/** Behind a host of ours a value only chooses the page. */
function check({ value, variant, call }: SinkEvent, machine: Machine): Report | undefined {
  const address = addressIn(value)
  const forms = formsOf(address)
  const open = machine.exposed(address, 'ssrf')
  if (forms !== undefined && forms.every((form) => typeof form[0] === 'string' && /^([a-z+]+:\/\/[^/?#]+[/?#]|\/[^/])/i.test(form[0])))
    return undefined
  if (open.some((taint) => (machine.safetyOf(taint) & resolved) !== 0)) return followsRedirects(call) ? reportAt('low', open[0]) : undefined
  const named = open.filter(({ origin }) => origin.kind !== 'parameter' || addresses.test(nameOfOrigin(origin)))
  // Only a page that the server itself opens is its request.
  return judge(
    variant === 'connection' ? named.filter(({ origin }) => origin.kind === 'user') : named,
    forms?.some((form) => form.length > 1) === true ? built : levels,
  )
}

/** A checked address is left again by the first redirect. */
function followsRedirects({ positional }: CallEvent): boolean {
  const options = positional.find(({ items }) => items?.kind === 'map')
  return constantOf(optionIn(options, 'maxRedirects')) !== 0 && !/^(manual|error)$/.test(textOf(optionIn(options, 'redirect')) ?? '')
}

/** `{ url }`, `{ uri }`, `{ host }` */
function addressIn(value: Value): Value {
  if (value.items?.kind !== 'map') return value
  const { entries, rest } = value.items
  for (const name of ['url', 'uri', 'baseURL', 'hostname', 'host']) {
    const entry = entries.get(name)
    if (entry !== undefined) return entry
  }
  return rest ?? { ...value, taints: [] }
}

export const ssrf = defineRule({
  id: 'javascript/ssrf',
  title: 'Request to an address from outside',
  cwe: 918,
  owasp: 'A10:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The server fetches an address that somebody else chose: `http://169.254.169.254/` and internal services answer it. Compare `new URL(address).hostname` with a fixed list, or resolve it, refuse private addresses and connect to the address that was checked, without following redirects.',
  listeners: [onSink('ssrf', check)],
})
