import type { CallEvent } from '../../engine/event.ts'
import { type Value } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const isKnown = (value: Value | undefined) =>
  value !== undefined && (value.type === 'int' || value.constants !== undefined) && value.constants?.includes(null) !== true

function check({ positional }: CallEvent): Report | undefined {
  return isKnown(positional[0]) ? reportAt('low') : undefined
}

export const predictableSeed = defineRule({
  id: 'python/predictable-seed',
  title: 'Generator seeded with something known',
  cwe: 335,
  owasp: 'A02:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'A seed that is constant or the time lets anybody repeat the sequence. Leave the seed out, or use `secrets` where the numbers must not be guessed.',
  listeners: [onCall(['random.seed', 'random.Random'], check)],
})
