import { childOf, type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { CallEvent, ReturnEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { derived, type Value } from '../../engine/value.ts'
import { Imports } from '../../fix/python/import.ts'
import { quoted } from '../../fix/python/literal.ts'
import { linesBefore } from '../../fix/python/statement.ts'
import type { Site } from '../../fix/site.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ value, answers }: ReturnEvent, machine: Machine): Report | undefined {
  if (answers === undefined || answers === 'request') return undefined
  const [mark] = machine.marks(contentOf(value), 'exception', 'html')
  return mark === undefined ? undefined : reportAt('medium', mark)
}

const contentOf = (value: Value) => (value.items === undefined ? value : derived([value]))

function checkCall({ positional, keywords }: CallEvent, machine: Machine): Report | undefined {
  const [mark] = machine.marks(derived([...positional, ...keywords.values()]), 'exception', 'html')
  return mark === undefined || machine.frame.answers === undefined ? undefined : reportAt('medium', mark)
}

/** `error` of `except ValueError as error`. */
function nameOfError(site: Site): string | undefined {
  const target = [...walk(site.around('except_clause') ?? site.node)].find(({ type }) => type === 'as_pattern_target')
  return target && site.textOf(target)
}

/** The largest texts below the place that the error is put into: as it is, as `str(error)`, or among other words. */
function textsWith(site: Site, name: string): SyntaxNode[] {
  const texts: SyntaxNode[] = []
  for (const use of walk(site.node)) {
    if (use.type !== 'identifier' || site.textOf(use) !== name || texts.some(({ end }) => use.end <= end)) continue
    const inside = site
      .pathTo(use)
      .filter(({ start, end }) => start >= site.node.start && end <= site.node.end && (start > site.node.start || end < site.node.end))
    texts.push(
      inside.find(
        (node) =>
          node.type === 'string' ||
          node.type === 'binary_operator' ||
          (node.type === 'call' && /^(?:str|repr|format)\b|\.format\(/.test(site.textOf(childOf(node, 'function') ?? node) + '(')),
      ) ?? use,
    )
  }
  return texts
}

export const errorExposure = defineRule({
  id: 'python/error-exposure',
  title: 'Error text shown to the visitor',
  cwe: 209,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The text of an internal error goes to the visitor: paths, queries and versions in it prepare the next attack. Log it (`logging.exception`) and answer with a fixed sentence.',
  listeners: [
    { on: 'return', check },
    onCall(
      [
        'flask.jsonify',
        'flask.make_response',
        'django.http.HttpResponse',
        'django.http.JsonResponse',
        'fastapi.HTTPException',
        'starlette.HTMLResponse',
        'starlette.JSONResponse',
        'flask.abort',
        'aiohttp.web.Response',
        'aiohttp.web.json_response',
        'flask.Response',
      ],
      checkCall,
    ),
  ],
  fixes: [
    {
      title: 'The visitor is told that something failed; what failed is written to the log.',
      behaviour: 'may-change',
      edit: (site) => {
        const name = nameOfError(site)
        const told = name === undefined ? [] : textsWith(site, name)
        const log = new Imports(site).use('logging', 'exception')
        const before = log && linesBefore(site, site.node, [`${log.text}(${quoted(site, 'request failed')})`])
        return log === undefined || before === undefined || told.length === 0
          ? []
          : [[...log.edits, ...before, ...told.map((node) => site.replace(node, quoted(site, 'internal error', node)))]]
      },
    },
  ],
})
