import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, type Value } from '../../engine/value.ts'
import { judge, type Levels } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const levels: Levels = { user: 'high', network: 'medium', parameter: 'medium' }

function check({ value, variant }: SinkEvent, machine: Machine): Report | undefined {
  if (variant !== 'filter') return judgeText(value, machine)
  const filter = optionIn(value, 'filter')
  return filter === undefined ? undefined : judgeText(filter, machine)
}

/** A filter or a name that is put together here. */
function judgeText(value: Value, machine: Machine): Report | undefined {
  const open = machine.exposed(value, 'ldap')
  const built = formsOf(value)?.some((form) => form.some((part) => typeof part === 'string' && /[=(]/.test(part))) === true
  return built ? judge(open, levels) : judge(open, { user: 'high' })
}

export const ldapInjection = defineRule({
  id: 'javascript/ldap-injection',
  title: 'LDAP filter built from values',
  cwe: 90,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value is part of an LDAP filter or name: `*)(uid=*))(|(uid=*` in it matches every entry. Build it with `new ldap.EqualityFilter({ attribute, value })`, or escape the value (`ldap-escape`).',
  listeners: [onSink('ldap', check)],
})
