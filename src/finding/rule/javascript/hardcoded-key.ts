import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { constantOf, textOf, type Value } from '../../engine/value.ts'
import { secretFromEnvironment } from '../../fix/javascript/process-environment.ts'
import { reportAt } from '../judge.ts'
import { isKeyName, looksInvented } from '../name.ts'
import { optionIn } from '../option.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

const written = (value: Value | undefined) =>
  (textOf(value)?.length ?? 0) >= 3 && !/^\$\{|^<|PUBLIC KEY|BEGIN CERTIFICATE/.test(textOf(value) ?? '')

/** `const JWT_SECRET = '...'`, or one to fall back to */
function check({ name, value, expression }: SetEvent): Report | undefined {
  if (!isKeyName(name)) return undefined
  if (expression.kind === 'logical' && expression.operator !== 'and')
    return expression.right.kind === 'literal' && String(expression.right.value).length >= 3 ? reportAt('habit') : undefined
  if (expression.kind !== 'literal' || !written(value)) return undefined
  return looksInvented(textOf(value) ?? '', name) ? reportAt('habit') : reportAt('medium')
}

const checkKey =
  (position: number) =>
  ({ positional }: CallEvent): Report | undefined => {
    const value = positional[position]
    return written(value) || (value?.type === 'Buffer' && typeof constantOf(value) === 'string') ? reportAt('medium') : undefined
  }

const checkOption =
  (...names: string[]) =>
  ({ positional }: CallEvent): Report | undefined => {
    const value = optionIn(positional[0], ...names)
    const first = value?.items?.kind === 'list' ? value.items.values[0] : value
    return written(first) ? reportAt('medium') : undefined
  }

export const hardcodedKey = defineRule({
  id: 'javascript/hardcoded-key',
  title: 'Signing or encryption key in the source',
  cwe: 321,
  owasp: 'A02:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The key stands in the source: whoever reads it signs tokens and sessions, or decrypts the data. Read it from the environment or a key store, fail when it is missing, and change this one.',
  listeners: [
    onSet(isKeyName, check),
    onCall(
      [
        'jsonwebtoken.sign',
        'jsonwebtoken.verify',
        'crypto.createHmac',
        'crypto.createCipheriv',
        'crypto.createDecipheriv',
        'crypto-js.AES.encrypt',
        'crypto-js.AES.decrypt',
        'crypto-js.HmacSHA256',
        'crypto-js.HmacSHA1',
        'crypto-js.HmacMD5',
        'jose.JWT.sign',
        'jose.JWT.verify',
        'jwt-simple.encode',
        'jwt-simple.decode',
        'crypto.createCipher',
      ],
      checkKey(1),
    ),
    onCall(['cookie-parser', 'jose.JWK.asKey'], checkKey(0)),
    onCall(
      [
        'express-session',
        'cookie-session',
        'express-jwt',
        'express-jwt.expressjwt',
        'koa-session',
        'koa-jwt',
        'passport-jwt.Strategy',
        'client-sessions',
      ],
      checkOption('secret', 'keys', 'secretOrKey'),
    ),
  ],
  fixes: [secretFromEnvironment],
})
