import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { Call } from '../../fix/python/call.ts'
import { calling, textAt, wrapped } from '../../fix/python/wrap.ts'
import { holesOf } from '../../fix/template.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  return judge(machine.exposed(value, 'regex'), { user: 'high', network: 'medium' })
}

export const regexInjection = defineRule({
  id: 'python/regex-injection',
  title: 'Pattern from outside',
  cwe: 400,
  owasp: 'A05:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value from outside is used as a regular expression: `(a+)+$` in it keeps the processor busy for hours. Use `re.escape(value)`, or a plain search for the text.',
  listeners: [onSink('regex', check)],
  fixes: [
    {
      title: 'Values stand for themselves in the pattern (`re.escape`).',
      behaviour: 'stricter',
      edit: (site) => {
        const text = textAt(site, Call.at(site, site.node)?.argument(0, 'pattern')?.value)
        return text === undefined ? [] : wrapped(site, holesOf(text.template), calling(site, 're', 'escape'))
      },
    },
    {
      title: 'What is searched for stands for itself (`re.escape`): patterns are no longer understood.',
      behaviour: 'may-change',
      edit: (site) => {
        const value = Call.at(site, site.node)?.argument(0, 'pattern')?.value
        const around = value && calling(site, 're', 'escape')({ value, isText: false })
        return value === undefined || around === undefined ? [] : [[...around.edits, ...site.wrap(value, around.before, around.after)]]
      },
    },
  ],
})
