import type { Edit } from '../../../records/finding.ts'
import { childOf } from '../../../syntax/tree.ts'
import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { changedOptions, optionsAt, without } from '../../fix/javascript/option.ts'
import type { Site } from '../../fix/site.ts'
import { reportAt } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

function check({ name, value, expression }: SetEvent): Report | undefined {
  const known = constantOf(value)
  if (name === 'NODE_TLS_REJECT_UNAUTHORIZED') return known === '0' || known === 0 ? reportAt('high') : undefined
  if (name === 'checkServerIdentity')
    return expression.kind === 'function' && isEmpty(expression.function.body) ? reportAt('high') : undefined
  return known === false ? reportAt('high') : undefined
}

/** `() => undefined` */
function isEmpty(body: readonly { readonly kind: string; readonly value?: unknown }[]): boolean {
  return body.every((statement) => statement.kind === 'return' && (statement.value === undefined || isNothing(statement.value)))
}

const isNothing = (value: unknown) =>
  typeof value === 'object' && value !== null && 'value' in value && (value.value === null || value.value === true)

const checkInsecure = ({ positional }: CallEvent): Report | undefined =>
  positional.some((value) => constantOf(optionIn(value, 'insecure', 'insecureSkipVerify')) === true) ? reportAt('medium') : undefined

/** Without a check of names that says yes to all, or the variable that switches every check off. */
function accepted(site: Site): Edit[][] {
  const identity = optionsAt(site).find(({ name }) => name === 'checkServerIdentity')
  if (identity !== undefined) return [without(site, identity)]
  const value = site.node.type === 'assignment_expression' ? childOf(site.node, 'right') : undefined
  return value === undefined || !/NODE_TLS_REJECT_UNAUTHORIZED/.test(site.textOf(site.node))
    ? []
    : [[site.replace(value, site.textOf(value).replace('0', '1'))]]
}

export const tlsUnverified = defineRule({
  id: 'javascript/tls-unverified',
  title: 'Certificate not checked',
  cwe: 295,
  owasp: 'A07:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    "The server's certificate is not checked: anybody on the way reads and changes everything. Leave verification on; for a private authority give its certificate (`new https.Agent({ ca })`).",
  listeners: [
    onSet((name) => /^(rejectUnauthorized|strictSSL|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity|strictSsl)$/.test(name), check),
    onCall(['https.Agent', 'https.request', 'https.get', 'request', 'axios.create'], checkInsecure),
  ],
  fixes: [
    {
      title: 'The certificate is checked.',
      behaviour: 'stricter',
      edit: (site) => [
        ...changedOptions({ rejectUnauthorized: [/^(?:false|0)$/, 'true'], strictSSL: [/^false$/, 'true'], insecure: [/^true$/, 'false'] })(
          site,
        ),
        ...accepted(site),
      ],
    },
  ],
})
