import type { CallEvent } from '../../engine/event.ts'
import { constantOf, formsOf } from '../../engine/value.ts'
import { literalsAlone } from '../../fix/python/literals-alone.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** Where nobody from outside is in sight: a habit, and what makes it visible. */
function check({ positional }: CallEvent): Report | undefined {
  const [code] = positional
  if (code === undefined || (constantOf(code) !== undefined && formsOf(code)?.every((form) => form.length === 1) === true)) return undefined
  return reportAt('low')
}

export const dynamicCode = defineRule({
  id: 'python/dynamic-code',
  title: 'Code put together at run time',
  cwe: 94,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'Text that is not fixed is run as Python. Whoever can influence it runs code here. Use `ast.literal_eval` for data, `getattr` over a fixed table for names, `json` for messages.',
  listeners: [onCall(['eval', 'exec', 'execfile'], check)],
  fixes: [literalsAlone],
})
