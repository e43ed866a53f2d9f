import type { SinkEvent } from '../../engine/event.ts'
import { formsOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'
import { literalText } from '../sql-text.ts'

/** `curl ... | sh` */
function check({ value }: SinkEvent): Report | undefined {
  return formsOf(value)?.some((form) => /\b(curl|wget)\b[^|;&]*\|\s*(sudo\s+)?((ba|z|da)?sh|node)\b/.test(literalText(form))) === true
    ? reportAt('medium')
    : undefined
}

export const downloadAndRun = defineRule({
  id: 'javascript/download-and-run',
  title: 'Program fetched and run',
  cwe: 494,
  owasp: 'A08:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "What another server answers is run here: whoever controls that server, or the way to it, runs anything. Pin the file's digest and check it before it runs.",
  listeners: [onSink('command', check)],
})
