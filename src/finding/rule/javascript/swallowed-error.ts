import type { HandlerEvent } from '../../engine/event.ts'
import { reportAt } from '../judge.ts'
import { defineRule, type Report } from '../rule.ts'

function check({ handler }: HandlerEvent): Report | undefined {
  return handler.body.length === 0 ? reportAt('low') : undefined
}

export const swallowedError = defineRule({
  id: 'javascript/swallowed-error',
  title: 'Error passed over in silence',
  cwe: 703,
  owasp: 'A09:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message: 'Every error is passed over in silence, a failed check of permission included. Handle what you expect, and log the rest.',
  listeners: [{ on: 'handler', check }],
})
