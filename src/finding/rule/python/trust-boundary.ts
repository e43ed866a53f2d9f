import type { SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

function check({ how, owner, value, name, key }: SetEvent, machine: Machine): Report | undefined {
  if (how !== 'key' || owner?.type !== 'flask.Session') return undefined
  const exposed = [value, ...(key === undefined ? [] : [key])].flatMap((item) => machine.exposed(item, 'trust'))
  const taint = exposed.find(({ origin }) => origin.kind === 'user')
  if (taint === undefined) return undefined
  return reportAt(/role|admin|perm|auth|user_?id|level|group/i.test(name) ? 'high' : 'habit', taint)
}

export const trustBoundary = defineRule({
  id: 'python/trust-boundary',
  title: 'Request data kept in the session',
  cwe: 501,
  owasp: 'A04:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A value from a request is stored in the session unchecked: later code takes it for something the server decided. Validate it first, and store what was decided.',
  listeners: [onSet(() => true, check)],
})
