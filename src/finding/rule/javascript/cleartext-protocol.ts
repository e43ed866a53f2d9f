import type { SinkEvent } from '../../engine/event.ts'
import { formsOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { isCredentialName } from '../name.ts'
import { optionsIn } from '../option.ts'
import { defineRule, onCall, onSink, type Report } from '../rule.ts'

/** Credentials over plain HTTP to somewhere else than this machine. */
function check({ value, call }: SinkEvent): Report | undefined {
  const address = formsOf(value)?.[0]?.[0]
  if (
    typeof address !== 'string' ||
    !/^(http|ws):\/\/[^/]*\.[a-z]/i.test(address) ||
    /^\w+:\/\/(localhost|[\w.-]*\.(local|test|internal)\b)/.test(address)
  )
    return undefined
  const given = optionsIn(call.positional)
  const names = given?.items?.kind === 'map' ? [...given.items.entries.keys()] : []
  return names.some((name) => name === 'auth' || isCredentialName(name)) ? reportAt('medium') : reportAt('low')
}

export const cleartextProtocol = defineRule({
  id: 'javascript/cleartext-protocol',
  title: 'Protocol without encryption',
  cwe: 319,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'Everything, passwords included, travels in the clear: anybody on the way reads and changes it. Use `https:`, `wss:`, SFTP or SSH.',
  listeners: [
    onSink('ssrf', check),
    onCall(['ftp', 'basic-ftp.Client', 'jsftp', 'telnet-client', 'telnet-client.Telnet', 'promise-ftp'], () => reportAt('low')),
  ],
  fixes: [
    {
      title: 'The address is called over TLS.',
      behaviour: 'may-change',
      edit: ({ node, text }) => {
        const at = /(?<=['"`])(?:http|ws)(?=:\/\/)/.exec(text.slice(node.start, node.end))
        return at === null ? [] : [[{ start: node.start + at.index + at[0].length, end: node.start + at.index + at[0].length, text: 's' }]]
      },
    },
  ],
})
