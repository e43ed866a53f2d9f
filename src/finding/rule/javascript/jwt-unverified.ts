import type { Edit } from '../../../records/finding.ts'
import type { CallEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { changedOptions, optionsAt } from '../../fix/javascript/option.ts'
import type { Site } from '../../fix/site.ts'
import { reportAt } from '../judge.ts'
import { optionIn, optionsIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const isNone = (value: Value | undefined) => /^none$/i.test(String(constantOf(value))) && constantOf(value) !== null
const allowsNone = (value: Value | undefined) => isNone(value) || (value?.items?.kind === 'list' && value.items.values.some(isNone))

function check({ positional }: CallEvent): Report | undefined {
  const options = optionsIn(positional.slice(1))
  const key = constantOf(positional[1])
  const withoutKey = positional.length > 1 && (key === null || key === '' || key === false)
  return withoutKey || allowsNone(optionIn(options, 'algorithms', 'algorithm')) ? reportAt('high') : undefined
}

function checkExpiry({ positional }: CallEvent): Report | undefined {
  return positional.some((value) => constantOf(optionIn(value, 'ignoreExpiration')) === true)
    ? { ...reportAt('medium'), cwe: 613 }
    : undefined
}

/** The third argument of jwt-simple says that nothing is verified. */
function checkSimple({ positional }: CallEvent): Report | undefined {
  return constantOf(positional[2]) === true || isNone(positional[3]) ? reportAt('high') : undefined
}

function withoutNone(site: Site): Edit[][] {
  const algorithms = optionsAt(site).find(({ name, value }) => name === 'algorithms' && value.type === 'array')?.value
  const all = algorithms?.children.filter(({ type }) => type === 'string').map((node) => site.textOf(node)) ?? []
  const kept = all.filter((text) => !/^.none.$/i.test(text))
  return algorithms === undefined || kept.length === 0 || kept.length === all.length
    ? []
    : [[site.replace(algorithms, `[${kept.join(', ')}]`)]]
}

export const jwtUnverified = defineRule({
  id: 'javascript/jwt-unverified',
  title: 'Token read without its signature',
  cwe: 347,
  owasp: 'A07:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'The token is read without checking its signature or its age: anybody writes `{"admin": true}` into one. Use `jwt.verify(token, key, { algorithms: [\'HS256\'] })`, never `none` and never `decode` alone.',
  listeners: [
    onCall(['jsonwebtoken.verify'], check),
    onCall(['jsonwebtoken.sign'], check),
    onCall(['jsonwebtoken.verify', 'passport-jwt.Strategy'], checkExpiry),
    onCall(['jsonwebtoken.decode', 'jwt-decode', 'jwt-decode.jwtDecode', 'jose.decodeJwt'], () => reportAt('habit')),
    onCall(['jwt-simple.decode'], checkSimple),
    onCall(['jose.UnsecuredJWT.decode'], () => reportAt('high')),
  ],
  fixes: [
    {
      title: 'Signature and expiry are checked.',
      behaviour: 'stricter',
      edit: (site) => [...changedOptions({ ignoreExpiration: [/^true$/, 'false'] })(site), ...withoutNone(site)],
    },
  ],
})
