import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf } from '../../engine/value.ts'
import { namedParameters } from '../../fix/python/named-parameters.ts'
import { attackers, judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value, variant }: SinkEvent, machine: Machine): Report | undefined {
  const built =
    formsOf(value)?.some((form) => form.length > 1 && form.some((part) => typeof part === 'string' && /[/[@]/.test(part))) === true
  const query = formsOf(value)?.some((form) => form.some((part) => typeof part === 'string' && /\[|\/\//.test(part))) === true
  if (variant === 'find' && !query) return undefined
  return judge(machine.exposed(value, 'xpath'), built ? { ...attackers, unknown: 'habit' } : { user: 'high' })
}

export const xpathInjection = defineRule({
  id: 'python/xpath-injection',
  title: 'XPath built from values',
  cwe: 643,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value is written into an XPath expression: a quote in it changes what is selected. Pass it as a variable (`tree.xpath("//user[@name=$name]", name=value)`).',
  listeners: [onSink('xpath', check)],
  fixes: [
    {
      title: 'Values are variables of the expression.',
      behaviour: 'stricter',
      edit: (site) => namedParameters(site, { takes: (call) => call.last === 'xpath', mark: (name) => `$${name}` }),
    },
  ],
})
