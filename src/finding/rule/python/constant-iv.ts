import { argumentOf, type CallEvent } from '../../engine/event.ts'
import { type Value } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const isFixed = (value: Value | undefined) => value?.constants !== undefined && !value.constants.includes(null)

function check(call: CallEvent): Report | undefined {
  return isFixed(argumentOf(call, 2, 'iv', 'IV', 'nonce', 'initial_value')) ? reportAt('high') : undefined
}

const checkFirst = (call: CallEvent): Report | undefined =>
  isFixed(call.positional[0] ?? call.keywords.get('initialization_vector') ?? call.keywords.get('nonce')) ? reportAt('high') : undefined

export const constantIv = defineRule({
  id: 'python/constant-iv',
  title: 'Initialisation vector that never changes',
  cwe: 329,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'With a constant vector (or nonce) equal beginnings show, and in GCM or CTR mode two messages under one nonce give away the key stream. Make a fresh one for each message with `os.urandom(16)` and send it along.',
  listeners: [
    onCall(['Crypto.Cipher.AES.new', 'Crypto.Cipher.DES.new', 'Crypto.Cipher.DES3.new', 'Crypto.Cipher.Blowfish.new'], check),
    onCall(
      [
        'cryptography.modes.CBC',
        'cryptography.modes.CTR',
        'cryptography.modes.GCM',
        'cryptography.modes.CFB',
        'cryptography.modes.OFB',
        'cryptography.hazmat.primitives.ciphers.aead.AESGCM.encrypt',
      ],
      checkFirst,
    ),
  ],
})
