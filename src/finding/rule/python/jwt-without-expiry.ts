import { argumentOf, type CallEvent } from '../../engine/event.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { quoted } from '../../fix/python/literal.ts'
import { valueOf } from '../../fix/python/scope.ts'
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
  fixes: [
    {
      title: 'The token expires after an hour.',
      behaviour: 'may-change',
      edit: fixCall((call) => {
        const claims = call.argument(0, 'payload')?.value
        const at = claims && (claims.type === 'dictionary' ? claims : valueOf(call.site, claims)?.value)
        const last = at?.type === 'dictionary' ? at.children.findLast(({ type }) => type === 'pair') : undefined
        const time = call.imports.use('time', 'time')
        return last && time && [...time.edits, call.site.insert(last.end, `, ${quoted(call.site, 'exp')}: int(${time.text}()) + 3600`)]
      }),
    },
  ],
})
