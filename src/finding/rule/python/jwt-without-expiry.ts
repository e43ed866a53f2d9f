import { argumentOf, type CallEvent } from '../../engine/event.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check(call: CallEvent): Report | undefined {
  const claims = argumentOf(call, 0, 'payload')
  if (claims?.items?.kind !== 'map' || claims.items.rest !== undefined) return undefined
  return claims.items.entries.has('exp') ? undefined : reportAt('habit')
}

export const jwtWithoutExpiry = defineRule({
  id: 'python/jwt-without-expiry',
  title: 'Token that never expires',
  cwe: 613,
  owasp: 'A07:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A token without `exp` is good for ever once it is stolen. Put an expiry in (`"exp": datetime.now(timezone.utc) + timedelta(minutes=15)`).',
  listeners: [onCall(['jwt.encode'], check)],
})
