import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { constantOf, formsOf, textOf, type Value } from '../../engine/value.ts'
import { type Call, onCall as fixCall } from '../../fix/javascript/call.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { isOff, isWhole, optionIn } from '../option.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

const login = /sess|auth|token|jwt|sid\b/i

/** `res.cookie(name, value, options)` */
function check({ positional }: CallEvent): Report | undefined {
  const [name, , options] = positional
  if (!isWhole(options) || constantOf(optionIn(options, 'maxAge')) === 0) return undefined
  return judgeOptions(options, login.test(textOf(name) ?? ''))
}

function judgeOptions(options: Value | undefined, isLogin: boolean): Report | undefined {
  const secure = optionIn(options, 'secure')
  if (secure === undefined || isOff(secure)) return reportAt(isLogin ? 'medium' : 'habit')
  const script = optionIn(options, 'httpOnly', 'httponly')
  return script === undefined || isOff(script) ? { ...reportAt('habit'), cwe: 1004 } : undefined
}

/** `session({ cookie: { secure: false } })`: a script cannot read it unless that is asked for. */
function checkSession({ positional }: CallEvent): Report | undefined {
  const [options] = positional
  const cookie = optionIn(options, 'cookie') ?? options
  if (options === undefined || !isWhole(options) || !isWhole(cookie)) return undefined
  if (isOff(optionIn(cookie, 'secure'))) return reportAt('medium')
  if (isOff(optionIn(cookie, 'httpOnly'))) return { ...reportAt('medium'), cwe: 1004 }
  return optionIn(cookie, 'secure') === undefined ? reportAt('habit') : undefined
}

/** `document.cookie = 'session=...'` */
function checkSet({ value, how, owner }: SetEvent): Report | undefined {
  if (how !== 'attribute' || owner?.target?.kind !== 'global' || owner.target.name !== 'document') return undefined
  const text = formsOf(value)?.[0]
    ?.map((part) => (typeof part === 'string' ? part : 'x'))
    .join('')
  return text !== undefined && login.test(text) && !/;\s*secure/i.test(text) && !/expires=Thu, 01 Jan 1970|max-age=0/i.test(text)
    ? reportAt('habit')
    : undefined
}

const hardened = (call: Call) => (call.last === 'cookie' ? call.withOptions(2, { secure: 'true', httpOnly: 'true' }) : [])

export const insecureCookie = defineRule({
  id: 'javascript/insecure-cookie',
  title: 'Cookie that travels in the clear',
  cwe: 614,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    "Without `secure` the cookie is also sent over plain HTTP, and without `httpOnly` a script reads it: a session can be stolen either way. Set `{ secure: true, httpOnly: true, sameSite: 'lax' }`.",
  listeners: [
    onCall(['http.Response.cookie', 'http.Response.setCookie'], check),
    onCall(['express-session', 'cookie-session', 'koa-session', '@fastify/session', 'client-sessions'], checkSession),
    onSet((name) => name === 'cookie', checkSet),
  ],
  fixes: [
    {
      title: 'The cookie travels over TLS alone, and scripts cannot read it.',
      behaviour: 'stricter',
      edit: fixCall((call) =>
        login.test(call.arguments[0] === undefined ? '' : call.site.textOf(call.arguments[0])) ? hardened(call) : [],
      ),
    },
    {
      title: 'The cookie travels over TLS alone, and scripts cannot read it: those that do no longer can.',
      behaviour: 'may-change',
      edit: (site) => [...fixCall(hardened)(site), ...changedOptions({ secure: [/^false$/, 'true'], httpOnly: [/^false$/, 'true'] })(site)],
    },
  ],
})
