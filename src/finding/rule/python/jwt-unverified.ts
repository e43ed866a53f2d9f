import type { Edit } from '../../../records/finding.ts'
import { walk } from '../../../syntax/tree.ts'
import { argumentOf, type CallEvent } from '../../engine/event.ts'
import { constantOf, elementOf, type Value } from '../../engine/value.ts'
import { type Call, onCall as fixCall } from '../../fix/python/call.ts'
import { quoted } from '../../fix/python/literal.ts'
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

/** Without what switches the check off, and without `none` among the algorithms. */
function verified(call: Call): Edit[] {
  const { site } = call
  const off = call.keyword('verify')
  const options = call.keyword('options')
  const signature =
    options && [...walk(options.value)].find((node) => node.type === 'pair' && /^.verify_signature.\s*:\s*False$/.test(site.textOf(node)))
  const algorithms = call.argument(2, 'algorithms')?.value
  const allowed = algorithms?.type === 'list' ? algorithms.children.filter(({ type }) => type === 'string') : []
  const kept = allowed.filter((node) => !/^.none.$/i.test(site.textOf(node)))
  return [
    ...(off?.value.type === 'false' ? call.without(off) : []),
    ...(signature === undefined ? [] : [site.replace({ start: signature.end - 'False'.length, end: signature.end }, 'True')]),
    ...(algorithms !== undefined && kept.length > 0 && kept.length < allowed.length
      ? [site.replace(algorithms, `[${kept.map((node) => site.textOf(node)).join(', ')}]`)]
      : []),
  ]
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
  fixes: [
    {
      title: 'The signature is checked.',
      behaviour: 'stricter',
      edit: fixCall((call) =>
        call.argument(1, 'key') === undefined || call.argument(2, 'algorithms') === undefined ? [] : verified(call),
      ),
    },
    {
      title: 'The signature is checked; HS256 is taken for the algorithm.',
      behaviour: 'may-change',
      edit: fixCall((call) =>
        call.argument(1, 'key') === undefined ? [] : [...verified(call), ...call.with('algorithms', `[${quoted(call.site, 'HS256')}]`)],
      ),
    },
  ],
})
