import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { textOf } from '../../engine/value.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

/** Node refuses line breaks today; what remains is a header of the visitor's choice. */
function check({ value, call }: SinkEvent, machine: Machine): Report | undefined {
  const name = textOf(call.positional[0]) ?? ''
  return /^(location|access-control-allow-origin)$/i.test(name)
    ? undefined
    : judge(machine.exposed(value, 'header'), { user: 'habit', parameter: 'low' })
}

export const headerInjection = defineRule({
  id: 'javascript/header-injection',
  title: 'Response header from outside',
  cwe: 113,
  owasp: 'A03:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    "A value goes into a response header: `\\r\\n` in it ends the header where the server lets it through, and a type or a name of a file is the visitor's choice. Encode it with `encodeURIComponent`, or choose from a list.",
  listeners: [onSink('header', check)],
})
