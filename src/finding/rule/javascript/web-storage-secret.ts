import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { constantOf, textOf } from '../../engine/value.ts'
import { isSecretName } from '../name.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

const isSecret = (name: string) => isSecretName(name) || /^(jwt|id_?token|session_?(id|token))$/i.test(name)

function check({ positional }: CallEvent): Report | undefined {
  const [name, value] = positional
  return isSecret(textOf(name) ?? '') && constantOf(value) === undefined ? reportAt('habit') : undefined
}

function checkSet({ name, owner, how, value }: SetEvent): Report | undefined {
  const store = owner?.target?.kind === 'global' && /^(local|session)Storage$/.test(owner.target.name)
  return how === 'attribute' && store && isSecret(name) && constantOf(value) === undefined ? reportAt('habit') : undefined
}

export const webStorageSecret = defineRule({
  id: 'javascript/web-storage-secret',
  title: 'Secret in the browser store',
  cwe: 922,
  owasp: 'A04:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'Every script of the page reads this store: one injected line sends the token away. Keep it in a cookie with `httpOnly`, `secure` and `sameSite`.',
  listeners: [onCall(['localStorage.setItem', 'sessionStorage.setItem'], check), onSet(isSecret, checkSet)],
})
