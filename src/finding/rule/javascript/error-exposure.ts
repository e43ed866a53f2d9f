import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { derived } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** The stack tells where everything lies; the message often does. */
function check({ positional }: CallEvent, machine: Machine): Report | undefined {
  const marks = machine.marks(derived(positional), 'exception', 'html')
  const stack = marks.find(({ origin }) => origin.key.endsWith('.stack'))
  if (stack !== undefined) return reportAt('medium', stack)
  const [mark] = marks
  return mark === undefined ? undefined : reportAt('habit', mark)
}

export const errorExposure = defineRule({
  id: 'javascript/error-exposure',
  title: 'Error text shown to the visitor',
  cwe: 209,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'The text of an internal error goes to the visitor: paths, queries and versions in it prepare the next attack. Log it, and answer with a fixed sentence.',
  listeners: [
    onCall(
      [
        'http.Response.send',
        'http.Response.json',
        'http.Response.end',
        'http.Response.write',
        'http.Context.json',
        'http.Context.text',
        'http.Response.jsonp',
        'Response.json',
        'NextResponse.json',
        'next/server.NextResponse.json',
      ],
      check,
    ),
  ],
})
