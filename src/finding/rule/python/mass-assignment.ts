import type { CallEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge, reportAt } from '../judge.ts'
import { defineRule, onAnyCall, onSink, type Report } from '../rule.ts'

function check({ value, variant }: SinkEvent, machine: Machine): Report | undefined {
  return variant === 'set' ? judge(machine.exposed(value, 'reflection'), { user: 'high', parameter: 'low' }) : undefined
}

/** `User(**request.json)`, `object.update(**data)`, `record.__dict__.update(data)` */
function checkCall({ spread, last, node, positional, receiverName }: CallEvent, machine: Machine): Report | undefined {
  if (spread.length === 0 && receiverName !== '__dict__') return undefined
  const given =
    node.arguments.some((argument) => argument.spread === 'map') && (/^[A-Z]/.test(last) || last === 'create' || last === 'update')
      ? spread
      : []
  const all = last === 'update' && receiverName === '__dict__' ? [...given, ...positional] : given
  for (const value of all) {
    const taint = machine.exposed(value, 'reflection').find(({ origin }) => origin.kind === 'user')
    if (taint !== undefined) return reportAt(taint.weak ? 'habit' : 'medium', taint)
  }
  return undefined
}

export const massAssignment = defineRule({
  id: 'python/mass-assignment',
  title: 'Fields chosen by a request',
  cwe: 915,
  owasp: 'A04:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A request names the fields that are written: `is_admin` in it is set too. Copy the fields you mean, one by one, or validate the request against a schema first.',
  listeners: [onSink('reflection', check), onAnyCall(checkCall)],
})
