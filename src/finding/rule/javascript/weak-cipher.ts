import type { CallEvent } from '../../engine/event.ts'
import { textOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ positional }: CallEvent): Report | undefined {
  return /^(des|rc2|rc4|bf|blowfish|idea|cast|seed|id-aes\w+-wrap-none)/i.test(textOf(positional[0]) ?? '') ? reportAt('high') : undefined
}

export const weakCipher = defineRule({
  id: 'javascript/weak-cipher',
  title: 'Broken cipher',
  cwe: 327,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message: "DES, RC2, RC4 and Blowfish are broken or too small. Use `crypto.createCipheriv('aes-256-gcm', key, iv)`.",
  listeners: [
    onCall(['crypto.createCipheriv', 'crypto.createDecipheriv', 'crypto.createCipher', 'crypto.createDecipher'], check),
    onCall(
      [
        'crypto-js.DES.encrypt',
        'crypto-js.TripleDES.encrypt',
        'crypto-js.RC4.encrypt',
        'crypto-js.Rabbit.encrypt',
        'crypto-js.RC4Drop.encrypt',
      ],
      () => reportAt('high'),
    ),
  ],
})
