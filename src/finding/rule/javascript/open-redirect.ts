import type { CallEvent, SetEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf, formsOf, type Value } from '../../engine/value.ts'
import { ownRedirect } from '../../fix/javascript/own-redirect.ts'
import { judge } from '../judge.ts'
import { optionIn } from '../option.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onCall, onSet, onSink, type Report } from '../rule.ts'

const named = /url|next|redirect|target|dest|return|link|goto|continue/i

/** After `/page` or `https://ours/` the value can no longer choose the host. */
function checkValue(value: Value, machine: Machine): Report | undefined {
  const fixed = formsOf(value)?.every(
    (form) => typeof form[0] === 'string' && /^(\/[^/\\]|[a-z]+:\/\/[^/?#]+[/?#]|\?|#|mailto:)/i.test(form[0]),
  )
  if (fixed === true) return undefined
  const open = machine.exposed(value, 'redirect').filter(({ origin }) => origin.kind !== 'parameter' || named.test(nameOfOrigin(origin)))
  return judge(open, { user: 'high', parameter: 'medium' })
}

/** `redirect(status, url)` and `redirect(url, status)` are both in use. */
function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  const status = constantOf(call.positional[0])
  if (variant === 'first' && typeof status === 'number') return undefined
  if (variant === 'second' && typeof status !== 'number') return undefined
  return checkValue(value, machine)
}

/** `res.setHeader('Location', url)`, `res.writeHead(302, { Location: url })`, `new Response(null, { headers: { Location: url } })` */
function checkHeader({ positional, last }: CallEvent, machine: Machine): Report | undefined {
  if (last !== 'writeHead' && !last.endsWith('Response'))
    return /^location$/i.test(String(constantOf(positional[0]))) && positional[1] !== undefined
      ? checkValue(positional[1], machine)
      : undefined
  const options = positional.find(({ items }) => items?.kind === 'map')
  const headers = (last === 'writeHead' ? options : optionIn(options, 'headers'))?.items
  const value = headers?.kind === 'map' ? (headers.entries.get('Location') ?? headers.entries.get('location')) : undefined
  return value === undefined ? undefined : checkValue(value, machine)
}

/** `window.location = url`, `location.href = url`: `javascript:` is an address as well. */
function checkSet({ name, value, owner, how }: SetEvent, machine: Machine): Report | undefined {
  if (how === 'key' || (name === 'href' && owner?.type !== 'dom.Location')) return undefined
  if (how === 'variable' && name === 'location' && machine.lookup('location') === undefined) return checkValue(value, machine)
  return how === 'attribute' && (name === 'href' || owner?.target?.kind === 'global') ? checkValue(value, machine) : undefined
}

export const openRedirect = defineRule({
  id: 'javascript/open-redirect',
  title: 'Redirect to an address from outside',
  cwe: 601,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The browser is sent wherever a request says: a link to this site then leads to a forged login page. Redirect to paths of your own (begin with `/` and not with `//`), or compare `new URL(target, base).origin` with yours.',
  listeners: [
    onSink('redirect', check),
    onCall(
      [
        '*.setHeader',
        '*.header',
        '*.set',
        '*.writeHead',
        'http.Response.setHeader',
        'http.Response.header',
        'http.Response.set',
        'http.Response.writeHead',
        'Response',
        'NextResponse',
        'next/server.NextResponse',
      ],
      checkHeader,
    ),
    onSet((name) => name === 'href' || name === 'location', checkSet),
  ],
  fixes: [ownRedirect],
})
