import type { CompareEvent, SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { nameOfOrigin } from '../origin.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

const right = /^(x-)?(is_?)?(admin|role|roles|superuser|moderator|is_?authenticated|logged_?in|authori[sz]ed|privileged?)$/i

const claimIn = (value: Value, machine: Machine) =>
  machine.exposed(value, 'trust').find(
    ({ origin, weak }) =>
      origin.kind === 'user' &&
      !weak &&
      right.test(
        nameOfOrigin(origin)
          .replaceAll(/(?<=[a-z])-(?=[a-z])/g, '_')
          .replace(/^x_/, ''),
      ),
  )

/** `if (req.cookies.role === 'admin')` */
function check({ operator, left, right: other }: CompareEvent, machine: Machine): Report | undefined {
  if (operator !== '==' && operator !== '!=') return undefined
  const claim = constantOf(other) === undefined ? undefined : claimIn(left, machine)
  return claim === undefined || constantOf(other) === null || /\.body\./.test(claim.origin.key) ? undefined : reportAt('medium', claim)
}

/** `req.session.isAdmin = req.body.isAdmin` */
function checkSet({ value, how, owner, name }: SetEvent, machine: Machine): Report | undefined {
  const claim =
    how === 'attribute' && /^http\.(Session|User)$/.test(owner?.type ?? '') && right.test(name) ? claimIn(value, machine) : undefined
  return claim === undefined ? undefined : reportAt('medium', claim)
}

export const clientDecidesAccess = defineRule({
  id: 'javascript/client-decides-access',
  title: 'Right that the visitor grants himself',
  cwe: 807,
  owasp: 'A01:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'Whether somebody may do this is read from the request itself: everybody sends `role=admin` in a cookie, a header or an address. Look the role up for the user whose session was verified.',
  listeners: [{ on: 'compare', check }, onSet((name) => right.test(name), checkSet)],
})
