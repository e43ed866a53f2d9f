import { mayHave, type CallEvent } from '../../engine/event.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const check = (call: CallEvent): Report | undefined => (mayHave(call, 'timeout') ? undefined : reportAt('low'))

export const missingTimeout = defineRule({
  id: 'python/missing-timeout',
  title: 'Request that may wait for ever',
  cwe: 400,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'Without `timeout` a server that never answers keeps this worker for ever, and a few of them keep them all. Give `timeout=10` or what fits.',
  listeners: [
    onCall(
      ['requests.get', 'requests.post', 'requests.put', 'requests.patch', 'requests.delete', 'requests.head', 'requests.request'],
      check,
    ),
  ],
})
