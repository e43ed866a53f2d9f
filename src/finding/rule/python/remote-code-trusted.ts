import type { CallEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onAnyCall, type Report } from '../rule.ts'

function check({ keywords }: CallEvent): Report | undefined {
  return constantOf(keywords.get('trust_remote_code')) === true ? reportAt(keywords.has('revision') ? 'low' : 'habit') : undefined
}

export const remoteCodeTrusted = defineRule({
  id: 'python/remote-code-trusted',
  title: 'Code from a model hub run unseen',
  cwe: 829,
  owasp: 'A08:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'hygiene',
  message:
    "The repository's own Python runs on this machine when the model is loaded: its owner, or whoever takes it over, runs anything. Leave `trust_remote_code` out, or pin a revision that was read.",
  listeners: [onAnyCall(check)],
  fixes: [
    {
      title: 'Code of the model hub is not run; what needs it is not loaded.',
      behaviour: 'may-change',
      edit: fixCall((call) => call.with('trust_remote_code', 'False')),
    },
  ],
})
