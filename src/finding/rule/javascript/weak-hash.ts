import type { CallEvent } from '../../engine/event.ts'
import { textOf } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/javascript/call.ts'
import { plainText, quoted } from '../../fix/javascript/literal.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ positional }: CallEvent): Report | undefined {
  return /^(md[245]|(rsa-)?(sha-?1|md5)|ripemd(160)?)$/i.test(textOf(positional[0]) ?? '') ? reportAt('habit') : undefined
}

export const weakHash = defineRule({
  id: 'javascript/weak-hash',
  title: 'Broken hash function',
  cwe: 328,
  owasp: 'A02:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message: "MD5 and SHA-1 are broken: two different inputs with one hash can be made. Use `crypto.createHash('sha256')` or better.",
  listeners: [
    onCall(['crypto.createHash', 'crypto.createHmac', 'crypto.createSign', 'crypto.createVerify', 'crypto.hash'], check),
    onCall(
      ['crypto-js.MD5', 'crypto-js.SHA1', 'md5', 'sha1', 'blueimp-md5', 'crypto-js.HmacMD5', 'crypto-js.HmacSHA1', 'js-md5', 'js-sha1'],
      () => reportAt('habit'),
    ),
  ],
  fixes: [
    {
      title: 'SHA-256 in place of the broken function; hashes that were kept no longer match.',
      behaviour: 'may-change',
      edit: fixCall(({ site, arguments: given }) => {
        const name = given.find((node) => /^(?:md[245]|sha-?1|ripemd160|rsa-md5|rsa-sha1)$/i.test(plainText(site, node) ?? ''))
        return name && [site.replace(name, quoted(site, 'sha256'))]
      }),
    },
  ],
})
