import type { CallEvent, ReturnEvent, SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { secureInteger, secureLetters } from '../../fix/javascript/secure-random.ts'
import { reportAt } from '../judge.ts'
import { isCredentialName } from '../name.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

// Keys of lists and caches are told apart, not kept secret.
const isSecret = (name: string) =>
  isCredentialName(name) && !/^(?!.*(api|secret|private|encrypt|access|auth|session|sign)).*key$/i.test(name) && !/uuid$/i.test(name)

function check({ name, value, expression, how }: SetEvent, machine: Machine): Report | undefined {
  if (how === 'key' && expression.kind === 'function') return undefined
  const [mark] = machine.marks(value, 'predictable', 'trust')
  return mark !== undefined && isSecret(name) ? reportAt('medium', mark) : undefined
}

/** `function generateToken() { return ... }` */
function checkReturn({ value, function: made }: ReturnEvent, machine: Machine): Report | undefined {
  const [mark] = machine.marks(value, 'predictable', 'trust')
  return mark !== undefined && isSecret(made.name) ? reportAt('medium', mark) : undefined
}

/** A key, salt or vector straight from the generator. */
function checkCall({ positional }: CallEvent, machine: Machine): Report | undefined {
  const mark = positional.flatMap((value) => machine.marks(value, 'predictable', 'trust'))[0]
  return mark === undefined ? undefined : reportAt('medium', mark)
}

export const predictableRandom = defineRule({
  id: 'javascript/predictable-random',
  title: 'Secret made with a predictable generator',
  cwe: 338,
  owasp: 'A02:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    '`Math.random` is predictable: from a few outputs an attacker computes the next ones, and with them tokens and passwords. Use `crypto.randomBytes`, `crypto.randomInt` or `crypto.randomUUID` (in a browser `crypto.getRandomValues`).',
  listeners: [
    onSet(isSecret, check),
    { on: 'return', check: checkReturn },
    onCall(['crypto.createHmac', 'crypto.createCipheriv', 'crypto.pbkdf2Sync', 'crypto.scryptSync', 'jsonwebtoken.sign'], checkCall),
  ],
  fixes: [secureInteger, secureLetters],
})
