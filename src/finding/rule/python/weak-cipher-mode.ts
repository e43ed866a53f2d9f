import { argumentOf, type CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const isEcb = (mode: Value | undefined) => mode?.target?.kind === 'global' && mode.target.name.endsWith('MODE_ECB')

function check(call: CallEvent): Report | undefined {
  const mode = argumentOf(call, 1, 'mode')
  // Without a mode PyCrypto chose ECB; 1 is its number.
  return isEcb(mode) || constantOf(mode) === 1 || (mode === undefined && call.positional.length === 1 && call.keywords.size === 0)
    ? reportAt('high')
    : undefined
}

const checkMode = (_call: CallEvent, _machine: Machine): Report => reportAt('high')

export const weakCipherMode = defineRule({
  id: 'python/weak-cipher-mode',
  title: 'Cipher mode that shows patterns',
  cwe: 327,
  owasp: 'A02:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'In ECB mode equal blocks of text give equal blocks of cipher text: structure shows, and blocks can be exchanged. Use GCM (`AES.MODE_GCM`, `AESGCM`) with a fresh nonce.',
  listeners: [
    onCall(['Crypto.Cipher.AES.new', 'Crypto.Cipher.DES.new', 'Crypto.Cipher.DES3.new', 'Crypto.Cipher.Blowfish.new'], check),
    onCall(['cryptography.modes.ECB'], checkMode),
  ],
})
