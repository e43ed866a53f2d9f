import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const named = /input|user|request|untrusted|payload|query|param\b/i

function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  const open = machine.exposed(value, 'log').filter(({ origin }) => origin.kind !== 'parameter' || named.test(origin.label))
  return judge(open, { user: 'habit', parameter: 'habit' })
}

export const logInjection = defineRule({
  id: 'python/log-injection',
  title: 'Log line built from values',
  cwe: 117,
  owasp: 'A09:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A value goes into the log as it came: a line break in it forges further entries. Remove `\r` and `\n` (`value.replace("\n", "")`), log `repr(value)`, or write structured logs.',
  listeners: [onSink('log', check)],
})
