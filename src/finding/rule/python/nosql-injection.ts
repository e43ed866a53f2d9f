import { childOf } from '../../../syntax/tree.ts'
import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, type Value } from '../../engine/value.ts'
import { Call } from '../../fix/python/call.ts'
import { valueOf } from '../../fix/python/scope.ts'
import { judge, reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

/** Only what can hold an object matters: JSON bodies do, query strings and forms hold texts. */
function check({ value, variant }: SinkEvent, machine: Machine): Report | undefined {
  if (value.items === undefined && variant === 'find') return undefined
  const where = value.items?.kind === 'map' ? value.items.entries.get('$where') : undefined
  const code =
    where === undefined ? undefined : judge(machine.exposed(where, 'nosql'), { user: 'high', parameter: 'medium', unknown: 'habit' })
  if (code !== undefined) return code
  const pieces: Value[] = value.items?.kind === 'map' ? [...value.items.entries.values()] : [value]
  for (const piece of pieces) {
    const taint = machine.exposed(piece, 'nosql').find(({ origin }) => origin.kind === 'user')
    if (taint !== undefined && formsOf(piece) === undefined && piece.type !== 'str')
      return reportAt(/body|json|data/.test(taint.origin.label) ? 'high' : 'habit', taint)
  }
  return undefined
}

export const nosqlInjection = defineRule({
  id: 'python/nosql-injection',
  title: 'Query object from outside',
  cwe: 943,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value from a request goes into a MongoDB query with its own structure: `{"$ne": null}` in place of a text matches every document, and `$where` runs code. Convert it (`str(value)`), or check its type, before it becomes part of a query.',
  listeners: [onSink('nosql', check)],
  fixes: [
    {
      title: 'Values are texts (`str`): an object with operators in it is compared, not obeyed; so is a number.',
      behaviour: 'may-change',
      edit: function* (site) {
        const filter = Call.at(site, site.node)?.argument(0, 'filter')?.value
        const query = filter && (valueOf(site, filter)?.value ?? filter)
        const values =
          query?.type !== 'dictionary'
            ? []
            : query.children
                .flatMap((pair) => (/^.\$/.test(site.textOf(pair)) ? [] : [childOf(pair, 'value')]))
                .filter((value) => value !== undefined && /^(subscript|identifier|call|attribute)$/.test(value.type))
        for (const value of values) yield site.wrap(value!, 'str(')
        yield values.flatMap((value) => site.wrap(value!, 'str('))
      },
    },
  ],
})
