import type { CallEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, type Value } from '../../engine/value.ts'
import { statementValues } from '../../fix/javascript/statement-values.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onAnyCall, onSink, type Report } from '../rule.ts'
import { judgeHoles } from '../sql-hole.ts'
import { literalText, looksLikeSql } from '../sql-text.ts'

const whole: Levels = { user: 'high', console: 'habit', network: 'medium' }

function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  const statement = statementIn(value)
  if (statement.taints.length === 0) return undefined
  const forms = formsOf(statement)
  // A method called `query` on something unknown may be anything: only a text that is SQL makes it a database's.
  if (forms === undefined) return variant === 'named' ? undefined : judge(machine.exposed(statement, 'sql'), whole)
  const isSql = (text: string) =>
    isPiece(call) || (isCondition.test(call.last) ? condition.test(text) : looksLikeSql(text, variant !== 'named'))
  return forms.map((form) => (isSql(literalText(form)) ? judgeHoles(form, machine) : undefined)).find((report) => report !== undefined)
}

/** `{ sql: '...' }` and `{ text: '...' }` hold the statement, `[statement, ...]` begins with it. */
function statementIn(value: Value): Value {
  if (value.items?.kind === 'map')
    return value.items.entries.get('sql') ?? value.items.entries.get('text') ?? value.items.entries.get('query') ?? value
  return value
}

/** `.where(`name = '${name}'`)` of a builder. */
const isCondition = /^(and|or)?(where|having)$/i
const condition = /\w\s*(=|<|>|!=|like|in)\s*['"%(]* /i

/** Methods that take a piece of a statement. */
const isPiece = ({ last, receiver }: CallEvent) =>
  /^(\w*[a-z]Raw|\$\w+Unsafe)$/.test(last) || (last === 'literal' && receiver?.type === 'sql.Connection')

const databaseWords =
  /quer|exec|sql|db|database|fetch|insert|select|update|delete|statement|run|rows|^(all|one|get|each|first|prepare|raw)$/i

/** Statements are also handed to functions that nobody described: the text is what gives them away. */
function checkAnyCall(call: CallEvent, machine: Machine): Report | undefined {
  const built = call.positional.filter((value) => value.templates !== undefined)
  if (built.length === 0 || !databaseWords.test(call.last) || call.node.isNew === true) return undefined
  if (machine.registry.sinks.has(call.name) || machine.registry.sinks.has(`*.${call.last}`)) return undefined
  for (const value of built) {
    for (const form of value.templates ?? []) {
      const report = looksLikeSql(literalText(form)) ? judgeHoles(form, machine) : undefined
      if (report !== undefined) return report
    }
  }
  return undefined
}

export const sqlInjection = defineRule({
  id: 'javascript/sql-injection',
  title: 'SQL built from values',
  cwe: 89,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "A value is written into the text of an SQL statement: whoever controls it closes the literal and reads, changes or deletes what they like. Pass values apart from the text (`db.query('... WHERE id = ?', [id])`, `$1` with pg, replacements with Sequelize) and take table and column names from a fixed list.",
  listeners: [onSink('sql', check), onAnyCall(checkAnyCall)],
  fixes: [...statementValues],
})
