import type { CallEvent } from '../../engine/event.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { secretFromEnvironment } from '../../fix/python/from-environment.ts'
import { reportAt } from '../judge.ts'
import { looksInvented } from '../name.ts'
import { defineRule, onAnyCall, onCall, type Report } from '../rule.ts'

/** `auth=('admin', 'hunter2')` */
function check({ keywords }: CallEvent): Report | undefined {
  const auth = keywords.get('auth') ?? keywords.get('basic_auth')
  return auth?.items?.kind === 'list' && auth.items.values.length === 2 ? judgePassword(auth.items.values[1]) : undefined
}

const checkSecond = ({ positional, keywords }: CallEvent): Report | undefined => judgePassword(positional[1] ?? keywords.get('password'))

function judgePassword(value: Value | undefined): Report | undefined {
  const text = textOf(value)
  if (text === undefined || text.length < 3) return undefined
  return looksInvented(text, '') ? reportAt('low') : reportAt('medium')
}

export const hardcodedLogin = defineRule({
  id: 'python/hardcoded-login',
  title: 'Login in the source',
  cwe: 798,
  owasp: 'A07:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A name and a password for another service stand in the source: whoever reads the code logs in there. Read them from the environment or a secret store, and change this password.',
  listeners: [
    onAnyCall(check),
    onCall(['requests.auth.HTTPBasicAuth', 'requests.auth.HTTPDigestAuth', 'aiohttp.BasicAuth', 'httpx.BasicAuth', '*.login'], checkSecond),
  ],
  fixes: [secretFromEnvironment],
})
