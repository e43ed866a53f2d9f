import type { Edit } from '../../../records/finding.ts'
import { childOf } from '../../../syntax/tree.ts'
import type { CallEvent, ReturnEvent, SetEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf, formsOf, type Template, textOf, type Value } from '../../engine/value.ts'
import { Call } from '../../fix/javascript/call.ts'
import type { Site } from '../../fix/site.ts'
import { isOfElements } from '../../model/javascript/jquery.ts'
import { contentTypeOf } from '../../model/javascript/response.ts'
import { judge, type Levels } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onSet, onSink, type Report } from '../rule.ts'

const sent: Levels = { user: 'high', network: 'medium', storage: 'habit' }
const marked: Levels = { user: 'high', network: 'medium', parameter: 'medium', storage: 'habit' }
const shown: Levels = { user: 'high', console: 'medium', network: 'medium', parameter: 'medium', storage: 'habit', unknown: 'low' }

const made: Levels = { user: 'high', console: 'medium', network: 'medium', parameter: 'medium' }

const hasMarkup = (form: Template) => form.some((part) => typeof part === 'string' && /<\/?[a-z!][^>]*>?/i.test(part))
const isMarkup = (value: Value) => formsOf(value)?.some(hasMarkup) === true

function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  if (variant === 'send' || variant === 'end') return checkSent({ value, response: call.receiver, variant }, machine)
  const open = machine.exposed(value, 'html')
  if (variant === 'response') return saysHtml(call) ? judge(open, marked) : undefined
  if (variant === 'serialised') return constantOf(optionIn(call.positional[1], 'unsafe')) === true ? judge(open, marked) : undefined
  if (variant === 'rendered') return judge(open, { user: 'high' })
  if (variant === 'write' || variant === 'dom') return judge(open, shown)
  // Anything may have a method called `html`; sets of elements and answers do.
  if (variant === 'html')
    return judge(
      open,
      isOfElements(call) || call.name === 'http.Context.html'
        ? shown
        : { user: 'high', console: 'medium', unknown: 'low', parameter: 'low' },
    )
  // `$(text)` makes elements of a text that begins with `<`, and looks for elements otherwise.
  if (variant === 'selector') return judge(open, isMarkup(value) ? shown : { user: 'high' })
  if (isMarkup(value)) return judge(open, shown)
  // `append(text)` reads a text as HTML as well, if it is a set of elements that is asked.
  return isOfElements(call) && value.type !== 'jquery.Set' ? judge(open, { user: 'high', console: 'medium' }) : undefined
}

/** `new Response(text, { headers: { 'Content-Type': 'text/html' } })`: without a type it is plain text. */
function saysHtml({ positional }: CallEvent): boolean {
  const headers = optionIn(positional[1], 'headers')
  return /html|svg/.test(textOf(optionIn(headers, 'Content-Type', 'content-type', 'Content-type')) ?? '')
}

/** A text that is sent without a type is HTML; an object becomes JSON. */
function checkSent(
  { value, response, variant }: { value: Value; response: Value | undefined; variant: string },
  machine: Machine,
): Report | undefined {
  if (value.items !== undefined || value.type === 'http.Reply' || value.type === 'Buffer') return undefined
  const type = contentTypeOf(response)
  if (type !== undefined && !/html|svg|xml/.test(type)) return undefined
  const markup = isMarkup(value)
  // Node's own `end` says no type: a browser guesses one, and guesses HTML for markup alone.
  if (variant === 'end' && !markup && type === undefined)
    return judge(
      machine.exposed(value, 'html').filter(({ weak }) => !weak),
      { user: 'medium' },
    )
  return judge(
    machine.exposed(value, 'html').filter(({ weak }) => markup || !weak),
    markup ? marked : sent,
  )
}

/** A function that makes HTML for others: what it is given should be escaped here, or nobody does it. */
function checkReturn({ value }: ReturnEvent, machine: Machine): Report | undefined {
  if (value.type !== 'str' || formsOf(value)?.some((form) => form.length > 1 && isMarked(form)) !== true) return undefined
  return judge(machine.exposed(value, 'html'), made)
}

// Tags around the value, as one writes them for people to see.
const isMarked = (form: Template) =>
  form.some(
    (part) =>
      typeof part === 'string' &&
      /<(\/?)(a|b|body|div|em|form|h[1-6]|html|i|img|input|li|main|ol|option|p|pre|script|section|span|strong|table|t[dhr]|title|ul)\b[^>]*>/i.test(
        part,
      ),
  )

function checkSet({ value, name, how, owner }: SetEvent, machine: Machine): Report | undefined {
  if (how === 'variable' || (how === 'key' && !/^(__html|innerHTML)$/.test(name))) return undefined
  if (name === 'body' && owner?.type !== 'http.Context') return undefined
  if (name === 'body') return isMarkup(value) ? judge(machine.exposed(value, 'html'), marked) : undefined
  return judge(machine.exposed(value, 'html'), shown)
}

/** Where no tag is among it: `textContent` for `innerHTML`, `text` for jQuery's `html`. */
function shownAsText(site: Site): Edit[][] {
  const call = Call.at(site, site.node)
  const [left, right] = [childOf(site.node, 'left'), childOf(site.node, 'right')]
  const property =
    call?.last === 'html' && call.arguments.length === 1 ? childOf(call.callee, 'property') : left && childOf(left, 'property')
  const value = call === undefined ? right : call.arguments[0]
  if (property === undefined || value === undefined || /<\/?\w|html|markup|template|\bform\b/i.test(site.textOf(value))) return []
  if (call !== undefined) return [[site.replace(property, 'text')]]
  return site.textOf(property) === 'innerHTML' ? [[site.replace(property, 'textContent')]] : []
}

export const crossSiteScripting = defineRule({
  id: 'javascript/cross-site-scripting',
  title: 'HTML built from values',
  cwe: 79,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "A value becomes HTML as it came: `<img src=x onerror=...>` in it runs in the reader's browser with the reader's session. Show text as text (`textContent`, JSX braces, a template that escapes), answer with `res.json`, or clean markup with DOMPurify first.",
  listeners: [
    onSink('html', check),
    { on: 'return', check: checkReturn },
    onSet((name) => /^(innerHTML|outerHTML|srcdoc|__html|body)$/.test(name), checkSet),
  ],
  fixes: [
    {
      title: 'The value is shown as text, not as HTML.',
      behaviour: 'stricter',
      edit: (site) => (/location|\.get\(|\.value\b|\.val\(\)|\bquery\b|\bparams\b/i.test(site.textOf(site.node)) ? shownAsText(site) : []),
    },
    {
      title: 'The value is shown as text, not as HTML: tags in it are seen as they are written.',
      behaviour: 'may-change',
      edit: shownAsText,
    },
  ],
})
