import type { CallEvent } from '../../engine/event.ts'
import { secureInteger, secureLetters } from '../../fix/javascript/secure-random.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** Only where a text is made of it: numbers for games and charts are what it is there for. */
function check({ receiver }: CallEvent): Report | undefined {
  const mark = receiver?.taints.find(({ origin }) => origin.kind === 'predictable')
  return mark === undefined ? undefined : reportAt('low', mark)
}

export const randomHabit = defineRule({
  id: 'javascript/random-habit',
  title: 'Predictable identifier',
  cwe: 330,
  owasp: 'A02:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message: 'An identifier made with `Math.random` can be foreseen, and two of them may be equal. Use `crypto.randomUUID()`.',
  listeners: [onCall(['*.toString'], check)],
  fixes: [secureInteger, secureLetters],
})
