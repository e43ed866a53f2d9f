import { argumentOf, type CallEvent, type SetEvent } from '../../engine/event.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { secretFromEnvironment } from '../../fix/python/from-environment.ts'
import { reportAt } from '../judge.ts'
import { isKeyName, looksInvented } from '../name.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

const written = (value: Value | undefined) => (textOf(value)?.length ?? 0) >= 3

/** `SECRET_KEY = '...'`, `app.secret_key = '...'`, `app.config['SECRET_KEY'] = '...'` */
function check({ name, value, expression }: SetEvent): Report | undefined {
  if (!isKeyName(name) || expression.kind !== 'literal' || !written(value)) return undefined
  return looksInvented(textOf(value) ?? '', name) ? reportAt('habit') : reportAt('medium')
}

const checkKey =
  (position: number) =>
  (call: CallEvent): Report | undefined =>
    written(argumentOf(call, position, 'key')) ? reportAt('medium') : undefined

function checkConfig(call: CallEvent): Report | undefined {
  const key = argumentOf(call, -1, 'SECRET_KEY')
  return written(key) ? reportAt('medium') : undefined
}

export const hardcodedKey = defineRule({
  id: 'python/hardcoded-key',
  title: 'Signing or encryption key in the source',
  cwe: 321,
  owasp: 'A02:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The key stands in the source: whoever reads it signs tokens and sessions, or decrypts the data. Read it from the environment or a key store, and change this one.',
  listeners: [
    onSet(isKeyName, check),
    onCall(['jwt.encode', 'jwt.decode'], checkKey(1)),
    onCall(
      [
        'hmac.new',
        'Crypto.Cipher.AES.new',
        'cryptography.algorithms.AES',
        'cryptography.fernet.Fernet',
        'Crypto.Cipher.DES.new',
        'itsdangerous.URLSafeTimedSerializer',
        'itsdangerous.URLSafeSerializer',
        'cryptography.hazmat.primitives.ciphers.aead.AESGCM',
      ],
      checkKey(0),
    ),
    onCall(['*.update', '*.from_mapping'], checkConfig),
  ],
  fixes: [secretFromEnvironment],
})
