import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf, textOf } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/javascript/call.ts'
import { quoted } from '../../fix/javascript/literal.ts'
import { reportAt } from '../judge.ts'
import { isWhole, optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** `cors()`, `cors({ origin: true, credentials: true })` */
function check({ positional }: CallEvent): Report | undefined {
  const [options] = positional
  if (options !== undefined && (options.items?.kind !== 'map' || !isWhole(options))) return undefined
  const origin = optionIn(options, 'origin')
  const credentials = constantOf(optionIn(options, 'credentials')) === true
  if (constantOf(origin) === true) return reportAt(credentials ? 'medium' : 'habit')
  if (origin?.target?.kind === 'function') return undefined
  return origin === undefined || constantOf(origin) === '*' ? reportAt('habit') : undefined
}

/** `res.setHeader('Access-Control-Allow-Origin', '*')`, or whatever the request says. */
function checkHeader({ positional }: CallEvent, machine: Machine): Report | undefined {
  const [name, value] = positional
  if (value === undefined || !/^access-control-allow-origin$/i.test(textOf(name) ?? '')) return undefined
  if (textOf(value) === '*') return reportAt('habit')
  const taint = machine.exposed(value, 'header').find(({ origin }) => origin.kind === 'user')
  return taint === undefined ? undefined : reportAt('medium', taint)
}

export const corsAnyOrigin = defineRule({
  id: 'javascript/cors-any-origin',
  title: 'Every site may read the answers',
  cwe: 942,
  owasp: 'A05:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    "Every site may read what this server answers; together with credentials, in the name of the visitor. List the origins that need it, and compare the request's `Origin` with that list whole.",
  listeners: [
    onCall(['cors', '@koa/cors', '@fastify/cors', 'hono/cors.cors', 'koa2-cors', 'koa-cors'], check),
    onCall(
      ['http.Response.setHeader', 'http.Response.header', 'http.Response.set', 'http.Context.set', '*.setHeader', '*.header', '*.set'],
      checkHeader,
    ),
  ],
  fixes: [
    {
      title: 'The origins come from the variable ALLOWED_ORIGINS of the environment, with commas in between.',
      behaviour: 'may-change',
      edit: fixCall((call) => {
        const origins = `process.env.ALLOWED_ORIGINS.split(${quoted(call.site, ',')})`
        if (/^(?:setHeader|header|set|append)$/.test(call.last))
          return call.arguments[1] && [call.site.replace(call.arguments[1], 'process.env.ALLOWED_ORIGIN')]
        return call.withOptions(0, { origin: origins })
      }),
    },
  ],
})
