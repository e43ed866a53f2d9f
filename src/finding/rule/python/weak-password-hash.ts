import type { CallEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import type { Expression } from '../../ir/expression.ts'
import { reportAt } from '../judge.ts'
import { isPasswordName } from '../name.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** The argument is a password by its name: nothing else tells. */
function check({ positional, node, receiver, last }: CallEvent): Report | undefined {
  if (last === 'update' && receiver?.type !== 'hashlib.Hash') return undefined
  const [first] = node.arguments
  if (first === undefined || positional[0] === undefined) return undefined
  const name = passwordIn(first.value) ?? originName(positional[0])
  return name === undefined ? undefined : reportAt('medium', positional[0].taints[0])
}

function passwordIn(expression: Expression): string | undefined {
  if (expression.kind === 'name' || expression.kind === 'attribute')
    return isPasswordName(expression.name) ? expression.name : expression.kind === 'attribute' ? passwordIn(expression.object) : undefined
  if (expression.kind === 'call')
    return (
      passwordIn(expression.callee) ?? expression.arguments.map((argument) => passwordIn(argument.value)).find((name) => name !== undefined)
    )
  if (expression.kind === 'binary') return passwordIn(expression.left) ?? passwordIn(expression.right)
  if (expression.kind === 'template')
    return expression.parts.map((part) => (typeof part === 'string' ? undefined : passwordIn(part))).find((name) => name !== undefined)
  if (expression.kind === 'index')
    return expression.index.kind === 'literal' && isPasswordName(String(expression.index.value))
      ? String(expression.index.value)
      : undefined
  return undefined
}

const originName = (value: Value) =>
  value.taints.map(({ origin }) => /(\w+)`?$/.exec(origin.key)?.[1]).find((name) => name !== undefined && isPasswordName(name))

const fewest = 100_000

function checkRounds({ positional, keywords }: CallEvent): Report | undefined {
  const rounds = constantOf(keywords.get('iterations') ?? keywords.get('rounds') ?? positional[3])
  return typeof rounds === 'number' && rounds < fewest ? reportAt('medium') : undefined
}

export const weakPasswordHash = defineRule({
  id: 'python/weak-password-hash',
  title: 'Password hashed too fast',
  cwe: 916,
  owasp: 'A02:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A plain hash of a password falls to a graphics card at billions of guesses a second. Use a slow, salted one made for it: `argon2`, `bcrypt`, `hashlib.scrypt`, or PBKDF2 with at least 600,000 rounds.',
  listeners: [
    onCall(
      [
        'hashlib.md5',
        'hashlib.sha1',
        'hashlib.sha224',
        'hashlib.sha256',
        'hashlib.sha384',
        'hashlib.sha512',
        'hashlib.sha3_256',
        'hashlib.blake2b',
        'hashlib.Hash.update',
        'Crypto.Hash.SHA256.new',
        'Crypto.Hash.MD5.new',
      ],
      check,
    ),
    onCall(['hashlib.pbkdf2_hmac'], checkRounds),
  ],
  fixes: [
    {
      title: 'PBKDF2 runs 600,000 rounds; hashes that were kept no longer match.',
      behaviour: 'may-change',
      edit: fixCall((call) => {
        const rounds = call.last === 'pbkdf2_hmac' ? call.argument(3, 'iterations', 'rounds') : undefined
        return rounds && [call.site.replace(rounds.value, '600_000')]
      }),
    },
  ],
})
