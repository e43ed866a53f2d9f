import type { CompareEvent } from '../engine/event.ts'
import type { Machine } from '../engine/machine.ts'
import type { Taint } from '../engine/taint.ts'
import { constantOf, type Value } from '../engine/value.ts'
import { reportAt } from './judge.ts'
import { nameOfOrigin } from './origin.ts'
import type { Report } from './rule.ts'

const right = /^(x_)?(is_?)?(admin|role|roles|user_?role|superuser|moderator|staff|is_?authenticated|authenticated|logged_?in|authori[sz]ed|privileged?)$/i

/** Whether a name is that of a right: what somebody may do, or that he is who he says. */
export function isRightName(name: string): boolean {
  return right.test(name.replaceAll(/(?<=[a-z])-(?=[a-z])/gi, '_'))
}

/** The part of a request by which the visitor himself says what he may do. */
export function claimIn(value: Value, machine: Machine): Taint | undefined {
  return machine.exposed(value, 'trust').find(({ origin, weak }) => origin.kind === 'user' && !weak && isRightName(nameOfOrigin(origin)))
}

/** `if (request.cookies.role === 'admin')`: with something fixed, and not in the body, where a form says what shall become of others. */
export function checkClaim({ operator, left, right: other }: CompareEvent, machine: Machine): Report | undefined {
  const fixed = constantOf(other)
  if ((operator !== '==' && operator !== '!=') || fixed === undefined || fixed === null) return undefined
  const claim = claimIn(left, machine)
  return claim === undefined || /\.body\./.test(claim.origin.key) ? undefined : reportAt('medium', claim)
}
