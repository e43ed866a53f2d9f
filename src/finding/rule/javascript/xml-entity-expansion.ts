import type { SinkEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ call }: SinkEvent): Report | undefined {
  return constantOf(optionIn(call.positional[1], 'huge')) === true ? reportAt('medium') : undefined
}

export const xmlEntityExpansion = defineRule({
  id: 'javascript/xml-entity-expansion',
  title: 'XML that may grow without end',
  cwe: 776,
  owasp: 'A05:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "Entities made of entities grow a document of a few lines to gigabytes, and `huge` takes away the parser's limits. Leave it off.",
  listeners: [onSink('xml', check)],
  fixes: [
    {
      title: 'The parser keeps its limits.',
      behaviour: 'stricter',
      edit: changedOptions({ huge: [/^true$/, 'false'] }),
    },
  ],
})
