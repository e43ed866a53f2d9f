import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { isOff, optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ positional }: CallEvent): Report | undefined {
  const ignored = optionIn(positional[0], 'ignoreMethods')
  const names = ignored?.items?.kind === 'list' ? ignored.items.values.map(constantOf) : []
  return names.some((name) => /^(POST|PUT|PATCH|DELETE)$/i.test(String(name))) ? reportAt('medium') : undefined
}

const checkLusca = ({ positional }: CallEvent): Report | undefined =>
  isOff(optionIn(positional[0], 'csrf')) ? reportAt('medium') : undefined

/** A session in a cookie, forms that change something, and nothing in the file that speaks of forgery. */
function checkSession(_: CallEvent, { text }: Machine): Report | undefined {
  return /\.(post|put|delete|patch)\s*\(\s*['"`]\//.test(text) && !/csrf|csurf|xsrf|lusca|same-?site/i.test(text)
    ? reportAt('low')
    : undefined
}

export const csrfDisabled = defineRule({
  id: 'javascript/csrf-disabled',
  title: 'Requests that another site can forge',
  cwe: 352,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "A page of another site sends this request with the visitor's cookies, and it is carried out. Check a token in every request that changes something (`csrf-csrf`, `lusca`), and set `sameSite: 'lax'` on the session's cookie.",
  listeners: [
    onCall(['csurf', 'csrf-csrf.doubleCsrf'], check),
    onCall(['lusca'], checkLusca),
    onCall(['express-session', 'cookie-session', 'cookie-parser'], checkSession),
  ],
})
