import { argumentOf, type CallEvent } from '../../engine/event.ts'
import { constantOf, elementOf, type Value } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check(call: CallEvent): Report | undefined {
  const { keywords } = call
  const options = argumentOf(call, -1, 'options')
  const signature = options?.items?.kind === 'map' ? constantOf(options.items.entries.get('verify_signature')) : undefined
  const off = constantOf(keywords.get('verify')) === false || signature === false || constantOf(call.positional[2]) === false
  return off || allowsNone(argumentOf(call, 2, 'algorithms')) ? reportAt('high') : undefined
}

const allowsNone = (value: Value | undefined) =>
  value !== undefined &&
  [value, elementOf(value), ...(value.items?.kind === 'list' ? value.items.values : [])].some(
    (item) => /^none$/i.test(String(constantOf(item))) && constantOf(item) !== null,
  )

function checkEncode(call: CallEvent): Report | undefined {
  const algorithm = constantOf(argumentOf(call, 2, 'algorithm'))
  return typeof algorithm === 'string' && /^none$/i.test(algorithm) ? reportAt('high') : undefined
}

export const jwtUnverified = defineRule({
  id: 'python/jwt-unverified',
  title: 'Token read without its signature',
  cwe: 347,
  owasp: 'A07:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'The token is read without checking its signature: anybody writes `{"admin": true}` into one. Give `jwt.decode` the key and `algorithms=["HS256"]` (never `none`), and leave verification on.',
  listeners: [
    onCall(['jwt.decode'], check),
    onCall(['jwt.encode'], checkEncode),
    onCall(['jwt.get_unverified_claims'], () => reportAt('habit')),
  ],
})
