import type { CallEvent } from '../../engine/event.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const check = ({ positional }: CallEvent): Report | undefined =>
  positional[0]?.constants === undefined ? reportAt('low') : reportAt('low')

export const checkThenUse = defineRule({
  id: 'python/check-then-use',
  title: 'File checked, then used',
  cwe: 367,
  owasp: 'A01:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'Between the check and the use another process can exchange the file. Open it at once and handle the error, or open with `x` to create it.',
  listeners: [onCall(['os.access'], check)],
})
