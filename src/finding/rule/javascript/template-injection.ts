import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const levels: Levels = { user: 'high', network: 'medium', parameter: 'low', storage: 'low' }

function check({ value, variant }: SinkEvent, machine: Machine): Report | undefined {
  const open = machine.exposed(value, 'template')
  if (variant !== 'values') return judge(open, levels)
  // A single value is data; an object as it came holds the engine's options as well.
  return value.items === undefined
    ? judge(
        open.filter(({ weak }) => !weak),
        { user: 'high' },
      )
    : undefined
}

export const templateInjection = defineRule({
  id: 'javascript/template-injection',
  title: 'Template from outside',
  cwe: 1336,
  owasp: 'A03:2021',
  severity: 'critical',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value is part of a template, or an object of the request is given to one with its options: templates are programs, and this one runs with the rights of the server. Keep the template fixed and pass single values to it.',
  listeners: [onSink('template', check)],
})
