import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, type Value } from '../../engine/value.ts'
import { optionsAt } from '../../fix/javascript/option.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const levels: Levels = { user: 'high', network: 'medium' }

/** What stands in a filter as it came may be `{ $ne: null }`, which matches everything; a text cannot. */
function check({ value, variant }: SinkEvent, machine: Machine): Report | undefined {
  // A middleware that takes the operators out of every request.
  if (value.target?.kind === 'function' || machine.text.includes('mongo-sanitize')) return undefined
  const { items } = value
  if (items?.kind !== 'map') return variant === 'filter' && !isText(value) ? judge(machine.exposed(value, 'nosql'), levels) : undefined
  return [...items.entries].map(([key, entry]) => checkEntry(key, entry, machine)).find((report) => report !== undefined)
}

function checkEntry(key: string, value: Value, machine: Machine): Report | undefined {
  // `$where` is a program.
  if (key === '$where' || key === '$function' || key === '$accumulator')
    return judge(machine.exposed(value, 'code'), { ...levels, parameter: 'medium' })
  if (/^\$(eq|in|nin|regex|options|search)$/.test(key) || isText(value)) return undefined
  if (value.items?.kind === 'map')
    return [...value.items.entries].map(([inner, entry]) => checkEntry(inner, entry, machine)).find((report) => report !== undefined)
  if (value.items?.kind === 'list')
    return value.items.values.map((item) => checkEntry('', item, machine)).find((report) => report !== undefined)
  return judge(machine.exposed(value, 'nosql'), levels)
}

const isText = (value: Value) => value.type === 'str' || value.type === 'int' || value.type === 'ObjectId' || formsOf(value) !== undefined

export const nosqlInjection = defineRule({
  id: 'javascript/nosql-injection',
  title: 'Query object from outside',
  cwe: 943,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value of the request stands in a query as it came: `{"$ne": null}` in place of a password matches every user, and `$where` is run as a program. Make a text of it (`String(req.body.name)`), write `{ $eq: value }`, or validate its type first.',
  listeners: [onSink('nosql', check)],
  fixes: [
    {
      title: 'Values are texts (`String`): an object with operators in it is compared, not obeyed; so is a number.',
      behaviour: 'may-change',
      edit: function* (site) {
        const values = optionsAt(site).filter(
          ({ name, value }) => !name.startsWith('$') && /^(?:member_expression|subscript_expression|identifier)$/.test(value.type),
        )
        for (const { value } of values) yield site.wrap(value, 'String(')
        yield values.flatMap(({ value }) => site.wrap(value, 'String('))
      },
    },
  ],
})
