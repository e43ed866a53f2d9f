import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const levels: Levels = { user: 'high', console: 'high', network: 'high', parameter: 'medium', storage: 'habit', environment: 'habit' }

function check({ value, variant }: SinkEvent, machine: Machine): Report | undefined {
  const open = machine.exposed(value, 'code')
  // A timer runs a function where it is given one: only what is surely a text is code.
  if (variant !== 'timer') return judge(open, variant === 'vm2' ? { user: 'high', network: 'high', parameter: 'medium' } : levels)
  if (value.target?.kind === 'function') return undefined
  return value.type === 'str' || value.templates !== undefined ? judge(open, levels) : judge(open, { user: 'high' })
}

export const codeInjection = defineRule({
  id: 'javascript/code-injection',
  title: 'Text from outside run as code',
  cwe: 94,
  owasp: 'A03:2021',
  severity: 'critical',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value is run as JavaScript: whoever controls it runs anything with the rights of this process; `vm` and `vm2` are no sandbox either. Use `JSON.parse` for data, a table of functions for choices, or a parser for expressions.',
  listeners: [onSink('code', check)],
})
