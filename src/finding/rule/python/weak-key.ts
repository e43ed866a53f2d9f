import type { CallEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ positional, keywords, name }: CallEvent): Report | undefined {
  const bits = constantOf(
    keywords.get('key_size') ?? keywords.get('bits') ?? positional[/cryptography/.test(name) && /rsa/.test(name) ? 1 : 0],
  )
  return typeof bits === 'number' && bits >= 128 && bits < 2048 ? reportAt('high') : undefined
}

function checkCurve({ name }: CallEvent): Report {
  return {
    ...reportAt('high'),
    message: `The curve ${name.slice(name.lastIndexOf('.') + 1)} is too small for today: use SECP256R1 or X25519.`,
  }
}

export const weakKey = defineRule({
  id: 'python/weak-key',
  title: 'Key that is too short',
  cwe: 326,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'A key of this size can be computed by an attacker with money. Use at least 2,048 bits for RSA and DSA (3,072 for long), and curves of 256 bits.',
  listeners: [
    onCall(
      [
        'cryptography.asymmetric.rsa.generate_private_key',
        'cryptography.asymmetric.dsa.generate_private_key',
        'Crypto.PublicKey.RSA.generate',
        'Crypto.PublicKey.DSA.generate',
        'rsa.newkeys',
        'paramiko.RSAKey.generate',
        'paramiko.DSSKey.generate',
      ],
      check,
    ),
    onCall(
      [
        'cryptography.asymmetric.ec.SECT163K1',
        'cryptography.asymmetric.ec.SECT163R2',
        'cryptography.asymmetric.ec.SECP192R1',
        'cryptography.asymmetric.ec.SECT233K1',
      ],
      checkCurve,
    ),
  ],
  fixes: [
    {
      title: 'New keys are long enough (3,072 bits, or P-256).',
      behaviour: 'same',
      edit: fixCall((call) => {
        const { site, callee, last } = call
        if (/^SEC[TP]\d+[KR]\d$/.test(last))
          return callee.type === 'attribute'
            ? [site.replace({ start: callee.end - last.length, end: callee.end }, 'SECP256R1')]
            : call.renamed('cryptography.hazmat.primitives.asymmetric.ec', 'SECP256R1')
        const size = call.arguments.find(
          ({ value }) => value.type === 'integer' && Number(site.textOf(value)) >= 128 && Number(site.textOf(value)) < 2048,
        )
        return size && [site.replace(size.value, '3072')]
      }),
    },
  ],
})
