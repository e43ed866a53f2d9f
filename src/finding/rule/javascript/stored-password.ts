import type { CallEvent } from '../../engine/event.ts'
import { formsOf, type Value } from '../../engine/value.ts'
import { isPasswordName } from '../name.ts'
import { reportAt } from '../judge.ts'
import { optionIn } from '../option.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onCall, type Report } from '../rule.ts'
import { literalText } from '../sql-text.ts'

/** A password as it was typed: what a hash gives comes from nowhere. */
const typed = (value: Value | undefined) =>
  value?.taints.find(({ origin, weak }) => origin.kind === 'user' && !weak && isPasswordName(nameOfOrigin(origin)))

/** `User.create({ name, password: req.body.password })` */
function check({ positional }: CallEvent): Report | undefined {
  const records = positional.flatMap((value) => [value, optionIn(value, 'data', '$set')])
  for (const record of records) {
    if (record?.items?.kind !== 'map') continue
    for (const [name, value] of record.items.entries) {
      const taint = isPasswordName(name) ? typed(value) : undefined
      if (taint !== undefined) return reportAt('medium', taint)
    }
  }
  return undefined
}

/** `query('INSERT INTO users (name, password) VALUES (?, ?)', [name, password])` */
function checkStatement({ positional: [statement, values] }: CallEvent): Report | undefined {
  const text = statement === undefined ? '' : (formsOf(statement)?.map(literalText).join(' ') ?? '')
  if (!/\b(insert\s+into|update)\b[^]*\bpass(word|wd)?\b/i.test(text) || values?.items?.kind !== 'list') return undefined
  const taint = values.items.values.map(typed).find((item) => item !== undefined)
  return taint === undefined ? undefined : reportAt('medium', taint)
}

export const storedPassword = defineRule({
  id: 'javascript/stored-password',
  title: 'Password stored as it is',
  cwe: 256,
  owasp: 'A04:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "The password is stored as it was typed: one copy of the table, and everybody's password is known, here and where else they use it. Store `await bcrypt.hash(password, 12)` (or argon2, scrypt) instead.",
  listeners: [
    onCall(
      [
        '*.create',
        '*.insertOne',
        '*.insert',
        '*.save',
        '*.build',
        'mongo.Collection.create',
        'mongo.Collection.insertOne',
        'sql.Connection.create',
        'sql.Connection.insert',
        '*.push',
      ],
      check,
    ),
    onCall(
      ['*.query', '*.execute', '*.run', 'sql.Connection.query', 'sql.Connection.execute', 'sql.Connection.run', 'sql.Statement.run'],
      checkStatement,
    ),
  ],
})
