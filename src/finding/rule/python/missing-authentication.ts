import type { FunctionEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { reportAt } from '../judge.ts'
import { defineRule, type Report } from '../rule.ts'

const guarded = /login|auth|permission|require|protect|token|admin|role|user_passes|jwt|session|limit|api_?key|csrf/i
const sensitive =
  /(admin|delete|remove|transfer|withdraw|reset|password|config|settings|shutdown|backup|grant|promote|users?\/\w*(delete|update))/i

function check({ function: handler, decorators, route, parameters }: FunctionEvent, machine: Machine): Report | undefined {
  if (
    route === undefined ||
    decorators.some(
      ({ name, call }) =>
        guarded.test(name.slice(name.lastIndexOf('.') + 1)) || call?.arguments.some(({ keyword }) => keyword === 'dependencies') === true,
    )
  )
    return undefined
  if (
    !sensitive.test(`${handler.name} ${route.path ?? ''}`) ||
    /login|logout|register|signup|forgot/i.test(`${handler.name} ${route.path ?? ''}`)
  )
    return undefined
  if (parameters.some(({ fallback, annotation }) => fallback?.kind === 'call' || annotation?.kind === 'index')) return undefined
  return guarded.test(
    machine.text
      .slice(handler.start, handler.end)
      .replace(handler.name, '')
      .replace(/password|admin/gi, ''),
  )
    ? undefined
    : reportAt('low')
}

export const missingAuthentication = defineRule({
  id: 'python/missing-authentication',
  title: 'Action open to everybody',
  cwe: 306,
  owasp: 'A07:2021',
  severity: 'medium',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'This route changes or administers something, and nothing here asks who is calling. Require a login (`@login_required`, `Depends(current_user)`) and check the permission.',
  listeners: [{ on: 'function', check }],
})
