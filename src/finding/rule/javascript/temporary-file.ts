import type { SinkEvent } from '../../engine/event.ts'
import { formsOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

/** A name below `/tmp` that can be foreseen. */
function check({ value, call }: SinkEvent): Report | undefined {
  if (!/^(write|append|createWrite|output|copy|open|mkdir)/.test(call.last)) return undefined
  const fixed =
    formsOf(value)?.some((form) => form.length === 1 && typeof form[0] === 'string' && /^\/(var\/)?tmp\/./.test(form[0])) === true
  return fixed ? reportAt('low') : undefined
}

export const temporaryFile = defineRule({
  id: 'javascript/temporary-file',
  title: 'Temporary file that others can take',
  cwe: 377,
  owasp: 'A01:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'Another user of the machine can put a link under this name, and the program writes where that user wants. Make a folder of its own with `fs.mkdtemp(path.join(os.tmpdir(), "app-"))`.',
  listeners: [onSink('path', check)],
})
