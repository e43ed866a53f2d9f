import type { CallEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf } from '../../engine/value.ts'
import { judge, reportAt } from '../judge.ts'
import { defineRule, onAnyCall, onSink, type Report } from '../rule.ts'

/** `require(req.query.module)` */
function check({ value, call }: SinkEvent, machine: Machine): Report | undefined {
  if (call.name !== 'require') return undefined
  const inside = formsOf(value)?.some((form) => typeof form[0] === 'string' && form.length > 1) === true
  return judge(machine.exposed(value, 'reflection'), { user: inside ? 'medium' : 'high' })
}

/** `handlers[req.params.name](...)`: `constructor` and `__proto__` are names as well. */
function checkCall({ node, callee }: CallEvent, machine: Machine): Report | undefined {
  if (node.callee.kind !== 'index') return undefined
  const mark = machine.marks(callee, 'reflected', 'reflection').find(({ origin }) => origin.parent?.kind === 'user')
  return mark === undefined ? undefined : reportAt(mark.weak ? 'habit' : 'medium', mark)
}

export const unsafeReflection = defineRule({
  id: 'javascript/unsafe-reflection',
  title: 'Function or module chosen from outside',
  cwe: 470,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A request names the function that is called, or the module that is loaded: also one that nobody meant it to reach (`constructor`, `../../tmp/upload.js`). Look it up in a `Map` of the ones that are meant, or check it with `Object.hasOwn` first.',
  listeners: [onSink('reflection', check), onAnyCall(checkCall)],
})
