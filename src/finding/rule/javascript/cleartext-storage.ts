import type { CallEvent, SetEvent, SinkEvent } from '../../engine/event.ts'
import { textOf } from '../../engine/value.ts'
import { mentions } from '../expression.ts'
import { isPasswordName } from '../name.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, onSink, type Report } from '../rule.ts'

const isPassword = (name: string) => isPasswordName(name) && !/^[A-Z_]+$/.test(name)

/** `res.cookie('password', password)` */
function check({ positional, node }: CallEvent): Report | undefined {
  const value = node.arguments[1]
  const named =
    isPasswordName(textOf(positional[0]) ?? '') || (value !== undefined && value.value.kind !== 'call' && mentions(value.value, isPassword))
  return named && textOf(positional[1]) === undefined ? reportAt('medium') : undefined
}

/** `document.cookie = 'password=' + password` */
function checkSet({ how, owner, expression }: SetEvent): Report | undefined {
  return how === 'attribute' && owner?.target?.kind === 'global' && owner.target.name === 'document' && mentions(expression, isPassword)
    ? reportAt('medium')
    : undefined
}

/** `fs.writeFileSync('users.txt', password)` */
function checkFile({ call }: SinkEvent): Report | undefined {
  const written = /^(write|append)File/.test(call.last) ? call.node.arguments[1] : undefined
  return written !== undefined && written.value.kind !== 'call' && mentions(written.value, isPassword) ? reportAt('medium') : undefined
}

export const cleartextStorage = defineRule({
  id: 'javascript/cleartext-storage',
  title: 'Password kept where it can be read',
  cwe: 312,
  owasp: 'A04:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A password lies in a cookie or a file as it is: whoever gets at either has it. Keep a session instead, and store slow hashes of passwords alone.',
  listeners: [
    onCall(['http.Response.cookie', 'http.Response.setCookie', 'js-cookie.set', 'Cookies.set'], check),
    onSet((name) => name === 'cookie', checkSet),
    onSink('path', checkFile),
  ],
})
