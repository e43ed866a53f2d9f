import type { CallEvent } from '../../engine/event.ts'
import { constantOf, textOf } from '../../engine/value.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { optionIn, optionsIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ positional }: CallEvent): Report | undefined {
  const options = optionsIn(positional)
  const bits = constantOf(optionIn(options, 'modulusLength', 'bits'))
  if (typeof bits === 'number' && bits >= 128 && bits < 2048) return reportAt('high')
  const curve = textOf(optionIn(options, 'namedCurve'))
  return curve !== undefined && /(1[0-9]{2}|192)[rkvt]\d|prime192/i.test(curve) ? reportAt('high') : undefined
}

function checkFirst({ positional }: CallEvent): Report | undefined {
  const bits = constantOf(positional[0]?.items === undefined ? positional[0] : optionIn(positional[0], 'b', 'bits'))
  return typeof bits === 'number' && bits >= 128 && bits < 2048 ? reportAt('high') : undefined
}

export const weakKey = defineRule({
  id: 'javascript/weak-key',
  title: 'Key that is too short',
  cwe: 326,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'A key of this size can be computed by an attacker with money. Use at least 2,048 bits for RSA (3,072 for long), and curves of 256 bits.',
  listeners: [
    onCall(['crypto.generateKeyPair', 'crypto.generateKeyPairSync', 'crypto.subtle.generateKey'], check),
    onCall(['node-rsa', 'NodeRSA', 'crypto.createDiffieHellman', 'node-forge.pki.rsa.generateKeyPair'], checkFirst),
  ],
  fixes: [
    {
      title: 'New keys are long enough (3,072 bits).',
      behaviour: 'same',
      edit: changedOptions({ modulusLength: [/^\d+$/, '3072'], b: [/^\d+$/, '3072'], bits: [/^\d+$/, '3072'] }),
    },
  ],
})
