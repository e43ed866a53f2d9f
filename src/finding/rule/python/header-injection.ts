import type { SetEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { Call } from '../../fix/python/call.ts'
import { calling } from '../../fix/python/wrap.ts'
import { judge } from '../judge.ts'
import { defineRule, onSet, onSink, type Report } from '../rule.ts'

function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  return judge(machine.exposed(value, 'header'), { user: 'medium' })
}

/** `response.headers[name] = value` */
function checkSet({ how, owner, value, expression, key }: SetEvent, machine: Machine): Report | undefined {
  if (how !== 'key' || owner?.target?.kind !== 'method' || !/^headers$/i.test(owner.target.name)) return undefined
  const exposed = [value, ...(key === undefined ? [] : [key])].flatMap((item) => machine.exposed(item, 'header'))
  const report = judge(exposed, { user: 'medium', parameter: 'habit' })
  return report && { ...report, span: expression }
}

export const headerInjection = defineRule({
  id: 'python/header-injection',
  title: 'Response header from outside',
  cwe: 113,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value goes into a response header: `\r\n` in it ends the header, and the attacker writes the rest of the response or sets cookies. Refuse line breaks, or encode the value with `urllib.parse.quote`.',
  listeners: [onSink('header', check), onSet(() => true, checkSet)],
  fixes: [
    {
      title: 'The value is percent-encoded (`urllib.parse.quote`).',
      behaviour: 'may-change',
      edit: (site) => {
        const value = Call.at(site, site.node)?.argument(1, 'value')?.value ?? site.node
        const around = calling(site, 'urllib.parse', 'quote')({ value, isText: false })
        return around === undefined ? [] : [[...around.edits, ...site.wrap(value, around.before, around.after)]]
      },
    },
  ],
})
