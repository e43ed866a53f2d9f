import { mayHave, type CallEvent, type SetEvent } from '../../engine/event.ts'
import { constantOf, textOf } from '../../engine/value.ts'
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
})
