import type { SinkEvent } from '../../engine/event.ts'
import { formsOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSink, type Report } from '../rule.ts'

/** A fixed name below `/tmp` can be foreseen just as well. */
function check({ value, call }: SinkEvent): Report | undefined {
  const fixed =
    formsOf(value)?.some((form) => typeof form[0] === 'string' && /^\/(var\/)?tmp\/./.test(form[0] + (form.length > 1 ? 'x' : ''))) === true
  return fixed && /open$|write_text|write_bytes/.test(call.name) ? reportAt('low') : undefined
}

export const temporaryFile = defineRule({
  id: 'python/temporary-file',
  title: 'Temporary file that others can take',
  cwe: 377,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'Between choosing the name and opening the file another user of the machine can put a link there, and the program writes where that user wants. Use `tempfile.NamedTemporaryFile()` or `mkstemp()`.',
  listeners: [onCall(['tempfile.mktemp', 'os.tempnam', 'os.tmpnam'], () => reportAt('high')), onSink('path', check)],
})
