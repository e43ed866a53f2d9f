import type { ReturnEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { defineRule, onSink, type Report } from '../rule.ts'
import { judgeAddressesIn } from '../script-address.ts'

/** What is answered, and what a function makes for others. */
const check = ({ value }: SinkEvent | ReturnEvent, machine: Machine): Report | undefined => judgeAddressesIn(value, machine)

export const scriptUrl = defineRule({
  id: 'python/script-url',
  title: 'Address from outside that may be a script',
  cwe: 79,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "An address from outside is escaped, but not asked for its scheme: `javascript:...` needs no character that escaping takes, and runs with the reader's session when the link is followed. Accept `http` and `https` alone (`urlparse(url).scheme in ('http', 'https')`).",
  listeners: [onSink('html', check), { on: 'return', check }],
})
