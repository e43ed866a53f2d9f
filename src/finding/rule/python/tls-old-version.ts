import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { type Value } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

const old = /(PROTOCOL_(SSLv2|SSLv3|SSLv23|TLSv1|TLSv1_1)|(SSLv2|SSLv3|TLSv1|TLSv1_1)_METHOD|TLSVersion\.(SSLv3|TLSv1|TLSv1_1))$/
const isOld = (value: Value | undefined) => value?.target?.kind === 'global' && old.test(value.target.name)

function check({ positional, keywords }: CallEvent): Report | undefined {
  const versions = [...positional, ...keywords.values()].filter((value) => isOld(value))
  const bad = versions.filter((value) => value.target?.kind === 'global' && !value.target.name.endsWith('SSLv23'))
  return bad.length > 0 ? reportAt('high') : versions.length > 0 ? reportAt('low') : undefined
}

/** `ssl.wrap_socket` speaks whatever version the other side likes, and never asks who it is. */
function checkWrap(call: CallEvent): Report | undefined {
  return check(call) ?? (call.spread.length > 0 ? undefined : reportAt('habit'))
}

function checkSet({ value, how, name }: SetEvent): Report | undefined {
  return how !== 'keyword' &&
    isOld(value) &&
    !(value.target?.kind === 'global' && value.target.name.endsWith('SSLv23')) &&
    !/maximum/.test(name)
    ? reportAt('high')
    : undefined
}

export const tlsOldVersion = defineRule({
  id: 'python/tls-old-version',
  title: 'Outdated TLS version',
  cwe: 327,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'SSL 2 and 3 and TLS 1.0 and 1.1 have known breaks. Use `ssl.create_default_context()`, or set `minimum_version = ssl.TLSVersion.TLSv1_2`.',
  listeners: [
    onCall(['ssl.SSLContext', 'OpenSSL.SSL.Context', 'ssl.get_server_certificate'], check),
    onCall(['ssl.wrap_socket'], checkWrap),
    onSet((name) => /version|protocol|method/i.test(name), checkSet),
  ],
  fixes: [
    {
      title: 'TLS 1.2 is the least that is spoken.',
      behaviour: 'stricter',
      edit: (site) => {
        const { start, end } = site.node
        const found = /\b(?:PROTOCOL_(?:SSLv2|SSLv3|SSLv23|TLSv1|TLSv1_1)|(?<=TLSVersion\.)(?:SSLv3|TLSv1|TLSv1_1))\b/.exec(
          site.text.slice(start, end),
        )
        if (found === null) return []
        const side = /server_side\s*=\s*True|load_cert_chain|\.(?:listen|bind)\(/.test(site.text)
          ? 'PROTOCOL_TLS_SERVER'
          : 'PROTOCOL_TLS_CLIENT'
        return [
          [
            site.replace(
              { start: start + found.index, end: start + found.index + found[0].length },
              found[0].startsWith('PROTOCOL') ? side : 'TLSv1_2',
            ),
          ],
        ]
      },
    },
  ],
})
