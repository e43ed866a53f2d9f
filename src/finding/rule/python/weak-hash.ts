import type { CallEvent } from '../../engine/event.ts'
import { constantOf, textOf } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { plainText, quoted } from '../../fix/python/literal.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const declared = (call: CallEvent) => constantOf(call.keywords.get('usedforsecurity')) === false

function check(call: CallEvent): Report | undefined {
  return declared(call) ? undefined : reportAt('habit')
}

function checkNew(call: CallEvent): Report | undefined {
  return /^(md[245]|sha-?1|ripemd160)$/i.test(textOf(call.positional[0]) ?? '') && !declared(call) ? reportAt('habit') : undefined
}

export const weakHash = defineRule({
  id: 'python/weak-hash',
  title: 'Broken hash function',
  cwe: 328,
  owasp: 'A02:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'MD5 and SHA-1 are broken: two different inputs with one hash can be made. Use SHA-256 or better; for checksums without an enemy say so with `usedforsecurity=False`.',
  listeners: [
    onCall(
      [
        'hashlib.md5',
        'hashlib.sha1',
        'hashlib.md4',
        'Crypto.Hash.MD5.new',
        'Crypto.Hash.SHA.new',
        'Crypto.Hash.SHA1.new',
        'Crypto.Hash.MD4.new',
        'Crypto.Hash.MD2.new',
        'cryptography.hashes.MD5',
        'cryptography.hashes.SHA1',
        'passlib.hash.md5_crypt',
        'passlib.hash.hex_md5',
        'passlib.hash.hex_sha1',
        'zlib.crc32.password',
      ],
      check,
    ),
    onCall(['hashlib.new', 'hmac.new'], checkNew),
  ],
  fixes: [
    {
      title: 'SHA-256 in place of the broken function; hashes that were kept no longer match.',
      behaviour: 'may-change',
      edit: fixCall((call) => {
        const { site, callee, last } = call
        const name = call.arguments.find(({ value }) => /^(md[245]|sha-?1|ripemd160)$/i.test(plainText(site, value) ?? ''))
        if (name !== undefined) return [site.replace(name.value, quoted(site, 'sha256'))]
        if (/^hashlib\.\w+$/.test(call.name)) return call.renamed('hashlib', 'sha256')
        return /^(MD5|SHA1)$/.test(last) && callee.type === 'attribute'
          ? [site.replace({ start: callee.end - last.length, end: callee.end }, 'SHA256')]
          : []
      }),
    },
  ],
})
