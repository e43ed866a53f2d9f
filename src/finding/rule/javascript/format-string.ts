import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** Only with further values is the first one a format. */
function check({ positional, node }: CallEvent, machine: Machine): Report | undefined {
  const [format] = positional
  return format === undefined || node.arguments.length < 2 || format.items !== undefined
    ? undefined
    : judge(machine.exposed(format, 'format'), { user: 'habit' })
}

export const formatString = defineRule({
  id: 'javascript/format-string',
  title: 'Format from outside',
  cwe: 134,
  owasp: 'A03:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A value is the format of a line: `%s` and `%d` in it swallow what was to be written, and forge the rest. Write `console.log("%s", value, ...)`.',
  listeners: [
    onCall(
      ['console.log', 'console.error', 'console.warn', 'console.info', 'console.debug', 'util.format', 'printf', 'sprintf-js.sprintf'],
      check,
    ),
  ],
})
