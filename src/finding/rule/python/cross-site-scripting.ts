import type { ReturnEvent, SetEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, textOf, type Template, type Value } from '../../engine/value.ts'
import { escapedHtml } from '../../fix/python/escaped-html.ts'
import { mediaTypeOf } from '../../model/python/flask.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSet, onSink, type Report } from '../rule.ts'

const levels: Levels = { user: 'high', network: 'medium', parameter: 'medium', storage: 'medium', unknown: 'habit' }
const answered: Levels = { user: 'high', network: 'habit' }
const built: Levels = { user: 'high', network: 'medium', parameter: 'habit', storage: 'habit', unknown: 'low' }
// Markdown lets HTML through as it is.
const rendered: Levels = { user: 'high', network: 'medium', parameter: 'habit', storage: 'habit', unknown: 'low' }
const trusted: Levels = { user: 'high', network: 'medium', parameter: 'habit', storage: 'habit', unknown: 'low' }

function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  if (variant === 'write' && !/^(response|resp|res|wfile|handler|out)$/.test(call.receiverName) && call.receiver?.type !== 'http.Response')
    return undefined
  const media = mediaTypeOf(call.keywords) ?? (call.name === 'django.http.HttpResponse' ? textOf(call.positional[1]) : undefined)
  if ((media !== undefined && !/html|xml|svg/.test(media)) || value.type === 'markupsafe.Markup') return undefined
  const open = machine.exposed(value, 'html')
  const html = formsOf(value)?.some(hasMarkup) === true
  if (/mark_safe|Markup|format_html$/.test(call.name)) return judge(open, html || variant === 'format' ? levels : trusted)
  return judge(open, html ? levels : answered)
}

const hasMarkup = (form: Template) => form.length > 1 && form.some((part) => typeof part === 'string' && /<\/?[a-z][^>]*>?/i.test(part))

/** What a handler returns as text is sent as HTML. */
function checkReturn({ value, answers, function: handler }: ReturnEvent, machine: Machine): Report | undefined {
  if (value.type === 'html.Unclean') return judge(machine.exposed(value, 'html'), rendered)
  const body = bodyOf(value)
  if (body === undefined || !/^(str|digits)?$/.test(body.type ?? '')) return undefined
  const markup = formsOf(body)?.some(hasMarkup) === true
  const open = machine.exposed(body, 'html').filter((taint) => markup || !taint.weak)
  if (answers === 'json') return undefined
  if (answers === 'html' || (answers === 'unknown' && markup))
    return isJson(body) || handlesJson(handler) ? undefined : judge(open, markup ? levels : answered)
  // A function that makes HTML for others: what it is given should be escaped here, or nobody does it.
  return markup ? judge(open, built) : undefined
}

function checkSet({ value, expression }: SetEvent, machine: Machine): Report | undefined {
  const report = value.type === 'html.Unclean' ? judge(machine.exposed(value, 'html'), rendered) : undefined
  return report && { ...report, span: expression }
}

// A framework turns a dictionary or a list into JSON.
const isJson = (value: Value) => value.items !== undefined
const handlesJson = (handler: ReturnEvent['function']) =>
  handler.decorators.some((item) => item.kind === 'call' && item.arguments.some(({ keyword }) => keyword === 'response_model'))

/** `return body, 404` */
function bodyOf(value: Value): Value | undefined {
  return value.items?.kind === 'list' ? value.items.values[0] : value
}

export const crossSiteScripting = defineRule({
  id: 'python/cross-site-scripting',
  title: 'HTML built from values',
  cwe: 79,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "A value is written into HTML as it came: `<script>` in it runs in the reader's browser with the reader's session. Render a template that escapes (`render_template`, `format_html`), or pass the value through `markupsafe.escape`.",
  listeners: [
    onSink('html', check),
    { on: 'return', check: checkReturn },
    onSet((name) => /^(md|html|content|body|text|rendered)|_html$|_md$/i.test(name), checkSet),
  ],
  fixes: [...escapedHtml],
})
