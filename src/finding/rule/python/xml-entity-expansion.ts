import type { Edit } from '../../../records/finding.ts'
import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { type Call, onCall as fixCall } from '../../fix/python/call.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value, variant }: SinkEvent, machine: Machine): Report | undefined {
  if (variant === 'lxml') return undefined
  return judge(machine.exposed(value, 'xml'), { user: 'medium', network: 'habit', parameter: 'low', console: 'low' })
}

function defused(call: Call): Edit[] {
  const [, module, member] = /^xml\.(?:etree\.c?(ElementTree)|dom\.(?:minidom|pulldom)|sax)\.(\w+)$/.exec(call.name) ?? []
  const other = /^xml\.(?:dom\.)?(minidom|pulldom|sax)\./.exec(call.name)?.[1]
  return member === undefined ? [] : call.renamed(`defusedxml.${module ?? other}`, member)
}

export const xmlEntityExpansion = defineRule({
  id: 'python/xml-entity-expansion',
  title: 'XML parser that expands entities',
  cwe: 776,
  owasp: 'A05:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'This parser expands entities that a document declares: a few lines of nested entities become gigabytes ("billion laughs"). Parse documents from outside with `defusedxml`.',
  listeners: [onSink('xml', check)],
  fixes: [
    {
      title: 'The document is parsed by `defusedxml`, which the file uses already.',
      behaviour: 'stricter',
      edit: fixCall((call) => (call.imports.imports('defusedxml') ? defused(call) : [])),
    },
    {
      title: 'The document is parsed by `defusedxml`, which must be installed.',
      behaviour: 'may-change',
      edit: fixCall(defused),
    },
  ],
})
