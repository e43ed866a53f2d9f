import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge } from '../judge.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const named = /pattern|regex|search|query|input|term|filter|user|text/i

function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  if (value.type === 'RegExp') return undefined
  const open = machine.exposed(value, 'regex').filter(({ origin }) => origin.kind !== 'parameter' || named.test(nameOfOrigin(origin)))
  return judge(open, { user: 'high', network: 'low', parameter: 'habit' })
}

export const regexInjection = defineRule({
  id: 'javascript/regex-injection',
  title: 'Pattern from outside',
  cwe: 1333,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A request is read as a regular expression: `(a+)+$` keeps the only thread busy for hours, and `.*` matches what it should not. Escape it (`RegExp.escape`, `lodash.escapeRegExp`) or compare texts.',
  listeners: [onSink('regex', check)],
})
