import { secureRandomAnyway } from '../../fix/python/secure-random.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall } from '../rule.ts'

export const randomHabit = defineRule({
  id: 'python/random-habit',
  title: 'Predictable generator',
  cwe: 330,
  owasp: 'A02:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    '`random` is no source of secrets: its next outputs can be computed. For anything that must not be guessed use the module `secrets`.',
  listeners: [
    onCall(
      [
        'random.random',
        'random.randint',
        'random.randrange',
        'random.choice',
        'random.choices',
        'random.sample',
        'random.getrandbits',
        'random.randbytes',
        'random.uniform',
        'random.shuffle',
        'random.triangular',
      ],
      () => reportAt('low'),
    ),
  ],
  fixes: [secureRandomAnyway],
})
