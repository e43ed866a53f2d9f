import type { CallEvent } from '../../engine/event.ts'
import { onCall as fixCall } from '../../fix/javascript/call.ts'
import { quoted } from '../../fix/javascript/literal.ts'
import { reportAt } from '../judge.ts'
import { isWhole, optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ positional }: CallEvent): Report | undefined {
  const [claims, , options] = positional
  if (claims?.items?.kind !== 'map' || !isWhole(claims) || (options !== undefined && !isWhole(options))) return undefined
  return optionIn(claims, 'exp') === undefined && optionIn(options, 'expiresIn') === undefined ? reportAt('habit') : undefined
}

export const jwtWithoutExpiry = defineRule({
  id: 'javascript/jwt-without-expiry',
  title: 'Token that never expires',
  cwe: 613,
  owasp: 'A07:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message: "A token without an expiry is good for ever once it is stolen. Sign it with `{ expiresIn: '15m' }`.",
  listeners: [onCall(['jsonwebtoken.sign'], check)],
  fixes: [
    {
      title: 'The token expires after an hour.',
      behaviour: 'may-change',
      edit: fixCall((call) => call.withOptions(2, { expiresIn: quoted(call.site, '1h') })),
    },
  ],
})
