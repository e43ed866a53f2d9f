import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ receiver, positional, keywords }: CallEvent, machine: Machine): Report | undefined {
  const target = positional[0] ?? keywords.get('dst')
  if (
    receiver === undefined ||
    target === undefined ||
    !receiver.taints.some(({ origin }) => origin.kind === 'user' && /file|FILES/.test(origin.label + origin.key))
  )
    return undefined
  const taint = machine.exposed(target, 'upload').find(({ origin }) => origin.kind === 'user')
  return taint === undefined ? undefined : reportAt('medium', taint)
}

export const unrestrictedUpload = defineRule({
  id: 'python/unrestricted-upload',
  title: 'Upload saved without a check',
  cwe: 434,
  owasp: 'A04:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "An upload is saved under the visitor's own name, whatever it is: a script in a served folder runs for its author. Check the extension against a list, choose the name yourself (`uuid4`), and keep uploads out of the served tree.",
  listeners: [onCall(['*.save'], check)],
})
