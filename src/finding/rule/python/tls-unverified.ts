import type { Edit } from '../../../records/finding.ts'
import type { SyntaxNode } from '../../../syntax/tree.ts'
import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { Call, onCall as fixCall, onValue } from '../../fix/python/call.ts'
import { Imports } from '../../fix/python/import.ts'
import type { Site } from '../../fix/site.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

const clients = ['requests', 'requests.Session', 'httpx', 'httpx.Client']
const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request', 'stream']
const named = (value: Value | undefined) => (value?.target?.kind === 'global' ? value.target.name : '')

function check({ keywords }: CallEvent): Report | undefined {
  const off = ['verify', 'verify_ssl', 'ssl', 'validate_certs', 'check_hostname'].some((name) => constantOf(keywords.get(name)) === false)
  return off || /CERT_NONE$|_create_unverified_context$/.test(named(keywords.get('cert_reqs')) + named(keywords.get('context')))
    ? reportAt('high')
    : undefined
}

/** `context.verify_mode = ssl.CERT_NONE`, `session.verify = False` */
function checkSet({ how, name, value, expression }: SetEvent): Report | undefined {
  if (how === 'keyword' || how === 'fallback' || (how === 'variable' && name !== '_create_default_https_context')) return undefined
  if (/^(verify_mode|cert_reqs)$/.test(name) && named(value).endsWith('CERT_NONE')) return reportAt('high')
  if (
    how === 'attribute' &&
    /^(check_hostname|verify|verify_ssl|verify_certs)$/.test(name) &&
    constantOf(value) === false &&
    expression.kind === 'literal'
  )
    return reportAt('high')
  return name === '_create_default_https_context' && named(value).endsWith('_create_unverified_context') ? reportAt('high') : undefined
}

/** Without the argument that switches the check off. */
function checked(call: Call): Edit[] {
  const { site } = call
  if (call.name === 'ssl._create_unverified_context') return call.renamed('ssl', 'create_default_context')
  const off = call.arguments.filter(
    ({ keyword, value }) => /^(verify|verify_ssl|ssl|validate_certs|check_hostname)$/.test(keyword ?? '') && value.type === 'false',
  )
  if (off.length === 1) return call.without(off[0]!)
  const none = call.keyword('cert_reqs')
  if (none !== undefined) return [site.replace(none.value, site.textOf(none.value).replace('CERT_NONE', 'CERT_REQUIRED'))]
  const context = Call.at(site, call.keyword('context')?.value)
  return context?.name === 'ssl._create_unverified_context' ? context.renamed('ssl', 'create_default_context') : []
}

function checkedFrom(value: SyntaxNode, site: Site): Edit[] {
  if (value.type === 'false') return [site.replace(value, 'True')]
  const text = site.textOf(value)
  if (text.endsWith('CERT_NONE')) return [site.replace(value, text.replace('CERT_NONE', 'CERT_REQUIRED'))]
  const context = text.endsWith('_create_unverified_context') ? new Imports(site).use('ssl', 'create_default_context') : undefined
  return context === undefined ? [] : [...context.edits, site.replace(value, context.text)]
}

export const tlsUnverified = defineRule({
  id: 'python/tls-unverified',
  title: 'Certificate not checked',
  cwe: 295,
  owasp: 'A07:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'The server\'s certificate is not checked: anybody on the way reads and changes everything. Leave verification on; for a private authority give its certificate (`verify="ca.pem"`, `ssl.create_default_context(cafile=...)`).',
  listeners: [
    onCall(
      [
        ...clients.flatMap((client) => verbs.map((verb) => `${client}.${verb}`)),
        'httpx.Client',
        'aiohttp.TCPConnector',
        'aiohttp.ClientSession.get',
        'aiohttp.ClientSession.post',
        'urllib3.PoolManager',
        'urllib3.HTTPSConnectionPool',
        'ssl.wrap_socket',
        'urllib.request.urlopen',
        'http.client.HTTPSConnection',
        'elasticsearch.Elasticsearch',
        'boto3.client',
        'boto3.resource',
        'ldap3.Tls',
      ],
      check,
    ),
    onCall(['ssl._create_unverified_context'], () => reportAt('high')),
    onSet(
      (name) => /^(verify_mode|cert_reqs|check_hostname|verify|verify_ssl|verify_certs|_create_default_https_context)$/.test(name),
      checkSet,
    ),
  ],
  fixes: [
    {
      title: 'The certificate is checked.',
      behaviour: 'stricter',
      edit: (site) => [...fixCall(checked)(site), ...onValue(checkedFrom)(site)],
    },
  ],
})
