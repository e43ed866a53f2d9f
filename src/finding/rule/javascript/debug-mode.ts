import type { CallEvent, SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf } from '../../engine/value.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

/** Unless it is asked for by the environment. */
function check(call: CallEvent, { text }: Machine): Report {
  const before = text.slice(Math.max(0, call.node.start - 300), call.node.start)
  return reportAt(/NODE_ENV|['"]development['"]/.test(before) ? 'low' : 'medium')
}

const checkSet = ({ value, how }: SetEvent): Report | undefined =>
  how === 'key' && constantOf(value) === true ? reportAt('habit') : undefined

export const debugMode = defineRule({
  id: 'javascript/debug-mode',
  title: 'Debugging aid open to visitors',
  cwe: 489,
  owasp: 'A05:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'Visitors are shown stack traces, paths and settings that prepare the next attack. Use it in development alone, and answer with a fixed sentence otherwise.',
  listeners: [
    onCall(['errorhandler', 'express.errorHandler', 'koa-error', 'youch'], check),
    onSet((name) => /^(showStack|dumpExceptions|exposeStack|includeStacktraceInErrorResponses)$/.test(name), checkSet),
  ],
  fixes: [
    {
      title: 'Errors are not shown to visitors in detail.',
      behaviour: 'stricter',
      edit: changedOptions({
        dumpExceptions: [/^true$/, 'false'],
        showStack: [/^true$/, 'false'],
        includeStacktraceInErrorResponses: [/^true$/, 'false'],
        debug: [/^true$/, 'false'],
      }),
    },
  ],
})
