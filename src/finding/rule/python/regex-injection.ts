import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  return judge(machine.exposed(value, 'regex'), { user: 'high', network: 'medium' })
}

export const regexInjection = defineRule({
  id: 'python/regex-injection',
  title: 'Pattern from outside',
  cwe: 400,
  owasp: 'A05:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value from outside is used as a regular expression: `(a+)+$` in it keeps the processor busy for hours. Use `re.escape(value)`, or a plain search for the text.',
  listeners: [onSink('regex', check)],
})
