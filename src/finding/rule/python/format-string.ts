import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge } from '../judge.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

// What a caller of the same program writes as it calls.
const programmers = /^_?(fmt|msg)$/

function check({ value, call }: SinkEvent, machine: Machine): Report | undefined {
  if (call.positional.length + call.keywords.size + call.spread.length === 0 || value.templates !== undefined) return undefined
  // `template.format(**values)`: what fills in whatever it is given says that the template is another's.
  const fillsAny = call.last === 'format_map' || call.node.arguments.some(({ spread }) => spread === 'map')
  const open = machine.exposed(value, 'format').filter(({ origin }) => !programmers.test(nameOfOrigin(origin)))
  return judge(open, fillsAny ? { user: 'medium', parameter: 'medium' } : { user: 'medium' })
}

export const formatString = defineRule({
  id: 'python/format-string',
  title: 'Format text from outside',
  cwe: 134,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A text from outside is used as the format: `{0.__class__.__init__.__globals__}` in it prints what the process knows, keys included. Keep the format constant and pass the text as a value.',
  listeners: [onSink('format', check)],
})
