import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf } from '../../engine/value.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { judge, reportAt } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

/** Entities are resolved where that is asked for, and only there. */
function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  // Parsers on top of expat expand what the document defines.
  if (variant === 'expat') return judge(machine.exposed(value, 'xml'), { user: 'medium' })
  const options = call.positional[1]
  const resolves = [optionIn(options, 'noent', 'replaceEntities'), optionIn(options, 'dtdload')].some(
    (option) => constantOf(option) === true,
  )
  if (!resolves) return undefined
  return judge(machine.exposed(value, 'xml'), { user: 'high', network: 'high', parameter: 'medium' }) ?? reportAt('habit')
}

export const xmlExternalEntities = defineRule({
  id: 'javascript/xml-external-entities',
  title: 'XML that may read files',
  cwe: 611,
  owasp: 'A05:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    '`<!ENTITY x SYSTEM "file:///etc/passwd">` in the document puts files of this machine, or answers of internal servers, into it. Leave `noent` and `dtdload` off.',
  listeners: [onSink('xml', check)],
  fixes: [
    {
      title: 'The parser leaves external entities alone.',
      behaviour: 'stricter',
      edit: changedOptions({ noent: [/^true$/, 'false'], dtdload: [/^true$/, 'false'], dtdvalid: [/^true$/, 'false'] }),
    },
  ],
})
