import { mayHave, type CallEvent } from '../../engine/event.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
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
  fixes: [
    {
      title: 'The request is given up when nothing is heard for 30 seconds.',
      behaviour: 'stricter',
      edit: fixCall((call) => (call.hasSpread ? [] : call.with('timeout', '30'))),
    },
  ],
})
