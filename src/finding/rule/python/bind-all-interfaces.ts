import { walk } from '../../../syntax/tree.ts'
import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { constantOf, textOf } from '../../engine/value.ts'
import { plainText, quoted } from '../../fix/python/literal.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

function check({ name, value }: SetEvent): Report | undefined {
  return /^(host|bind|address|listen|interface|server_name|bind_address)$/i.test(name) && /^(0\.0\.0\.0|::)$/.test(textOf(value) ?? '')
    ? reportAt('low')
    : undefined
}

function checkBind({ positional }: CallEvent): Report | undefined {
  const host = positional[0]?.items?.kind === 'list' ? constantOf(positional[0].items.values[0]) : undefined
  return host === '0.0.0.0' || host === '' || host === '::' ? reportAt('low') : undefined
}

export const bindAllInterfaces = defineRule({
  id: 'python/bind-all-interfaces',
  title: 'Server open on every interface',
  cwe: 668,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'The server listens on every interface of the machine, also those that face the internet. Bind `127.0.0.1`, or take the address from the configuration.',
  listeners: [
    onSet((name) => /^(host|bind|address|listen|interface|server_name|bind_address)$/i.test(name), check),
    onCall(['*.bind'], checkBind),
  ],
  fixes: [
    {
      title: 'The server listens on 127.0.0.1 alone.',
      behaviour: 'may-change',
      edit: (site) => {
        const place = [...walk(site.node)].find((node) => /^(0\.0\.0\.0|::|)$/.test(plainText(site, node) ?? 'x'))
        return place === undefined ? [] : [[site.replace(place, quoted(site, '127.0.0.1', place))]]
      },
    },
  ],
})
