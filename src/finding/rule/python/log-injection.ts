import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { Call } from '../../fix/python/call.ts'
import { textAt, wrapped } from '../../fix/python/wrap.ts'
import { holesOf } from '../../fix/template.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const named = /input|user|request|untrusted|payload|query|param\b/i

function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  const open = machine.exposed(value, 'log').filter(({ origin }) => origin.kind !== 'parameter' || named.test(origin.label))
  return judge(open, { user: 'habit', parameter: 'habit' })
}

const literal = () => ({ before: 'repr(', edits: [] })

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
  fixes: [
    {
      title: 'Values are shown as literals (`repr`): a line break in one starts no line.',
      behaviour: 'may-change',
      edit: function* (site) {
        const call = Call.at(site, site.node)
        for (const { value, keyword, node } of call?.arguments ?? []) {
          const text = textAt(site, value)
          if (text !== undefined) yield* wrapped(site, holesOf(text.template), literal)
          else if (keyword === undefined && value.type !== 'string' && !node.type.endsWith('splat')) yield site.wrap(value, 'repr(')
        }
        const values =
          call?.arguments.filter(
            ({ value, keyword, node }) => keyword === undefined && value.type !== 'string' && !node.type.endsWith('splat'),
          ) ?? []
        yield values.flatMap(({ value }) => site.wrap(value, 'repr('))
      },
    },
  ],
})
