import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { tested } from '../../engine/taint.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

/** Written after the question whether it is there. */
function check({ value, call }: SinkEvent, machine: Machine): Report | undefined {
  return /^(writeFile|appendFile|unlink|rename|chmod|createWriteStream)/.test(call.last) &&
    value.taints.some((taint) => (machine.safetyOf(taint) & tested) !== 0)
    ? reportAt('low')
    : undefined
}

export const checkThenUse = defineRule({
  id: 'javascript/check-then-use',
  title: 'File checked, then used',
  cwe: 367,
  owasp: 'A01:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'Between the check and the use another process can exchange the file. Do it at once and handle the error, or open with the flag `wx` to create it.',
  listeners: [onSink('path', check)],
})
