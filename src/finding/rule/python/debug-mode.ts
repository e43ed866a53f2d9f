import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { onCall as fixCall, onValue } from '../../fix/python/call.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

function check({ keywords, name }: CallEvent): Report | undefined {
  const on = constantOf(keywords.get('debug')) === true || constantOf(keywords.get('use_debugger')) === true
  return on ? reportAt(/^(flask|here|werkzeug)|^\?\.run_simple/.test(name) ? 'high' : 'habit') : undefined
}

function checkSet({ name, value, how }: SetEvent): Report | undefined {
  if (constantOf(value) !== true) return undefined
  if (how === 'attribute' && name === 'debug') return reportAt('habit')
  return /^(DEBUG|FLASK_DEBUG|TEMPLATE_DEBUG|DEBUG_PROPAGATE_EXCEPTIONS)$/.test(name) && how !== 'keyword'
    ? { ...reportAt('habit'), cwe: 215 }
    : undefined
}

export const debugMode = defineRule({
  id: 'python/debug-mode',
  title: 'Debugger open to visitors',
  cwe: 489,
  owasp: 'A05:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'The debug mode of the web server gives every visitor an interactive console, that is, the machine. Leave `debug` out, or take it from the environment, off by default.',
  listeners: [
    onCall(
      ['flask.Flask.run', '*.run', 'werkzeug.serving.run_simple', 'bottle.run', 'aiohttp.web.run_app', 'uvicorn.run', 'fastapi.FastAPI'],
      check,
    ),
    onSet((name) => /^(debug|DEBUG|FLASK_DEBUG|TEMPLATE_DEBUG|DEBUG_PROPAGATE_EXCEPTIONS)$/.test(name), checkSet),
  ],
  fixes: [
    {
      title: 'The debugger is off.',
      behaviour: 'stricter',
      edit: fixCall((call) =>
        ['debug', 'use_debugger'].flatMap((name) => (call.keyword(name)?.value.type === 'true' ? call.with(name, 'False') : [])),
      ),
    },
    {
      title: 'The setting is off.',
      behaviour: 'may-change',
      edit: onValue((value, site) => (value.type === 'true' ? [site.replace(value, 'False')] : [])),
    },
  ],
})
