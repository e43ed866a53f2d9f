import type { CallEvent } from '../../engine/event.ts'
import { formsOf, nothing, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { reportAt } from '../judge.ts'
import { isCredentialName } from '../name.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const keysOf = (value: Value | undefined) => (value?.items?.kind === 'map' ? value.items.entries.keys().toArray() : [])

/** Credentials over plain HTTP to somewhere else than this machine. */
function check({ positional, keywords }: CallEvent): Report | undefined {
  const address = formsOf(positional[0] ?? keywords.get('url') ?? nothing)?.[0]?.[0]
  if (
    typeof address !== 'string' ||
    !/^http:\/\/./.test(address) ||
    /^http:\/\/(localhost|127\.|0\.0\.0\.0|\[::1|10\.|192\.168\.|169\.254)/.test(address)
  )
    return undefined
  const body = [keywords.get('data'), keywords.get('json'), keywords.get('params')].flatMap(keysOf)
  return keywords.has('auth') || body.some(isCredentialName) ? reportAt('medium') : reportAt('low')
}

export const cleartextProtocol = defineRule({
  id: 'python/cleartext-protocol',
  title: 'Protocol without encryption',
  cwe: 319,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'Everything, passwords included, travels in the clear: anybody on the way reads it. Use SFTP, SSH, `smtplib.SMTP_SSL` or `starttls()`, and `https:`.',
  listeners: [
    onCall(['telnetlib.Telnet', 'ftplib.FTP', 'telnetlib3.open_connection'], () => reportAt('habit')),
    onCall(
      ['requests.get', 'requests.post', 'requests.put', 'requests.request', 'httpx.get', 'httpx.post', 'urllib.request.urlopen'],
      check,
    ),
  ],
  fixes: [
    {
      title: 'The address is called over TLS (`https:`).',
      behaviour: 'may-change',
      edit: fixCall(({ site, node }) => {
        const at = site.textOf(node).search(/(?<=["'])http:\/\//)
        return at === -1 ? [] : [site.replace({ start: node.start + at, end: node.start + at + 'http'.length }, 'https')]
      }),
    },
  ],
})
