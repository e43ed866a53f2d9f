import type { CallEvent } from '../../engine/event.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const isFixed = (value: Value | undefined) =>
  textOf(value) !== undefined || value?.type === 'Buffer.zero' || (value?.type === 'Buffer' && value.constants !== undefined)

function check({ positional }: CallEvent): Report | undefined {
  return isFixed(positional[1]) ? reportAt('medium') : undefined
}

export const constantSalt = defineRule({
  id: 'javascript/constant-salt',
  title: 'Salt that never changes',
  cwe: 760,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'With a constant salt equal passwords have equal hashes, and one table breaks them all. Make a salt for each password with `crypto.randomBytes(16)`, or let `bcrypt` do it.',
  listeners: [
    onCall(
      ['crypto.pbkdf2', 'crypto.pbkdf2Sync', 'crypto.scrypt', 'crypto.scryptSync', 'bcrypt.hash', 'bcrypt.hashSync', 'crypto-js.PBKDF2'],
      check,
    ),
  ],
})
