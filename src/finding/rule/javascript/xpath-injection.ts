import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf } from '../../engine/value.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  const built = formsOf(value)?.some((form) => form.length > 1) === true
  return judge(machine.exposed(value, 'xpath'), built ? { user: 'high', network: 'medium', parameter: 'medium' } : { user: 'high' })
}

export const xpathInjection = defineRule({
  id: 'javascript/xpath-injection',
  title: 'XPath built from values',
  cwe: 643,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "A value is part of an XPath expression: `' or '1'='1` in it selects every node. Use `xpath.parse(text).select({ node, variables: { name } })`, or refuse quotes.",
  listeners: [onSink('xpath', check)],
})
