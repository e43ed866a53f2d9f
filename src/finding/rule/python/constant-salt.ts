import { argumentOf, type CallEvent } from '../../engine/event.ts'
import { type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const isFixed = (value: Value | undefined) => value?.constants !== undefined && !value.constants.includes(null)

const check =
  (position: number) =>
  (call: CallEvent): Report | undefined =>
    isFixed(argumentOf(call, position, 'salt')) ? reportAt('medium') : undefined

/** `hashlib.sha256(SALT + password)` */
function checkPrefix({ node, positional }: CallEvent): Report | undefined {
  const [first] = node.arguments
  if (first?.value.kind !== 'binary' || positional[0]?.constants !== undefined) return undefined
  const { left, right } = first.value
  const salt = [left, right].find((side) =>
    /salt/i.test(
      side.kind === 'name' || side.kind === 'attribute'
        ? side.name
        : side.kind === 'call' && side.callee.kind === 'attribute' && side.callee.object.kind === 'name'
          ? side.callee.object.name
          : '',
    ),
  )
  const fixed = positional[0]?.templates?.some((form) => form.some((part) => typeof part === 'string' && part.length > 2)) === true
  return salt !== undefined && fixed ? reportAt('medium') : undefined
}

export const constantSalt = defineRule({
  id: 'python/constant-salt',
  title: 'Salt that never changes',
  cwe: 760,
  owasp: 'A02:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'With a constant salt equal passwords have equal hashes, and one table breaks them all. Make a salt for each password with `os.urandom(16)`, or let `bcrypt`/`argon2` do it.',
  listeners: [
    onCall(['hashlib.pbkdf2_hmac', 'crypt.crypt'], check(2)),
    onCall(['hashlib.scrypt', 'bcrypt.hashpw', 'bcrypt.kdf', 'Crypto.Protocol.KDF.PBKDF2', 'Crypto.Protocol.KDF.scrypt'], check(1)),
    onCall(['cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC', 'cryptography.hazmat.primitives.kdf.scrypt.Scrypt'], check(2)),
    onCall(['hashlib.md5', 'hashlib.sha1', 'hashlib.sha256', 'hashlib.sha512'], checkPrefix),
  ],
  fixes: [
    {
      title: 'Each password gets a salt of its own (`bcrypt.gensalt()`).',
      behaviour: 'may-change',
      edit: fixCall((call) => {
        const salt = call.name === 'bcrypt.hashpw' ? call.argument(1, 'salt') : undefined
        const gensalt = call.imports.use('bcrypt', 'gensalt')
        return salt && gensalt && [...gensalt.edits, call.site.replace(salt.value, `${gensalt.text}()`)]
      }),
    },
  ],
})
