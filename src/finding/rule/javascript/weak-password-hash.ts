import type { CallEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/javascript/call.ts'
import { mentions } from '../expression.ts'
import { reportAt } from '../judge.ts'
import { isPasswordName } from '../name.ts'
import { optionIn } from '../option.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const isPassword = (value: Value | undefined) => value?.taints.some(({ origin }) => isPasswordName(nameOfOrigin(origin))) === true

/** The argument is a password by its name: nothing else tells. */
const checkAt =
  (position: number) =>
  ({ node, positional }: CallEvent): Report | undefined => {
    const argument = node.arguments[position]
    if (argument === undefined) return undefined
    return mentions(argument.value, isPasswordName) || isPassword(positional[position])
      ? reportAt('medium', positional[position]?.taints[0])
      : undefined
  }

/** A keyed hash of a password with its salt is as fast. */
function checkUpdate(call: CallEvent): Report | undefined {
  return call.receiver?.type === 'crypto.Hash' || call.receiver?.type === 'crypto.Hmac' ? checkAt(0)(call) : undefined
}

const fewest = 100_000

function checkRounds({ positional }: CallEvent): Report | undefined {
  const rounds = constantOf(positional[2])
  return typeof rounds === 'number' && rounds < fewest ? reportAt('medium') : undefined
}

function checkCost({ positional }: CallEvent): Report | undefined {
  const cost = constantOf(positional[1])
  return typeof cost === 'number' && cost < 10 ? reportAt(cost < 8 ? 'medium' : 'habit') : undefined
}

function checkIterations({ positional }: CallEvent): Report | undefined {
  const rounds = constantOf(optionIn(positional[2], 'iterations'))
  return typeof rounds === 'number' && rounds < fewest ? reportAt('medium') : undefined
}

export const weakPasswordHash = defineRule({
  id: 'javascript/weak-password-hash',
  title: 'Password hashed too fast',
  cwe: 916,
  owasp: 'A02:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A plain hash of a password falls to a graphics card at billions of guesses a second. Use a slow, salted one made for it: `argon2`, `bcrypt` with a cost of at least 10, `crypto.scrypt`, or PBKDF2 with at least 600,000 rounds.',
  listeners: [
    onCall(['crypto.Hash.update', 'crypto.Hmac.update', '*.update'], checkUpdate),
    onCall(
      ['crypto-js.MD5', 'crypto-js.SHA1', 'crypto-js.SHA256', 'crypto-js.SHA512', 'md5', 'sha1', 'sha256', 'js-sha256', 'blueimp-md5'],
      checkAt(0),
    ),
    onCall(['crypto.hash'], checkAt(1)),
    onCall(['crypto.pbkdf2', 'crypto.pbkdf2Sync'], checkRounds),
    onCall(['crypto-js.PBKDF2'], checkIterations),
    onCall(['bcrypt.hash', 'bcrypt.hashSync'], checkCost),
  ],
  fixes: [
    {
      title: 'A guess costs more (bcrypt, 12); hashes that were kept still match.',
      behaviour: 'same',
      edit: fixCall(({ site, last, arguments: given }) =>
        /^(?:hash|hashSync|genSalt|genSaltSync)$/.test(last) && given[1]?.type === 'number' ? [site.replace(given[1], '12')] : [],
      ),
    },
    {
      title: 'PBKDF2 runs 600,000 rounds; hashes that were kept no longer match.',
      behaviour: 'may-change',
      edit: fixCall(({ site, last, arguments: given }) =>
        /^pbkdf2(?:Sync)?$/.test(last) && given[2]?.type === 'number' ? [site.replace(given[2], '600000')] : [],
      ),
    },
  ],
})
