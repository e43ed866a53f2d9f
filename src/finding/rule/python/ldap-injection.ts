import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf } from '../../engine/value.ts'
import { Call } from '../../fix/python/call.ts'
import { Imports } from '../../fix/python/import.ts'
import { calling, textAt, wrapped } from '../../fix/python/wrap.ts'
import { holesOf } from '../../fix/template.ts'
import { attackers, judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  const built = formsOf(value)?.some((form) => form.length > 1 && typeof form[0] === 'string' && /^\s*\(|=/.test(form[0])) === true
  // `search` is a common word: without a filter in sight it is somebody else's.
  if (variant === 'filter' && !built) return undefined
  const known = call.name.startsWith('ldap.') || built
  return known ? judge(machine.exposed(value, 'ldap'), built ? { ...attackers, unknown: 'habit' } : { user: 'high' }) : undefined
}

export const ldapInjection = defineRule({
  id: 'python/ldap-injection',
  title: 'LDAP filter built from values',
  cwe: 90,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value is written into an LDAP filter or name: `*)(uid=*` in it matches everybody. Escape it with `ldap.filter.escape_filter_chars` (or `ldap3.utils.conv.escape_filter_chars`), names with `escape_dn_chars`.',
  listeners: [onSink('ldap', check)],
  fixes: [
    {
      title: 'Values are escaped in the filter (`escape_filter_chars`).',
      behaviour: 'stricter',
      edit: function* (site) {
        const module = new Imports(site).imports('ldap3') ? 'ldap3.utils.conv' : 'ldap.filter'
        for (const { value } of Call.at(site, site.node)?.arguments ?? []) {
          const text = textAt(site, value)
          if (text !== undefined && /\(/.test(site.textOf(text.template.pieces[0] ?? value)))
            yield* wrapped(site, holesOf(text.template), calling(site, module, 'escape_filter_chars'))
        }
      },
    },
  ],
})
