import type { SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { checkClaim, claimIn, isRightName } from '../claim.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

/** `req.session.isAdmin = req.body.isAdmin` */
function checkSet({ value, how, owner, name }: SetEvent, machine: Machine): Report | undefined {
  const claim =
    how === 'attribute' && /^http\.(Session|User)$/.test(owner?.type ?? '') && isRightName(name) ? claimIn(value, machine) : undefined
  return claim === undefined ? undefined : reportAt('medium', claim)
}

export const clientDecidesAccess = defineRule({
  id: 'javascript/client-decides-access',
  title: 'Right that the visitor grants himself',
  cwe: 287,
  owasp: 'A01:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'Whether somebody may do this is read from the request itself: everybody sends `role=admin` in a cookie, a header or an address. Look the role up for the user whose session was verified.',
  listeners: [{ on: 'compare', check: checkClaim }, onSet(isRightName, checkSet)],
})
