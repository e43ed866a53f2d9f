import { argumentOf, type CallEvent, type SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { judge, type Levels, reportAt } from '../judge.ts'
import { defineRule, onCall, onSink, type Report } from '../rule.ts'

const documents: Levels = { user: 'high', network: 'medium', console: 'medium', parameter: 'medium', storage: 'habit', unknown: 'low' }

/** lxml resolves entities unless its parser says otherwise; the standard library's expat parsers do not. */
function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  if (variant !== 'lxml') return undefined
  const parser = argumentOf(call, 1, 'parser')
  if (parser !== undefined && parser.type !== 'lxml.etree.XMLParser:open') return undefined
  return judge(machine.exposed(value, 'xml'), documents)
}

function checkParser(call: CallEvent): Report | undefined {
  const resolves = constantOf(call.keywords.get('resolve_entities'))
  const loads = constantOf(call.keywords.get('load_dtd')) === true || constantOf(call.keywords.get('no_network')) === false
  return resolves === true || (loads && resolves !== false) ? reportAt('medium') : undefined
}

function checkFeature({ positional }: CallEvent): Report | undefined {
  const feature = positional[0]?.target?.kind === 'global' ? positional[0].target.name : String(constantOf(positional[0]))
  return /external.?ges|external-general-entities/i.test(feature) && Boolean(constantOf(positional[1])) ? reportAt('medium') : undefined
}

export const xmlExternalEntities = defineRule({
  id: 'python/xml-external-entities',
  title: 'XML parser that follows entities',
  cwe: 611,
  owasp: 'A05:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'This parser resolves external entities: `<!ENTITY x SYSTEM "file:///etc/passwd">` in the document reads files and calls addresses. Use `defusedxml`, or `lxml.etree.XMLParser(resolve_entities=False, no_network=True)`.',
  listeners: [onSink('xml', check), onCall(['lxml.etree.XMLParser'], checkParser), onCall(['*.setFeature'], checkFeature)],
  fixes: [
    {
      title: 'The parser leaves external entities alone.',
      behaviour: 'stricter',
      edit: fixCall((call) => {
        const on = call.keyword('resolve_entities')?.value.type === 'true' || call.last === 'XMLParser'
        if (on) return call.with('resolve_entities', 'False')
        const feature = call.last === 'setFeature' ? call.argument(1) : undefined
        if (feature !== undefined) return [call.site.replace(feature.value, 'False')]
        const parser =
          call.argument(1, 'parser') === undefined && call.name.startsWith('lxml.')
            ? call.imports.use('lxml.etree', 'XMLParser')
            : undefined
        return parser && [...parser.edits, ...call.plus(`parser=${parser.text}(resolve_entities=False, no_network=True)`)]
      }),
    },
  ],
})
