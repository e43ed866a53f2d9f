import type { SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

/** A login that writes into the session it found, in a file that never makes a new one. */
function check({ how, owner, start }: SetEvent, { text }: Machine): Report | undefined {
  if (how !== 'attribute' || owner?.type !== 'http.Session' || /\.regenerate\s*\(|passport/.test(text)) return undefined
  const around = text.slice(Math.max(0, start - 1500), start)
  return /password|login|sign-?in/i.test(around) ? reportAt('habit') : undefined
}

export const sessionFixation = defineRule({
  id: 'javascript/session-fixation',
  title: 'Session kept across the login',
  cwe: 384,
  owasp: 'A07:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'Whoever gave the visitor a session before the login has it afterwards, logged in. Make a new one: `req.session.regenerate(...)`, and write into that.',
  listeners: [
    onSet((name) => /^(user|user_?id|uid|username|authenticated|is_?authenticated|logged_?in|isLoggedIn|account)$/i.test(name), check),
  ],
})
