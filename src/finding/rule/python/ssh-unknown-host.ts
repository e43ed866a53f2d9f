import type { CallEvent } from '../../engine/event.ts'
import { type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { linesBefore } from '../../fix/python/statement.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const isOpen = (policy: Value | undefined) => policy?.target?.kind === 'global' && /(AutoAddPolicy|WarningPolicy)$/.test(policy.target.name)

function check({ positional, keywords, node }: CallEvent): Report | undefined {
  const policy = positional[0] ?? keywords.get('policy')
  const given = node.arguments[0]?.value
  const built =
    given?.kind === 'call' &&
    /^(AutoAddPolicy|WarningPolicy)$/.test(given.callee.kind === 'attribute' || given.callee.kind === 'name' ? given.callee.name : '')
  return isOpen(policy) || built ? reportAt('high') : undefined
}

export const sshUnknownHost = defineRule({
  id: 'python/ssh-unknown-host',
  title: 'SSH host key not checked',
  cwe: 295,
  owasp: 'A07:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'Any host key is accepted: whoever answers first gets the password and the commands. Load known keys (`client.load_system_host_keys()`) and keep `RejectPolicy`.',
  listeners: [onCall(['*.set_missing_host_key_policy'], check)],
  fixes: [
    {
      title: 'Hosts that `known_hosts` does not name are refused.',
      behaviour: 'stricter',
      edit: fixCall((call) => {
        const { site, receiver } = call
        const policy = call.argument(0, 'policy')?.value
        const name = policy && /(?:AutoAdd|Warning)Policy(?=(?:\(\))?$)/.exec(site.textOf(policy))
        const reject = call.imports.use('paramiko', 'RejectPolicy')
        if (policy === undefined || !name || reject === undefined || receiver === undefined) return []
        const known = /load_(system_)?host_keys/.test(site.text)
          ? []
          : linesBefore(site, call.node, [`${site.textOf(receiver)}.load_system_host_keys()`])
        return known && [...reject.edits, ...known, site.replace(policy, reject.text + (policy.type === 'call' ? '()' : ''))]
      }),
    },
  ],
})
