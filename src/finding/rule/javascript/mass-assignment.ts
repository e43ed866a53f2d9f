import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import type { Taint } from '../../engine/taint.ts'
import type { Value } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** A body as it came, whole or spread into an object. */
function bodyIn(value: Value | undefined, machine: Machine): Taint | undefined {
  if (value === undefined) return undefined
  const whole = value.items === undefined ? value : value.items.rest
  if (whole === undefined) return undefined
  return machine
    .exposed(whole, 'reflection')
    .find(({ origin }) => origin.kind === 'user' && /(^|\.)body$|\.json$|parseBody$|formData$/.test(origin.key))
}

function report(values: readonly (Value | undefined)[], machine: Machine): Report | undefined {
  const taint = values.map((value) => bodyIn(value, machine)).find((item) => item !== undefined)
  return taint === undefined ? undefined : reportAt(taint.weak ? 'habit' : 'medium', taint)
}

/** `User.create(req.body)`, `prisma.user.create({ data: req.body })` */
const checkWrite = ({ positional }: CallEvent, machine: Machine): Report | undefined =>
  report(
    positional.flatMap((value) => [value, optionIn(value, 'data', '$set', 'defaults')]),
    machine,
  )

/** `Object.assign(user, req.body)` */
const checkMerge = ({ positional }: CallEvent, machine: Machine): Report | undefined =>
  positional[0]?.items?.kind === 'map' && positional[0].items.entries.size === 0 ? undefined : report(positional.slice(1), machine)

/** `new User(req.body)` */
function checkNew({ node, last, positional }: CallEvent, machine: Machine): Report | undefined {
  return node.isNew === true &&
    /^[A-Z]/.test(last) &&
    !/Error$|^(Set|Map|Array|Date|URL|URLSearchParams|Promise|RegExp|Buffer|Response|FormData|Blob|String)$/.test(last)
    ? report(positional.slice(0, 1), machine)
    : undefined
}

const writers = [
  'create',
  'insert',
  'insertOne',
  'insertMany',
  'update',
  'updateOne',
  'updateMany',
  'findByIdAndUpdate',
  'findOneAndUpdate',
  'bulkCreate',
  'upsert',
  'build',
  'set',
  'replaceOne',
  'save',
  'assign',
  'merge',
]

export const massAssignment = defineRule({
  id: 'javascript/mass-assignment',
  title: 'Fields chosen by a request',
  cwe: 915,
  owasp: 'A04:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A request names the fields that are written: `isAdmin` in it is set too. Copy the fields you mean (`const { name, email } = req.body`), or validate the request against a schema that refuses others.',
  listeners: [
    onCall(
      writers.flatMap((name) => [`*.${name}`, `mongo.Collection.${name}`, `sql.Connection.${name}`]),
      checkWrite,
    ),
    onCall(['Object.assign', 'lodash.assign', 'lodash.extend', 'lodash.merge', 'jquery.extend'], checkMerge),
    onCall(['*'], checkNew),
  ],
})
