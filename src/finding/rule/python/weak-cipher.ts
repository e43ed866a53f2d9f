import type { CallEvent } from '../../engine/event.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ name }: CallEvent): Report | undefined {
  return reportAt(/DES3|TripleDES|CAST|IDEA|SEED/.test(name) ? 'medium' : 'high')
}

export const weakCipher = defineRule({
  id: 'python/weak-cipher',
  title: 'Broken cipher',
  cwe: 327,
  owasp: 'A02:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'This cipher can be broken with little effort (short key, short block or known bias). Use AES in GCM mode, ChaCha20-Poly1305, or `cryptography.fernet.Fernet`.',
  listeners: [
    onCall(
      [
        'Crypto.Cipher.DES.new',
        'Crypto.Cipher.DES3.new',
        'Crypto.Cipher.ARC4.new',
        'Crypto.Cipher.ARC2.new',
        'Crypto.Cipher.Blowfish.new',
        'Crypto.Cipher.XOR.new',
        'Crypto.Cipher.CAST.new',
        'cryptography.algorithms.ARC4',
        'cryptography.algorithms.Blowfish',
        'cryptography.algorithms.TripleDES',
        'cryptography.algorithms.IDEA',
        'cryptography.algorithms.CAST5',
        'cryptography.algorithms.SEED',
        'pyDes.des',
        'pyDes.triple_des',
      ],
      check,
    ),
  ],
})
