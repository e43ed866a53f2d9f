import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { textOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const guarded = /login|auth|permission|require|protect|token|role|jwt|session|passport|verify|ensure|guard|api_?key|isAdmin|user\.id/i
const sensitive = /admin|delete|remove|transfer|withdraw|config|settings|shutdown|backup|grant|promote|users?\/:?\w*/i
const open = /login|logout|register|sign-?up|forgot|health|webhook/i

/** `app.delete('/users/:id', (req, res) => ...)`, and nothing before it or in it asks who is there. */
function check({ positional, node, last }: CallEvent, { text }: Machine): Report | undefined {
  const path = textOf(positional[0]) ?? ''
  if (!sensitive.test(path) || open.test(path) || (last === 'get' && !/admin|backup|config/i.test(path))) return undefined
  const own = text.slice(node.start, node.end).replace(path, '')
  const before = text.slice(0, node.start)
  return positional.length > 2 || guarded.test(own) || /\.use\([^)]*(auth|passport|jwt|session|guard|protect|verify)/i.test(before)
    ? undefined
    : reportAt('low')
}

export const missingAuthentication = defineRule({
  id: 'javascript/missing-authentication',
  title: 'Action open to everybody',
  cwe: 306,
  owasp: 'A07:2021',
  severity: 'medium',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'This route changes or administers something, and nothing here asks who is calling. Put a middleware before it that requires a login, and check the permission.',
  listeners: [
    onCall(
      ['get', 'post', 'put', 'patch', 'delete'].flatMap((verb) => [
        `express.App.${verb}`,
        `fastify.App.${verb}`,
        `koa.App.${verb}`,
        `hono.App.${verb}`,
      ]),
      check,
    ),
  ],
})
