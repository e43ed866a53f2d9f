import type { ReturnEvent, SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { secureRandom, secureRandomAnyway } from '../../fix/python/secure-random.ts'
import { reportAt } from '../judge.ts'
import { isCredentialName } from '../name.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

function check({ name, value }: SetEvent, machine: Machine): Report | undefined {
  const [mark] = machine.marks(value, 'predictable', 'trust')
  return mark !== undefined && isCredentialName(name) ? reportAt('medium', mark) : undefined
}

/** `def generate_token(): return ...` */
function checkReturn({ value, function: made }: ReturnEvent, machine: Machine): Report | undefined {
  const [mark] = machine.marks(value, 'predictable', 'trust')
  return mark !== undefined && isCredentialName(made.name) ? reportAt('medium', mark) : undefined
}

export const predictableRandom = defineRule({
  id: 'python/predictable-random',
  title: 'Secret made with a predictable generator',
  cwe: 338,
  owasp: 'A02:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    '`random` is predictable: from a few outputs an attacker computes the next ones, and with them tokens and passwords. Use `secrets.token_urlsafe()`, `secrets.choice` or `random.SystemRandom`.',
  listeners: [onSet(isCredentialName, check), { on: 'return', check: checkReturn }],
  fixes: [secureRandom, secureRandomAnyway],
})
