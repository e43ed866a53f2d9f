import type { CallEvent } from '../../engine/event.ts'
import { textOf } from '../../engine/value.ts'
import { optionIn } from '../option.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ positional }: CallEvent): Report | undefined {
  return /-ecb$/i.test(textOf(positional[0]) ?? '') ? reportAt('high') : undefined
}

function checkOption({ positional }: CallEvent): Report | undefined {
  const mode = optionIn(positional[2], 'mode')
  return mode?.target !== undefined && 'name' in mode.target && mode.target.name.endsWith('ECB') ? reportAt('high') : undefined
}

export const weakCipherMode = defineRule({
  id: 'javascript/weak-cipher-mode',
  title: 'Cipher without a vector',
  cwe: 327,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    "In ECB mode equal blocks look equal, and `createCipher` derives key and vector from the password alone, by one round of MD5. Use `crypto.createCipheriv('aes-256-gcm', key, crypto.randomBytes(12))`.",
  listeners: [
    onCall(['crypto.createCipheriv', 'crypto.createDecipheriv'], check),
    onCall(['crypto.createCipher', 'crypto.createDecipher'], () => reportAt('high')),
    onCall(['crypto-js.AES.encrypt', 'crypto-js.AES.decrypt'], checkOption),
  ],
})
