import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
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
})
