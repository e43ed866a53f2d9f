import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value, variant, call }: SinkEvent, machine: Machine): Report | undefined {
  if (variant === 'set') return undefined
  const open = machine.exposed(value, 'reflection')
  return judge(open, call.last === 'getattr' ? { user: 'medium' } : { user: 'high', network: 'medium', parameter: 'low' })
}

export const unsafeReflection = defineRule({
  id: 'python/unsafe-reflection',
  title: 'Code found by a name from outside',
  cwe: 470,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A name from a request chooses the attribute or module: the attacker reaches functions that were never meant to be called. Look the name up in a table of what is allowed.',
  listeners: [onSink('reflection', check)],
})
