import type { Edit } from '../../../records/finding.ts'
import { mayHave, type CallEvent, type SetEvent } from '../../engine/event.ts'
import { constantOf, textOf } from '../../engine/value.ts'
import { type Call, onCall as fixCall, onValue } from '../../fix/python/call.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

function check(call: CallEvent): Report | undefined {
  if (call.spread.length > 0 || constantOf(call.keywords.get('max_age')) === 0 || constantOf(call.keywords.get('expires')) === 0)
    return undefined
  const secure = constantOf(call.keywords.get('secure'))
  if (secure === false || !mayHave(call, 'secure'))
    return reportAt(/sess|auth|token|jwt|sid/i.test(textOf(call.positional[0] ?? call.keywords.get('key')) ?? '') ? 'medium' : 'habit')
  const script = constantOf(call.keywords.get('httponly'))
  return script === false || !mayHave(call, 'httponly') ? { ...reportAt('habit'), cwe: 1004 } : undefined
}

function checkSet({ name, value }: SetEvent): Report | undefined {
  if (constantOf(value) !== false) return undefined
  if (/^(SESSION_COOKIE_SECURE|CSRF_COOKIE_SECURE|REMEMBER_COOKIE_SECURE)$/.test(name)) return reportAt('medium')
  return /^(SESSION_COOKIE_HTTPONLY|REMEMBER_COOKIE_HTTPONLY)$/.test(name) ? { ...reportAt('medium'), cwe: 1004 } : undefined
}

const holdsSession = (name: string) => /sess|auth|token|jwt|sid/i.test(name) && !/csrf|xsrf/i.test(name)

function hardened(call: Call): Edit[] {
  // With one argument it is the method of a cookie jar, and no answer to a browser.
  if (call.arguments.length < 2) return []
  const isOn = (name: string) => call.keyword(name)?.value.type === 'true'
  const missing = ['secure', 'httponly'].filter((name) => !isOn(name))
  const written = missing.filter((name) => call.keyword(name) !== undefined).flatMap((name) => call.with(name, 'True'))
  const added = missing.filter((name) => call.keyword(name) === undefined).map((name) => `${name}=True`)
  return [...written, ...(added.length === 0 ? [] : call.plus(added.join(', ')))]
}

export const insecureCookie = defineRule({
  id: 'python/insecure-cookie',
  title: 'Cookie that travels in the clear',
  cwe: 614,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'Without `secure` the cookie is also sent over plain HTTP, and without `httponly` a script reads it: a session can be stolen either way. Set `secure=True, httponly=True, samesite="Lax"`.',
  listeners: [onCall(['*.set_cookie'], check), onSet((name) => /^(SESSION|CSRF|REMEMBER)_COOKIE_/.test(name), checkSet)],
  fixes: [
    {
      title: 'The cookie travels over TLS alone, and scripts cannot read it.',
      behaviour: 'stricter',
      edit: fixCall((call) => (holdsSession(call.textOf(call.argument(0, 'key'))) ? hardened(call) : [])),
    },
    {
      title: 'The setting is on.',
      behaviour: 'stricter',
      edit: onValue((value, site) => (value.type === 'false' ? [site.replace(value, 'True')] : [])),
    },
    {
      title: 'The cookie travels over TLS alone, and scripts cannot read it: those that do no longer can.',
      behaviour: 'may-change',
      edit: fixCall(hardened),
    },
  ],
})
