import type { CallEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { resolved } from '../../engine/taint.ts'
import { constantOf, formsOf } from '../../engine/value.ts'
import { judge, reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

/** Behind a host of ours a value only chooses the page. */
function check({ value, variant, call }: SinkEvent, machine: Machine): Report | undefined {
  const open = machine.exposed(value, 'ssrf')
  const forms = formsOf(value)
  if (forms !== undefined && forms.every((form) => typeof form[0] === 'string' && /^[a-z+]+:\/\/[^/?#]+[/?#]/i.test(form[0])))
    return undefined
  if (open.some((taint) => (machine.safetyOf(taint) & resolved) !== 0)) return followsRedirects(call) ? reportAt('low', open[0]) : undefined
  const built = forms?.some((form) => form.length > 1) === true
  const named = open.filter(
    ({ origin }) =>
      origin.kind !== 'parameter' ||
      /url|uri|link|host|domain|address|endpoint|server|site|target|callback|webhook|image|feed|src/i.test(origin.label),
  )
  return judge(named, { user: 'high', network: 'medium', parameter: built || variant === 'connection' ? 'low' : 'medium' })
}

/** A checked address is left again by the first redirect. */
function followsRedirects({ name, keywords }: CallEvent): boolean {
  if (name === 'urllib.request.OpenerDirector.open') return false
  if (name.startsWith('httpx.')) return constantOf(keywords.get('follow_redirects')) === true
  return constantOf(keywords.get('allow_redirects')) !== false
}

export const ssrf = defineRule({
  id: 'python/ssrf',
  title: 'Request to an address from outside',
  cwe: 918,
  owasp: 'A10:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The server fetches an address that somebody else chose: `http://169.254.169.254/` and internal services answer it. Compare the host with a fixed list, or resolve it, refuse private addresses and connect to the address that was checked, without following redirects.',
  listeners: [onSink('ssrf', check)],
})
