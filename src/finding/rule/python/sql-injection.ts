import type { CallEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, type Template } from '../../engine/value.ts'
import { statementParameters } from '../../fix/python/statement-parameters.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onAnyCall, onSink, type Report } from '../rule.ts'
import { judgeHoles } from '../sql-hole.ts'
import { literalText, looksLikeSql } from '../sql-text.ts'

const whole: Levels = { user: 'high', console: 'habit', network: 'medium' }

function check(event: SinkEvent, machine: Machine): Report | undefined {
  const forms = formsOf(event.value)
  const open = machine.exposed(event.value, 'sql')
  if (event.value.taints.length === 0) return undefined
  if (forms === undefined) return isStatementSink(event) ? judge(open, whole) : undefined
  return forms.map((form) => judgeForm(form, { event, machine })).find((report) => report !== undefined)
}

const databaseWords =
  /quer|exec|sql|db|database|fetch|insert|select|update|delete|cursor|statement|run|command|rows|scalar|^(all|one|get|add|first|prepare|raw|find)$/i

/** Statements are also handed to functions that nobody described: the text is what gives them away. */
function checkAnyCall(call: CallEvent, machine: Machine): Report | undefined {
  const built = [...call.positional, ...call.keywords.values()].filter((value) => value.templates !== undefined)
  if (built.length === 0) return undefined
  if (call.node.callee.kind === 'name' && machine.lookup(call.node.callee.name)?.target?.kind === 'class') return undefined
  if (!databaseWords.test(call.last) || machine.registry.sinks.has(call.name) || machine.registry.sinks.has(`*.${call.last}`))
    return undefined
  for (const value of built) {
    for (const form of value.templates ?? []) {
      const report = looksLikeSql(literalText(form)) ? judgeHoles(form, machine) : undefined
      if (report !== undefined) return report
    }
  }
  return undefined
}

function judgeForm(form: Template, { event, machine }: { event: SinkEvent; machine: Machine }): Report | undefined {
  // A method called `execute` or `query` may be anything: only a text that is SQL makes it a database's.
  return looksLikeSql(literalText(form), event.call.name.startsWith('sql.')) ? judgeHoles(form, machine) : undefined
}

const isStatementSink = ({ call }: SinkEvent) =>
  /^(sql|sqlalchemy|psycopg2|django|pandas)\.|\?\.(execute|executemany|executescript|raw)$/.test(call.name) ||
  /^(execute|raw)/.test(call.last)

export const sqlInjection = defineRule({
  id: 'python/sql-injection',
  title: 'SQL built from values',
  cwe: 89,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value is written into the text of an SQL statement: whoever controls it closes the literal and reads, changes or deletes what they like. Pass values as parameters (`cursor.execute("... WHERE id = %s", (value,))`) and take table and column names from a fixed list.',
  listeners: [onSink('sql', check), onAnyCall(checkAnyCall)],
  fixes: statementParameters,
})
