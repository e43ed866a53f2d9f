import type { HandlerEvent } from '../../engine/event.ts'
import { reportAt } from '../judge.ts'
import { defineRule, type Report } from '../rule.ts'

function check({ handler, types }: HandlerEvent): Report | undefined {
  const any = types.length === 0 || types.some(({ target }) => target?.kind === 'global' && /^(Exception|BaseException)$/.test(target.name))
  return any && handler.body.length === 0 ? reportAt('low') : undefined
}

export const swallowedError = defineRule({
  id: 'python/swallowed-error',
  title: 'Error passed over in silence',
  cwe: 703,
  owasp: 'A09:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message: 'Every error is passed over in silence, a failed check of permission included. Catch what you expect, and log the rest.',
  listeners: [{ on: 'handler', check }],
})
