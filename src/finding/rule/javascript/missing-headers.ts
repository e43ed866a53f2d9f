import type { CallEvent } from '../../engine/event.ts'
import { Call } from '../../fix/javascript/call.ts'
import { optionsAt, without } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { isOff, optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const protections = [
  'contentSecurityPolicy',
  'frameguard',
  'hsts',
  'noSniff',
  'xFrameOptions',
  'strictTransportSecurity',
  'xContentTypeOptions',
]

function check({ positional }: CallEvent): Report | undefined {
  return protections.some((name) => isOff(optionIn(positional[0], name))) ? reportAt('habit') : undefined
}

export const missingHeaders = defineRule({
  id: 'javascript/missing-headers',
  title: "A browser's protection switched off",
  cwe: 693,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A header that makes the browser refuse injected scripts, frames or plain HTTP is switched off: what slips through elsewhere now works. Leave it on and name what it must let through.',
  listeners: [onCall(['helmet', 'koa-helmet', '@fastify/helmet', 'fastify-helmet'], check)],
  fixes: [
    {
      title: 'The header is sent, as helmet sends it by default.',
      behaviour: 'may-change',
      edit: (site) => {
        const off = optionsAt(site).filter(({ value }) => value.type === 'false')
        const call = Call.at(site, site.node)
        if (off.length === 0 || call === undefined) return []
        const [object] = call.arguments
        const isAll = object?.type === 'object' && object.children.filter(({ named }) => named).length === off.length
        return [isAll ? [site.replace(object, '')] : off.length === 1 ? without(site, off[0]!) : []]
      },
    },
  ],
})
