import type { CallEvent } from '../../engine/event.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { optionIn } from '../option.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** A literal, zeroes, or bytes made of a literal. */
const isFixed = (value: Value | undefined) =>
  value !== undefined &&
  (value.type === 'Buffer.zero' || (textOf(value) ?? '') !== '' || (value.type === 'Buffer' && value.constants !== undefined))

function check({ positional }: CallEvent): Report | undefined {
  return /ecb/i.test(textOf(positional[0]) ?? '') || !isFixed(positional[2]) ? undefined : reportAt('high')
}

function checkOption({ positional }: CallEvent): Report | undefined {
  return isFixed(optionIn(positional[2], 'iv')) ? reportAt('medium') : undefined
}

export const constantIv = defineRule({
  id: 'javascript/constant-iv',
  title: 'Initialisation vector that never changes',
  cwe: 329,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'With a constant vector equal beginnings show, and in GCM or CTR mode two messages under one vector give away the key stream. Make a fresh one for each message with `crypto.randomBytes(16)` and send it along.',
  listeners: [onCall(['crypto.createCipheriv'], check), onCall(['crypto-js.AES.encrypt'], checkOption)],
})
