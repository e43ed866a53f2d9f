import { walk } from '../../../syntax/tree.ts'
import type { CallEvent } from '../../engine/event.ts'
import { textOf } from '../../engine/value.ts'
import { plainText, quoted } from '../../fix/javascript/literal.ts'
import { reportAt } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ positional }: CallEvent): Report | undefined {
  const hosts = [...positional, optionIn(positional[0], 'host')].map(textOf)
  return hosts.some((host) => host === '0.0.0.0' || host === '::') ? reportAt('low') : undefined
}

export const bindAllInterfaces = defineRule({
  id: 'javascript/bind-all-interfaces',
  title: 'Server open on every interface',
  cwe: 668,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'The server listens on every interface of the machine, also those that face the internet. Bind `127.0.0.1`, or take the address from the configuration.',
  listeners: [onCall(['*.listen', 'express.App.listen', 'http.Server.listen', 'fastify.App.listen'], check)],
  fixes: [
    {
      title: 'The server listens on 127.0.0.1 alone.',
      behaviour: 'may-change',
      edit: (site) => {
        const place = [...walk(site.node)].find((node) => /^(?:0\.0\.0\.0|::)$/.test(plainText(site, node) ?? ''))
        return place === undefined ? [] : [[site.replace(place, quoted(site, '127.0.0.1'))]]
      },
    },
  ],
})
