import type { CallEvent, ReturnEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { derived, type Value } from '../../engine/value.ts'
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
})
