import type { SetEvent } from '../../engine/event.ts'
import { textOf } from '../../engine/value.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

function check({ name, value }: SetEvent): Report | undefined {
  const text = textOf(value) ?? ''
  if (name === 'ciphers') return /(^|:)(RC4|DES|NULL|EXPORT|MD5|aNULL)/.test(text) ? reportAt('medium') : undefined
  const old = name === 'secureProtocol' ? /^(SSLv[23]|TLSv1(_1)?)_(\w+_)?method$/ : /^(SSLv3|TLSv1(\.1)?)$/
  return old.test(text) && name !== 'maxVersion' ? reportAt('high') : undefined
}

export const tlsOldVersion = defineRule({
  id: 'javascript/tls-old-version',
  title: 'Outdated TLS version',
  cwe: 327,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message: "SSL 2 and 3 and TLS 1.0 and 1.1 have known breaks. Leave the versions to Node, or set `minVersion: 'TLSv1.2'`.",
  listeners: [onSet((name) => /^(secureProtocol|minVersion|DEFAULT_MIN_VERSION|ciphers)$/.test(name), check)],
  fixes: [
    {
      title: 'TLS 1.2 is the least that is spoken.',
      behaviour: 'stricter',
      edit: changedOptions({ secureProtocol: [/^.(?:SSLv|TLSv1)/, `'TLS_method'`], minVersion: [/^.(?:SSLv3|TLSv1)/, `'TLSv1.2'`] }),
    },
  ],
})
