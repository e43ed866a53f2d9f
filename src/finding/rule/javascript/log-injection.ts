import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, textOf, type Value } from '../../engine/value.ts'
import { judge } from '../judge.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

/** An object is written out with its line breaks escaped; a text is not. */
const named = /input|user|request|untrusted|payload|query/i

function check({ call, variant }: SinkEvent, machine: Machine): Report | undefined {
  if (variant === 'file' && !/log/i.test(textOf(call.positional[0]) ?? '')) return undefined
  const texts = call.positional.filter((value) => value.items === undefined)
  const open = texts.flatMap((value) => openIn(value, machine))
  return judge(
    open.filter(({ origin }) => origin.kind !== 'parameter' || call.name.startsWith('log.Logger.') || named.test(nameOfOrigin(origin))),
    { user: 'habit', parameter: 'habit' },
  )
}

const openIn = (value: Value, machine: Machine) => machine.exposed(value, 'log').filter(({ weak }) => !weak || formsOf(value) !== undefined)

export const logInjection = defineRule({
  id: 'javascript/log-injection',
  title: 'Log line built from values',
  cwe: 117,
  owasp: 'A09:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A value goes into the log as it came: a line break in it forges further entries. Remove `\\r` and `\\n` (`value.replace(/[\\r\\n]/g, "")`), log `JSON.stringify(value)`, or write structured logs.',
  listeners: [onSink('log', check)],
})
