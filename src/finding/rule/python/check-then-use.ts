import { argumentOf, type CallEvent, type SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { tested } from '../../engine/taint.ts'
import { textOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSink, type Report } from '../rule.ts'

const checkAccess = (_call: CallEvent): Report => reportAt('low')

/** Opened for writing after the question whether it is there. */
function check({ value, call }: SinkEvent, machine: Machine): Report | undefined {
  const writes = call.name === 'open' ? /[wa+]/.test(textOf(argumentOf(call, 1, 'mode')) ?? '') : /\.write_(text|bytes)$/.test(call.name)
  return writes && value.taints.some((taint) => (machine.safetyOf(taint) & tested) !== 0) ? reportAt('low') : undefined
}

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
  listeners: [onCall(['os.access'], checkAccess), onSink('path', check)],
})
